#include <stdio.h>
#include <string.h>

#include "backoffice/book_request.h"
#include "base/text.h"

/* What staff send. */

bool
book_request_count(const struct http_server_request *request, int64_t *count,
                   struct error *error)
{
    static const char *const names[] = {"count", NULL};
    struct json *root = book_request_parse(request, error);
    bool good = root != NULL && book_request_names(root, names, error) &&
                json_get_integer(root, "count", 0, 1000, count, error);

    json_destroy(root);
    return good;
}

static bool
read_products(const struct json *root, struct book_products *products,
              struct error *error)
{
    const struct json *list = json_member(root, "products");

    memset(products, 0, sizeof(*products));
    if (list == NULL || json_type(list) != JSON_ARRAY ||
        json_count(list) > BOOK_DESK_PRODUCTS_MAX)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "products: must be a list of at most %d ids",
                         BOOK_DESK_PRODUCTS_MAX);
    }
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        char *text = products->texts[products->count];

        if (json_type(value) != JSON_STRING ||
            !text_copy(text, CATALOGUE_ID_BYTES, json_string(value)))
        {
            return error_set(error, ERROR_BAD_INPUT, "line %d: products: must be ids",
                             json_line(value));
        }
        products->ids[products->count++] = text;
    }
    return true;
}

bool
book_request_products(const struct http_server_request *request,
                      struct book_products *products, struct error *error)
{
    static const char *const names[] = {"products", NULL};
    struct json *root = book_request_parse(request, error);
    bool good = root != NULL && book_request_names(root, names, error) &&
                read_products(root, products, error);

    json_destroy(root);
    return good;
}

/* --- closures ------------------------------------------------------------------- */

/* "2027-04-27", or "2027-04-27T13:00"; of a day alone `days` later begins. */
static bool
read_moment(const struct json *root, const char *name, const struct zone *zone,
            int days, int64_t *instant, struct error *error)
{
    char text[TIME_TEXT_BYTES], date[11];
    struct civil civil = {0};
    int length = 0;

    if (!json_get_text(root, name, text, sizeof(text), error)) {
        return false;
    }
    snprintf(date, sizeof(date), "%.10s", text);
    if (!date_parse(date, &civil.date)) {
        goto bad;
    }
    if (strlen(text) == 10) {
        civil.date = date_add(civil.date, days);
    } else if (strlen(text) != 16 ||
               sscanf(text + 10, "T%2d:%2d%n", &civil.hour, &civil.minute, &length) !=
                   2 ||
               length != 6 || civil.hour < 0 || civil.hour > 23 || civil.minute < 0 ||
               civil.minute > 59)
    {
        goto bad;
    }
    *instant = zone_instant(zone, civil);
    return true;

bad:
    return error_set(error, ERROR_BAD_INPUT,
                     "%s: must be a day like 2027-04-27 or a time like "
                     "2027-04-27T13:00.",
                     name);
}

static bool
read_closure(const struct book *book, const struct json *root,
             struct book_closure *closure, struct error *error)
{
    static const char *const names[] = {"location", "desk",   "from",
                                        "to",       "reason", NULL};
    const struct location *location;
    int64_t desk = 0;

    memset(closure, 0, sizeof(*closure));
    if (!book_request_names(root, names, error) ||
        !json_get_text(root, "location", closure->location, sizeof(closure->location),
                       error) ||
        !json_get_text(root, "reason", closure->reason, sizeof(closure->reason),
                       error) ||
        (json_member(root, "desk") != NULL &&
         !json_get_integer(root, "desk", 1, 1000, &desk, error)))
    {
        return false;
    }
    closure->desk = (int)desk;
    location = catalogue_location(book_catalogue(book), closure->location);
    if (location == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "There is no location with that id.");
    }
    return read_moment(root, "from", book_zone(book, location), 0, &closure->start,
                       error) &&
           read_moment(root, "to", book_zone(book, location), 1, &closure->end, error);
}

bool
book_request_closure(const struct book *book, const struct http_server_request *request,
                     struct book_closure *closure, struct error *error)
{
    struct json *root = book_request_parse(request, error);
    bool good = root != NULL && read_closure(book, root, closure, error);

    json_destroy(root);
    return good;
}
