/* SPDX-License-Identifier: MIT */
/*
 * The few functions of net that the executor calls, on a clock that only the test moves.
 */
#include "fake_driver.h"

#define EPOCH 1700000000

double fake_now;

double wls_http_clock(void)
{
	return fake_now;
}

int64_t wls_http_server_time(const struct wls_http *http)
{
	(void)http;
	return EPOCH + (int64_t)fake_now;
}

double wls_http_waited(const struct wls_http *http)
{
	return http->waited;
}

struct wls_http_limit wls_http_last_limit(const struct wls_http *http)
{
	return http->limit;
}

int wls_http_sleep(struct wls_http *http, const struct wls_http_wait *wait, struct wls_error *err)
{
	http->sleeps++;
	if (http->stopped)
		return wls_error_set(err, WLS_E_STOPPED, "stopped while waiting for %s", wait->why);
	fake_now += wait->seconds;
	http->waited += wait->seconds;
	if (http->pause)
		http->pause(http->pause_data);
	return 0;
}
