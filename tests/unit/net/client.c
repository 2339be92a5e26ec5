/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "client.h"

static void take_line(void *data, const char *text)
{
	struct client *client = data;
	wls_buf_printf(&client->trace, "%s\n", text);
}

static void take_wait(void *data, const struct wls_http_wait *wait)
{
	struct client *client = data;
	if (client->waits++ == 0)
		client->wait_seconds = wait->seconds;
	if (client->watched) {
		client->last_watched = *client->watched;
		if (client->waits == 1)
			client->first_watched = *client->watched;
	}
	snprintf(client->why, sizeof(client->why), "%s", wait->why);
}

static bool is_stopped(void *data)
{
	struct client *client = data;
	return client->polls_left > 0 && --client->polls_left == 0;
}

void client_init(struct client *client, const char *base)
{
	*client = (struct client){.trace = WLS_BUF_INIT};
	client->options = (struct wls_http_options){
		.base = base,
		.token_header = "Authorization: Bearer ",
		.token = CLIENT_TOKEN,
		.user_agent = "wlsync-test",
		.timeout = 10,
		.trace = true,
		.line = take_line,
		.wait = take_wait,
		.stopped = is_stopped,
	};
}

void client_open(struct client *client)
{
	client->options.data = client;
	int status = wls_http_new(&client->http, &client->options, &client->err);
	cr_assert_eq(status, 0, "%s", client->err.text);
}

void client_close(struct client *client)
{
	cr_assert_not(text_has(wls_buf_str(&client->trace), CLIENT_TOKEN), "%s",
		      wls_buf_str(&client->trace));
	cr_assert_not(text_has(client->err.text, CLIENT_TOKEN), "%s", client->err.text);
	wls_http_free(client->http);
	wls_buf_release(&client->trace);
}
