#pragma once

#include "backoffice/book_staff.h"
#include "backoffice/http_server.h"
#include "base/json.h"

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

/* The body as JSON; NULL when it is none. For book_request*.c, as is the next. */
struct json *
book_request_parse(const struct http_server_request *request, struct error *error);
/* An object without other members than `names`, which NULL ends. */
bool book_request_names(const struct json *object, const char *const *names,
                        struct error *error);

/* Body: {"key","start"}. */
bool book_request_move(const struct http_server_request *request,
                       char key[BOOK_KEY_BYTES], int64_t *start, struct error *error);

/* Body: {"text"}. */
#define BOOK_SEARCH_BYTES 1024
bool book_request_search(const struct http_server_request *request,
                         char text[BOOK_SEARCH_BYTES], struct error *error);

/* Body: {"count"}. */
bool book_request_count(const struct http_server_request *request, int64_t *count,
                        struct error *error);

/* Body: {"products": ["paspoort"]}. `ids` point into `texts`. */
struct book_products {
    char texts[BOOK_DESK_PRODUCTS_MAX][CATALOGUE_ID_BYTES];
    const char *ids[BOOK_DESK_PRODUCTS_MAX];
    size_t count;
};

bool book_request_products(const struct http_server_request *request,
                           struct book_products *products, struct error *error);

/*
 * Body: {"location","desk","from","to","reason"}; without "desk" the whole location.
 * `from` and `to` are by the location's clock: days, of which the last is closed too,
 * or times like "2027-04-27T13:00".
 */
bool
book_request_closure(const struct book *book, const struct http_server_request *request,
                     struct book_closure *closure, struct error *error);

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
