/* SPDX-License-Identifier: MIT */
/*
 * Where the token comes from: the environment, else git's credential helpers.
 *
 * Layer: net. Includes: base.
 */
#ifndef WLS_NET_CREDENTIAL_H
#define WLS_NET_CREDENTIAL_H

#include "wlsync/base.h"

struct wls_credential {
	char *token;      /* NUL-terminated, no line ending */
	char *user;       /* of git's helper; NULL from the environment */
	const char *from; /* "WLSYNC_TOKEN", "git credential" */
	char *url;        /* that git was asked about; NULL */
};

/* Forbids core dumps and reading of this process's memory by others. Call it first. */
void wls_credential_protect(void);

/*
 * WLSYNC_TOKEN, else the first of `variables` (NULL-terminated) that is set and not empty, else
 * `git credential fill` for `url` (protocol, host and port; github's API host is asked as
 * github.com). Variables that were read are taken out of the environment, so that no child sees
 * them. Fails with WLS_E_AUTH, saying which variables to set. A token with control characters or
 * blanks is refused without being shown.
 */
int wls_credential_find(struct wls_credential *out, const char *url, const char *const *variables,
			struct wls_error *err);
/* Tells git's helper that the token was good or bad; nothing when it did not come from there. */
void wls_credential_approve(const struct wls_credential *credential, bool good);
/* Wipes and frees. */
void wls_credential_release(struct wls_credential *credential);

#endif
