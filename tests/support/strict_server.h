#pragma once

#include <stdbool.h>

#include "scripted_server.h"

/*
 * The frame of a strict back end on loopback. Whatever a request has wrong is a fault
 * of the client's: the first one is kept, answered with 400, and fails the test at the
 * end. A POST that comes twice is one by itself. Requests can be led into traps.
 */

#define STRICT_TARGET_BYTES 2000

struct strict_server;

struct strict_request {
    char method[8], target[STRICT_TARGET_BYTES]; /* below the base, with its query */
    const struct scripted_request *http;
};

/* In the server's thread, one at a time: the answer, to be freed. */
typedef char *(*strict_answer)(void *data, struct strict_server *server,
                               const struct strict_request *request);

/* `base` is a path like "/api/v1/": what does not begin with it is a fault. */
struct strict_server *
strict_server_start(const char *base, strict_answer answer, void *data);
/* Fails the test when there was a fault, or a trap was never met. */
void strict_server_stop(struct strict_server *server);
const char *strict_server_url(const struct strict_server *server);

/* For the answer: keeps the fault and gives what to answer. */
char *strict_fault(struct strict_server *server, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

enum strict_trap {
    STRICT_ANSWERS,          /* this, instead of doing anything */
    STRICT_DOES_AND_ANSWERS, /* does what was asked, and then answers this */
    STRICT_CUTS_BEFORE,      /* the line, and does nothing */
    STRICT_CUTS_AFTER,       /* does what was asked, and cuts the line */
};

struct strict_step {
    const char *method, *part; /* of the target: "GET", "/dates"; constants */
    enum strict_trap trap;
    int status;
    const char *headers, *body; /* of an answer; NULL: "" */
};

/* The next such request falls into it, once; traps for the same wait in a row. */
void strict_server_trap(struct strict_server *server, struct strict_step step);

/* Requests that came, by method and a part of the target. */
int
strict_server_count(struct strict_server *server, const char *method, const char *part);
/* "GET v1/branches", the n-th of all from 0; the last body of a POST. */
const char *strict_server_line(struct strict_server *server, int n);
const char *strict_server_posted(struct strict_server *server);
/* The fault so far, "" for none; forgets it. */
const char *strict_server_take_fault(struct strict_server *server);
