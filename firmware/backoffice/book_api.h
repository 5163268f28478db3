#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "backoffice/book.h"
#include "backoffice/book_parts.h"
#include "backoffice/http_server.h"
#include "backoffice/store_fleet.h"
#include "base/json.h"

/* What the files of the book's API share. Every handler's data is the book. */

#define BOOK_API_BODY_MAX (16 * 1024)

/* ERROR_REFUSED is 422: what the citizen fills in, or another product, would help. */
void book_api_error(struct http_server_answer *answer, const struct error *error);

/* A claimed kiosk asks; else the answer says what is wrong. */
bool book_api_kiosk(const struct book *book, const struct http_server_request *request,
                    struct fleet_kiosk *kiosk, struct http_server_answer *answer);

/* An object with one list, `name`, that is being written; and its end, as answer. */
struct json_writer *book_api_list_begin(const char *name);
void book_api_list_end(struct http_server_answer *answer, struct json_writer *writer);

void book_api_integer(struct json_writer *writer, const char *name, int64_t value);
void book_api_text(struct json_writer *writer, const char *name, const char *text);
void book_api_instant(struct json_writer *writer, const char *name,
                      const struct zone *zone, int64_t instant);

#define BOOK_API_HANDLER(name)                                                         \
    void name(void *data, const struct http_server_request *request,                   \
              struct http_server_answer *answer)

/* book_api_booking.c */
/* The value of "items". */
void book_api_items(struct json_writer *writer, const struct booking *booking);
/* Of a location by id; NULL, which is UTC, when the catalogue has dropped it. */
const struct zone *book_api_zone(const struct book *book, const char *location);
BOOK_API_HANDLER(book_api_hold);
BOOK_API_HANDLER(book_api_book);
BOOK_API_HANDLER(book_api_give_up);
BOOK_API_HANDLER(book_api_show);
BOOK_API_HANDLER(book_api_search);
BOOK_API_HANDLER(book_api_find_key);
BOOK_API_HANDLER(book_api_cancel);
BOOK_API_HANDLER(book_api_move);
BOOK_API_HANDLER(book_api_arrive);
BOOK_API_HANDLER(book_api_unprinted);

/* book_api_staff.c */
/* A day of the query, or `otherwise` when it is not named; csv, unless it names json.
 */
bool book_api_day(const struct http_server_request *request, const char *name,
                  struct date otherwise, struct date *date, struct error *error);
bool book_api_format(const struct http_server_request *request, bool *json,
                     struct error *error);
BOOK_API_HANDLER(book_api_counts);
BOOK_API_HANDLER(book_api_affected);

/* book_api_desks.c */
BOOK_API_HANDLER(book_api_desks);
BOOK_API_HANDLER(book_api_set_desks);
BOOK_API_HANDLER(book_api_set_products);
BOOK_API_HANDLER(book_api_closures);
BOOK_API_HANDLER(book_api_close);
BOOK_API_HANDLER(book_api_reopen);

/* book_api.c, for the lease. */
/* Members of a location: its names and address. */
void book_api_place(struct json_writer *writer, const struct location *location);
/* The list "fields". */
void book_api_fields(struct json_writer *writer);

/* book_api_lease.c */
#define BOOK_API_SETTLE_MAX (96 * 1024)
BOOK_API_HANDLER(book_api_settle);
BOOK_API_HANDLER(book_api_leases);
BOOK_API_HANDLER(book_api_lost);
BOOK_API_HANDLER(book_api_lease_conflicts);
