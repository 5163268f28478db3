#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * One HTTP exchange at a time, waiting for it: for workers and commands, never
 * for the screen's thread. Certificates are always verified; plain http is
 * allowed to loopback only; redirects are not followed; an answer may come packed
 * (gzip) and is unpacked. One client a thread.
 */

struct http_client;

struct http_request {
    const char *method; /* "GET" */
    const char *url;
    const char *const *headers; /* "Name: value" …, NULL-ended; NULL for none */
    const void *body;
    size_t body_length;
    int timeout_ms; /* 0: 10 s */
    /* 0: 1 MiB. A longer answer is ERROR_BAD_INPUT, to anything but GET and HEAD
     * ERROR_UNCERTAIN. */
    size_t answer_bytes_max;
    const char *wanted_header; /* its name, NULL: none */
};

struct http_answer {
    int status;
    char content_type[96];  /* lower case, without parameters */
    int retry_after_s;      /* -1 when absent */
    char wanted_header[96]; /* its value, "" when absent or longer */
    char *body;             /* NUL-ended, of the answer's */
    size_t body_length;
};

struct http_client *http_client_create(void);
void http_client_destroy(struct http_client *client);
/*
 * From now on only the authorities in this file (PEM) are trusted, as a municipality's
 * own. NULL or "": those of the system. With a file that can't be read nobody is
 * trusted: each exchange is ERROR_OFFLINE and says so.
 */
void http_client_trust(struct http_client *client, const char *ca_file);

/* Would http_client_send() go there at all? ERROR_BAD_INPUT says why not. */
bool http_client_allows(const char *url, struct error *error);

/*
 * True when an answer came, whatever its status. ERROR_OFFLINE: nothing can have
 * been done there. ERROR_UNCERTAIN: the request may have been carried out.
 */
bool http_client_send(struct http_client *client, const struct http_request *request,
                      struct http_answer *answer, struct error *error);
void http_answer_finish(struct http_answer *answer); /* zeroed is fine */
