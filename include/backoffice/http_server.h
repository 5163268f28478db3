#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"

/*
 * The HTTP side of the back office: tables of routes, each with a handler that
 * gets a whole request and fills in an answer.
 *
 * A handler runs only for a request that came in whole and is framed beyond
 * doubt: a doubled or conflicting Content-Length, any Transfer-Encoding, a body
 * over the route's limit, an unknown path or a wrong method are answered here, and
 * a body cut short reaches nobody. Handlers run in a pool of threads and may wait
 * for the store. Errors are problem+json (RFC 9457). Outside loopback the server
 * only starts with a certificate.
 */

struct http_server;

#define HTTP_SERVER_PARAMETERS_MAX 3
#define HTTP_SERVER_PARAMETER_BYTES 256 /* a ticket has 151 digits */
#define HTTP_SERVER_HEADERS_MAX 8

struct http_server_request {
    const char *method; /* "GET" also for HEAD, whose body the server leaves out */
    bool is_head;       /* where a GET does something, this must not */
    const char *target; /* path and query as sent: what a signature covers */
    const char *path;   /* without the query, as sent */
    const char *peer;   /* address in text */
    const void *body;   /* never NULL; NUL-ended for convenience */
    size_t body_length;
    int64_t now_s; /* when it had come in, by the server's clock */
    /* What stood at the route's {…}, in order, percent-decoded. */
    char parameters[HTTP_SERVER_PARAMETERS_MAX][HTTP_SERVER_PARAMETER_BYTES];
    void *exchange; /* the server's */
};

/* The value of a header, or of a name in the query (decoded); NULL when absent. */
const char *
http_server_header(const struct http_server_request *request, const char *name);
const char *
http_server_query(const struct http_server_request *request, const char *name);

struct http_server_answer;

/* False, with 415 as answer, when the body is said to be of another type. */
bool http_server_has_type(const struct http_server_request *request, const char *wanted,
                          struct http_server_answer *answer);

struct http_server_answer {
    int status;
    char content_type[96];
    char *body; /* from malloc; the server frees it */
    size_t body_length;
    struct {
        char name[40], value[400];
    } headers[HTTP_SERVER_HEADERS_MAX];
    size_t header_count;
};

/* Each sets status, type and body; what was there before is dropped. */
void http_server_answer_text(struct http_server_answer *answer, int status,
                             const char *content_type, const char *text);
/* The same for what is no text. */
void
http_server_answer_bytes(struct http_server_answer *answer, int status,
                         const char *content_type, const void *bytes, size_t length);
/* Takes the writer's text and destroys the writer. */
void http_server_answer_json(struct http_server_answer *answer, int status,
                             struct json_writer *writer);
/* `format` is one whole sentence that says what was wrong. */
void http_server_answer_problem(struct http_server_answer *answer, int status,
                                const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/*
 * A problem with further members: begin, write them, end (which closes the object
 * and destroys the writer).
 */
struct json_writer *http_server_problem_begin(int status, const char *detail);
void http_server_problem_end(struct http_server_answer *answer, int status,
                             struct json_writer *writer);
/*
 * BAD_INPUT 400, NOT_FOUND 404, REFUSED 403, TAKEN 409 with the message; anything
 * else is ours: 503 with Retry-After, the message goes to the log only.
 */
void
http_server_answer_error(struct http_server_answer *answer, const struct error *error);
/* "Cache-Control" is no-store unless it is said here. */
void http_server_answer_header(struct http_server_answer *answer, const char *name,
                               const char *value);

/* The answer is zeroed; one without a status is 204. */
typedef void (*http_server_handler)(void *data,
                                    const struct http_server_request *request,
                                    struct http_server_answer *answer);

struct http_route {
    const char *method;  /* GET, POST, PUT, PATCH, DELETE */
    const char *pattern; /* "/v1/appointments/{id}/cancel" */
    size_t body_max;     /* bytes; 0: a body is refused */
    http_server_handler handle;
};

struct http_server_options {
    const char *address;                     /* numeric: "127.0.0.1", "::" */
    int port;                                /* 0: any that is free */
    const char *certificate_path, *key_path; /* PEM; NULL or "" on loopback only */
    int64_t (*clock)(void);                  /* NULL: time_now_s */
    int request_s; /* a request must have come in whole in that; 0: 120 */
};

struct http_server *http_server_create(void);
/* Before the start. `routes` must outlive the server; `data` goes to its handlers. */
void http_server_add(struct http_server *server, const struct http_route *routes,
                     size_t count, void *data);
bool http_server_start(struct http_server *server,
                       const struct http_server_options *options, struct error *error);
int http_server_port(const struct http_server *server);
/* Lets the requests at hand finish; NULL is fine. */
void http_server_destroy(struct http_server *server);
