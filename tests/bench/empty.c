/* SPDX-License-Identifier: MIT */
/*
 * What starting a process costs: the peer of `wlsync --version`.
 */
int main(void)
{
	return 0;
}
