#include "backoffice/book_request.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

/* "paspoort:2" */
static bool
read_item(const struct book *book, char *word, struct book_wish *wish,
          struct error *error)
{
    char *colon = strchr(word, ':');
    char *end = NULL;
    long persons;

    if (colon == NULL) {
        return error_set(error, ERROR_BAD_INPUT,
                         "items: must be like \"paspoort:2,rijbewijs:1\".");
    }
    *colon = '\0';
    persons = strtol(colon + 1, &end, 10);
    if (colon[1] < '0' || colon[1] > '9' || *end != '\0') {
        return error_set(error, ERROR_BAD_INPUT,
                         "items: the number of persons must be a whole number.");
    }
    return book_wish_add(book, wish, word, persons, error);
}

bool
book_request_wish(const struct book *book, const struct http_server_request *request,
                  const char *location, struct book_wish *wish, struct error *error)
{
    const char *items = http_server_query(request, "items");
    const char *id = location != NULL ? http_server_query(request, location) : NULL;
    char *copy, *rest, *word;
    bool good;

    if (location != NULL && id == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "%s: is missing.", location);
    }
    if (location != NULL && items == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "items: is missing.");
    }
    copy = memory_copy_text(items != NULL ? items : "");
    rest = copy;
    good = book_wish_begin(book, id, wish, error);
    while (good && (word = strtok_r(rest, ",", &rest)) != NULL) {
        good = read_item(book, word, wish, error);
    }
    free(copy);
    return good;
}

bool
book_request_date(const struct http_server_request *request, const char *name,
                  struct date *date, struct error *error)
{
    const char *text = http_server_query(request, name);

    return (text != NULL && date_parse(text, date)) ||
           error_set(error, ERROR_BAD_INPUT, "%s: must be a date like 2026-08-21.",
                     name);
}

/* --- bodies --------------------------------------------------------------------- */

bool
book_request_names(const struct json *object, const char *const *names,
                   struct error *error)
{
    if (json_type(object) != JSON_OBJECT) {
        return error_set(error, ERROR_BAD_INPUT, "line %d: must be an object, not a %s",
                         json_line(object), json_type_name(json_type(object)));
    }
    for (const struct json *member = json_first(object); member != NULL;
         member = json_next(member))
    {
        size_t i = 0;

        while (names[i] != NULL && !text_equal(names[i], json_name(member))) {
            i++;
        }
        if (names[i] == NULL) {
            return error_set(error, ERROR_BAD_INPUT,
                             "line %d: has a member that is not known here",
                             json_line(member));
        }
    }
    return true;
}

static bool
read_items(const struct book *book, const struct json *root, struct book_wish *wish,
           struct error *error)
{
    static const char *const names[] = {"product", "persons", NULL};
    const struct json *items = json_member(root, "items");

    if (items == NULL || json_type(items) != JSON_ARRAY || json_count(items) == 0) {
        return error_set(error, ERROR_BAD_INPUT,
                         "items: must be a list of at least one product");
    }
    for (const struct json *item = json_first(items); item != NULL;
         item = json_next(item)) {
        char product[CATALOGUE_ID_BYTES];
        int64_t persons;

        if (!book_request_names(item, names, error) ||
            !json_get_text(item, "product", product, sizeof(product), error) ||
            !json_get_integer(item, "persons", 1, 1000, &persons, error))
        {
            return error_prefix(error, "items");
        }
        if (!book_wish_add(book, wish, product, persons, error)) {
            return false;
        }
    }
    return true;
}

static bool
read_values(const struct json *root, struct book_body *body, struct error *error)
{
    const struct json *values = json_member(root, "values");

    if (values == NULL || json_type(values) != JSON_OBJECT) {
        return error_set(error, ERROR_BAD_INPUT,
                         "values: must be an object of names and texts");
    }
    for (const struct json *value = json_first(values); value != NULL;
         value = json_next(value))
    {
        struct book_value *target = &body->values[body->request.value_count];

        if (body->request.value_count == BOOK_FIELDS_MAX ||
            json_type(value) != JSON_STRING ||
            !text_copy(target->name, sizeof(target->name), json_name(value)) ||
            !text_copy(target->value, sizeof(target->value), json_string(value)))
        {
            return error_set(error, ERROR_BAD_INPUT,
                             "line %d: values: must be at most %d texts of at most "
                             "%d bytes",
                             json_line(value), BOOK_FIELDS_MAX, BOOK_VALUE_BYTES - 1);
        }
        body->request.value_count++;
    }
    return true;
}

static bool
read_root(const struct book *book, const struct json *root, bool with_values,
          struct book_body *body, struct error *error)
{
    static const char *const names[] = {"key", "location", "items", "start", NULL};
    static const char *const names_with[] = {"key",   "location", "items",
                                             "start", "values",   NULL};
    char location[CATALOGUE_ID_BYTES];

    return book_request_names(root, with_values ? names_with : names, error) &&
           json_get_text(root, "key", body->key, sizeof(body->key), error) &&
           json_get_text(root, "location", location, sizeof(location), error) &&
           json_get_instant(root, "start", &body->request.start, error) &&
           book_wish_begin(book, location, &body->wish, error) &&
           read_items(book, root, &body->wish, error) &&
           (!with_values || read_values(root, body, error));
}

struct json *
book_request_parse(const struct http_server_request *request, struct error *error)
{
    const char *type = http_server_header(request, "Content-Type");

    if (type == NULL || !text_starts_with(type, "application/json")) {
        error_set(error, ERROR_BAD_INPUT, "The Content-Type must be application/json.");
        return NULL;
    }
    return json_parse(request->body, request->body_length, error);
}

bool
book_request_move(const struct http_server_request *request, char key[BOOK_KEY_BYTES],
                  int64_t *start, struct error *error)
{
    static const char *const names[] = {"key", "start", NULL};
    struct json *root = book_request_parse(request, error);
    bool good = root != NULL && book_request_names(root, names, error) &&
                json_get_text(root, "key", key, BOOK_KEY_BYTES, error) &&
                json_get_instant(root, "start", start, error);

    json_destroy(root);
    return good;
}

bool
book_request_search(const struct http_server_request *request,
                    char text[BOOK_SEARCH_BYTES], struct error *error)
{
    static const char *const names[] = {"text", NULL};
    struct json *root = book_request_parse(request, error);
    bool good = root != NULL && book_request_names(root, names, error) &&
                json_get_text(root, "text", text, BOOK_SEARCH_BYTES, error);

    json_destroy(root);
    return good;
}

bool
book_body_read(const struct book *book, const struct http_server_request *request,
               bool with_values, struct book_body *body, struct error *error)
{
    struct json *root = book_request_parse(request, error);
    bool good;

    memset(body, 0, sizeof(*body));
    if (root == NULL) {
        return false;
    }
    good = read_root(book, root, with_values, body, error);
    json_destroy(root);
    if (!good) {
        book_body_finish(body);
        return false;
    }
    body->request.key = body->key;
    body->request.wish = &body->wish;
    body->request.values = body->values;
    return true;
}

void
book_body_finish(struct book_body *body)
{
    memory_wipe(body, sizeof(*body));
}
