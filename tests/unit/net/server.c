/* SPDX-License-Identifier: MIT */
/*
 * The scripted server: one process, one loop of poll(2) over all connections.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server.h"

#define CONNECTIONS 16

struct connection {
	int fd; /* -1: free */
	char text[SERVER_TEXT];
	size_t len;
	const struct server_step *held; /* waits for others */
};

struct loop {
	struct server_seen *seen;
	const struct server_step *steps;
	size_t count;
	bool used[SERVER_REQUESTS];
	struct connection connections[CONNECTIONS];
};

static bool send_bytes(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static void drop(struct connection *c)
{
	close(c->fd);
	c->fd = -1;
	c->len = 0;
	c->held = NULL;
}

static void answer(struct connection *c, const struct server_step *step)
{
	static char filling[4096];
	bool good = !step->answer || send_bytes(c->fd, step->answer, strlen(step->answer));
	memset(filling, 'x', sizeof(filling));
	for (size_t left = step->fill; good && left > 0;) {
		size_t n = left < sizeof(filling) ? left : sizeof(filling);
		good = send_bytes(c->fd, filling, n);
		left -= n;
	}
	c->held = NULL;
	if (step->pause > 0)
		poll(NULL, 0, (int)step->pause);
	if (step->close || !good)
		drop(c);
}

/* Bytes of the whole request that starts the text; 0: there is more to come. */
static size_t request_length(const char *text, size_t len)
{
	const char *end = strstr(text, "\r\n\r\n");
	if (!end)
		return 0;
	const char *length = strstr(text, "Content-Length: ");
	size_t body = length && length < end ? (size_t)strtoul(length + 16, NULL, 10) : 0;
	size_t all = (size_t)(end - text) + 4 + body;
	return len >= all ? all : 0;
}

static const struct server_step *choose(struct loop *loop, const char *text)
{
	static const struct server_step none = {.answer = ANSWER_EMPTY("418 Unexpected"),
						.close = true};
	const char *path = strchr(text, ' ');
	for (size_t i = 0; path && i < loop->count; i++) {
		const char *want = loop->steps[i].path;
		if (loop->used[i])
			continue;
		if (want &&
		    (strncmp(path + 1, want, strlen(want)) != 0 || path[1 + strlen(want)] != ' '))
			continue;
		loop->used[i] = true;
		return &loop->steps[i];
	}
	loop->seen->unexpected++;
	return &none;
}

static void take_request(struct loop *loop, struct connection *c)
{
	size_t len = request_length(c->text, c->len);
	if (len == 0)
		return;
	unsigned number = loop->seen->count;
	if (number < SERVER_REQUESTS)
		memcpy(loop->seen->requests[number], c->text, len);
	loop->seen->count++;
	const struct server_step *step = choose(loop, c->text);
	memmove(c->text, c->text + len, c->len - len + 1);
	c->len -= len;
	c->held = step;
	for (size_t i = 0; i < CONNECTIONS; i++) {
		struct connection *other = &loop->connections[i];
		if (other->fd >= 0 && other->held && loop->seen->count >= other->held->hold)
			answer(other, other->held);
	}
}

static void receive(struct loop *loop, struct connection *c)
{
	ssize_t n = recv(c->fd, c->text + c->len, sizeof(c->text) - 1 - c->len, 0);
	if (n <= 0) {
		drop(c);
		return;
	}
	c->len += (size_t)n;
	c->text[c->len] = '\0';
	take_request(loop, c);
}

static void accept_one(struct loop *loop, int listener)
{
	int fd = accept(listener, NULL, NULL);
	for (size_t i = 0; i < CONNECTIONS; i++) {
		if (loop->connections[i].fd >= 0)
			continue;
		loop->connections[i].fd = fd;
		loop->seen->connections++;
		return;
	}
	close(fd);
}

static void serve(struct loop *loop, int listener)
{
	struct pollfd polled[CONNECTIONS + 1];
	for (;;) {
		for (size_t i = 0; i < CONNECTIONS; i++)
			polled[i] = (struct pollfd){loop->connections[i].fd, POLLIN, 0};
		polled[CONNECTIONS] = (struct pollfd){listener, POLLIN, 0};
		if (poll(polled, CONNECTIONS + 1, -1) < 0)
			return;
		for (size_t i = 0; i < CONNECTIONS; i++)
			if (polled[i].revents && loop->connections[i].fd == polled[i].fd)
				receive(loop, &loop->connections[i]);
		if (polled[CONNECTIONS].revents)
			accept_one(loop, listener);
	}
}

void server_start(struct server *server, const struct server_step *steps, size_t count)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(listener, 16) < 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) < 0)
		abort();
	server->port = ntohs(address.sin_port);
	snprintf(server->base, sizeof(server->base), "http://127.0.0.1:%u", server->port);
	server->seen = mmap(NULL, sizeof(*server->seen), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (server->seen == MAP_FAILED)
		abort();
	server->pid = fork();
	if (server->pid == 0) {
		static struct loop loop;
		loop = (struct loop){.seen = server->seen, .steps = steps, .count = count};
		for (size_t i = 0; i < CONNECTIONS; i++)
			loop.connections[i].fd = -1;
		alarm(120);
		serve(&loop, listener);
		_exit(0);
	}
	close(listener);
}

void server_stop(struct server *server)
{
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	munmap(server->seen, sizeof(*server->seen));
}
