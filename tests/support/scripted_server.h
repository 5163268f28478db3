#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * An HTTP server on loopback, in a thread, whose every answer is a test's. One request
 * a connection.
 */

struct scripted_request {
    char *head; /* request line and headers */
    char *body; /* NUL-ended */
    size_t body_length;
};

/* The value of a header into `target`; false when there is none. */
bool scripted_header(const struct scripted_request *request, const char *name,
                     char *target, size_t size);

/*
 * In the server's thread, one at a time: returns the answer as it goes over the line,
 * to be freed, or NULL to drop the connection.
 */
typedef char *(*scripted_answer)(void *data, const struct scripted_request *request);

struct scripted_server;

struct scripted_server *scripted_server_start(scripted_answer answer, void *data);
void scripted_server_stop(struct scripted_server *server);
int scripted_server_port(const struct scripted_server *server);

/* For looking at what the answers' `data` has become. */
void scripted_server_lock(struct scripted_server *server);
void scripted_server_unlock(struct scripted_server *server);

/* "HTTP/1.1 STATUS …" with a length and the body; `headers` end in \r\n each. */
char *scripted_text(int status, const char *headers, const char *body);
