#pragma once

#include "backoffice/book.h"
#include "backoffice/http_server.h"

/* Requests to the book, out of queries and bodies. Strict: what is unknown is wrong. */

/*
 * The wish of the query: `items=paspoort:2,rijbewijs:1`, and the location under the
 * name `location` (NULL: none is taken, and the items may be left out).
 */
bool
book_request_wish(const struct book *book, const struct http_server_request *request,
                  const char *location, struct book_wish *wish, struct error *error);
bool book_request_date(const struct http_server_request *request, const char *name,
                       struct date *date, struct error *error);

/* Body: {"key","start"}. */
bool book_request_move(const struct http_server_request *request,
                       char key[BOOK_KEY_BYTES], int64_t *start, struct error *error);

/* Body: {"text"}. */
#define BOOK_SEARCH_BYTES 1024
bool book_request_search(const struct http_server_request *request,
                         char text[BOOK_SEARCH_BYTES], struct error *error);

/* A hold or a booking as it stands in a body. */
struct book_body {
    char key[BOOK_KEY_BYTES];
    struct book_wish wish;
    struct book_value values[BOOK_FIELDS_MAX];
    struct book_request request; /* points into the others; the kiosk is not set */
};

/* Body: {"key","location","items":[{"product","persons"}],"start"} and, with
 * `with_values`, "values": {"lastName": "…"}. */
bool book_body_read(const struct book *book, const struct http_server_request *request,
                    bool with_values, struct book_body *body, struct error *error);
/* Forgets the person in it. */
void book_body_finish(struct book_body *body);
