#include <stdlib.h>
#include <string.h>

#include "backoffice/book_api.h"
#include "backoffice/book_lease.h"
#include "backoffice/book_request.h"
#include "backoffice/identity.h"
#include "base/memory.h"
#include "base/text.h"

/*
 * /v1/leases: what kiosks may book while they are offline. A kiosk settles and gets its
 * lease in one request, which it may repeat; staff see what is leased, declare a kiosk
 * lost, and see the conflicts.
 */

#define RETURNED_MAX (2 * BOOK_LEASE_SLOTS_MAX)

struct settle_body {
    struct book_hand_in given[BOOK_LEASE_HAND_IN_MAX];
    size_t given_count;
    uint8_t returned[RETURNED_MAX][BOOK_ID_BYTES];
    size_t returned_count;
};

/* --- reading ------------------------------------------------------------------- */

static bool
read_slot(const struct json *value, const char *text, uint8_t id[BOOK_ID_BYTES],
          struct error *error)
{
    return text_hex_decode(id, BOOK_ID_BYTES, text) ||
           error_set(error, ERROR_BAD_INPUT,
                     "line %d: must be the id of a slot, 32 hexadecimal digits",
                     json_line(value));
}

/* What the catalogue has dropped since is an appointment nevertheless. */
static bool
read_items(const struct json *value, struct book_hand_in *given, struct error *error)
{
    static const char *const names[] = {"product", "persons", NULL};
    const struct json *items = json_member(value, "items");

    if (items == NULL || json_type(items) != JSON_ARRAY || json_count(items) == 0 ||
        json_count(items) > BOOK_ITEMS_MAX)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: items: must be a list of 1 to %d products",
                         json_line(value), BOOK_ITEMS_MAX);
    }
    for (const struct json *item = json_first(items); item != NULL;
         item = json_next(item)) {
        struct booking_item *target = &given->items[given->item_count++];
        int64_t persons;

        if (!book_request_names(item, names, error) ||
            !json_get_text(item, "product", target->product, sizeof(target->product),
                           error) ||
            !json_get_integer(item, "persons", 1, CATALOGUE_PERSONS_MAX, &persons,
                              error))
        {
            return error_prefix(error, "items");
        }
        target->persons = (int)persons;
        if (target->product[strspn(target->product,
                                   "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        {
            return error_set(error, ERROR_BAD_INPUT,
                             "line %d: items: product: is no id", json_line(item));
        }
    }
    return true;
}

static bool
read_sealed(const struct json *value, struct book_hand_in *given, struct error *error)
{
    const struct json *sealed = json_member(value, "sealed");
    size_t length;

    if (sealed == NULL) {
        return true;
    }
    length = json_type(sealed) == JSON_STRING ? strlen(json_string(sealed)) : 0;
    if (length == 0 || length > 2 * BOOK_SEALED_BYTES || length % 2 != 0 ||
        !text_hex_decode(given->sealed, length / 2, json_string(sealed)))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: sealed: must be at most %d bytes in hexadecimal",
                         json_line(sealed), BOOK_SEALED_BYTES);
    }
    given->sealed_length = length / 2;
    return true;
}

static bool
read_given(const struct json *value, struct book_hand_in *given, struct error *error)
{
    static const char *const names[] = {"slot",  "key",    "cancelled",
                                        "items", "sealed", NULL};
    char slot[2 * BOOK_ID_BYTES + 1];

    return book_request_names(value, names, error) &&
           json_get_text(value, "slot", slot, sizeof(slot), error) &&
           read_slot(value, slot, given->slot, error) &&
           json_get_text(value, "key", given->key, sizeof(given->key), error) &&
           json_get_boolean(value, "cancelled", &given->cancelled, error) &&
           read_items(value, given, error) && read_sealed(value, given, error);
}

static const struct json *
list_of(const struct json *root, const char *name, size_t max, struct error *error)
{
    const struct json *list = json_member(root, name);

    if (list == NULL || json_type(list) != JSON_ARRAY || json_count(list) > max) {
        error_set(error, ERROR_BAD_INPUT, "%s: must be a list of at most %zu", name,
                  max);
        return NULL;
    }
    return list;
}

static bool
read_body(const struct json *root, struct settle_body *body, struct error *error)
{
    static const char *const names[] = {"given", "returned", NULL};
    const struct json *given, *returned;

    if (!book_request_names(root, names, error) ||
        (given = list_of(root, "given", BOOK_LEASE_HAND_IN_MAX, error)) == NULL ||
        (returned = list_of(root, "returned", RETURNED_MAX, error)) == NULL)
    {
        return false;
    }
    for (const struct json *value = json_first(given); value != NULL;
         value = json_next(value))
    {
        if (!read_given(value, &body->given[body->given_count++], error)) {
            return error_prefix(error, "given");
        }
    }
    for (const struct json *value = json_first(returned); value != NULL;
         value = json_next(value))
    {
        const char *text = json_type(value) == JSON_STRING ? json_string(value) : "";

        if (!read_slot(value, text, body->returned[body->returned_count++], error)) {
            return error_prefix(error, "returned");
        }
    }
    return true;
}

/* --- the lease ----------------------------------------------------------------- */

static void
write_place(struct json_writer *writer, const struct location *location)
{
    json_write_name(writer, "location");
    json_write_object(writer);
    book_api_text(writer, "zone", location->zone);
    book_api_place(writer, location);
    json_write_end(writer);
}

static void
write_products(struct json_writer *writer, const struct book_lease *lease)
{
    json_write_name(writer, "products");
    json_write_array(writer);
    for (size_t i = 0; i < lease->product_count; i++) {
        const struct product *product = lease->products[i];

        json_write_object(writer);
        book_api_text(writer, "id", product->id);
        book_api_text(writer, "name", words_in(&product->name, LANGUAGE_NL, NULL));
        book_api_text(writer, "public_name",
                      words_in(product_public_name(product), LANGUAGE_NL, NULL));
        book_api_integer(writer, "minutes_first", product->minutes_first);
        book_api_integer(writer, "minutes_next", product->minutes_next);
        book_api_integer(writer, "persons_max", product->persons_max);
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void
write_slot(struct json_writer *writer, const struct zone *zone,
           const struct book_slot *slot)
{
    char id[2 * BOOK_ID_BYTES + 1];

    text_hex_encode(id, slot->id, sizeof(slot->id));
    json_write_object(writer);
    book_api_text(writer, "id", id);
    book_api_text(writer, "code", slot->code);
    book_api_text(writer, "location", slot->location);
    book_api_instant(writer, "start", zone, slot->start);
    book_api_instant(writer, "end", zone, slot->end);
    json_write_name(writer, "withdrawn");
    json_write_boolean(writer, slot->withdrawn);
    if (slot->product_count > 0) {
        json_write_name(writer, "products");
        json_write_array(writer);
        for (size_t i = 0; i < slot->product_count; i++) {
            json_write_text(writer, slot->products[i]);
        }
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void
answer_lease(const struct book *book, const struct book_lease *lease,
             struct http_server_answer *answer)
{
    struct json_writer *writer = json_writer_create();
    char seal_key[SEAL_KEY_TEXT_BYTES];

    json_write_object(writer);
    book_api_instant(writer, "now", NULL, lease->now);
    book_api_instant(writer, "ends", NULL, lease->ends);
    text_hex_encode(seal_key, book->seal_key.public_key, SEAL_PUBLIC_BYTES);
    book_api_text(writer, "seal_key", seal_key);
    if (lease->location != NULL) {
        write_place(writer, lease->location);
    }
    write_products(writer, lease);
    book_api_fields(writer);
    json_write_name(writer, "slots");
    json_write_array(writer);
    for (size_t i = 0; i < lease->slot_count; i++) {
        write_slot(writer, book_api_zone(book, lease->slots[i].location),
                   &lease->slots[i]);
    }
    json_write_end(writer);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

void
book_api_settle(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct settle_body *body = memory_allocate(1, sizeof(*body));
    struct fleet_kiosk kiosk;
    struct json *root = NULL;
    struct book_lease lease = {0};
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        goto end;
    }
    root = book_request_parse(request, &error);
    if (root == NULL || !read_body(root, body, &error) ||
        !book_settle(data,
                     &(struct book_settlement){.kiosk = kiosk.public_key,
                                               .name = kiosk.name,
                                               .location = kiosk.location,
                                               .given = body->given,
                                               .given_count = body->given_count,
                                               .returned = body->returned,
                                               .returned_count = body->returned_count},
                     &lease, &error))
    {
        book_api_error(answer, &error);
        goto end;
    }
    answer_lease(data, &lease, answer);

end:
    free(lease.slots);
    json_destroy(root);
    free(body);
}

/* --- for staff ----------------------------------------------------------------- */

void
book_api_leases(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_leased *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    if (!identity_staff(book->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_lease_list(book, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("leases");
    for (size_t i = 0; i < count; i++) {
        const struct zone *zone = book_api_zone(book, list[i].location);

        json_write_object(writer);
        book_api_text(writer, "kiosk", list[i].kiosk);
        book_api_text(writer, "location", list[i].location);
        book_api_integer(writer, "slots", list[i].slots);
        book_api_instant(writer, "first", zone, list[i].first);
        book_api_instant(writer, "last", zone, list[i].last);
        book_api_instant(writer, "settled", zone, list[i].settled);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

void
book_api_lost(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct book *book = data;
    struct json_writer *writer;
    struct error error = {0};
    int64_t freed;

    if (!identity_staff(book->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    if (!book_lease_lost(book, request->parameters[0], &freed, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    book_api_integer(writer, "freed", freed);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

static void
write_conflict(struct json_writer *writer, const struct book *book,
               const struct book_conflict *conflict)
{
    const struct zone *zone = book_api_zone(book, conflict->location);
    struct booking items = {.item_count = conflict->item_count};
    char slot[2 * BOOK_ID_BYTES + 1];

    memcpy(items.items, conflict->items, sizeof(items.items));
    text_hex_encode(slot, conflict->slot, sizeof(conflict->slot));
    json_write_object(writer);
    book_api_text(writer, "slot", slot);
    book_api_text(writer, "kiosk", conflict->kiosk);
    book_api_text(writer, "reason", book_conflict_name(conflict->reason));
    book_api_text(writer, "code", conflict->code);
    book_api_text(writer, "location", conflict->location);
    book_api_instant(writer, "start", zone, conflict->start);
    book_api_instant(writer, "noted_at", zone, conflict->noted);
    book_api_items(writer, &items);
    json_write_name(writer, "values");
    json_write_object(writer);
    for (size_t i = 0; i < conflict->value_count; i++) {
        book_api_text(writer, conflict->values[i].name, conflict->values[i].value);
    }
    json_write_end(writer);
    json_write_end(writer);
}

void
book_api_lease_conflicts(void *data, const struct http_server_request *request,
                         struct http_server_answer *answer)
{
    struct book *book = data;
    struct book_conflict *list = NULL;
    struct json_writer *writer;
    struct error error = {0};
    size_t count = 0;

    /* Persons stand in it. */
    if (!identity_staff(book->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    if (!book_lease_conflicts(book, &list, &count, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("conflicts");
    for (size_t i = 0; i < count; i++) {
        write_conflict(writer, book, &list[i]);
    }
    book_api_list_end(answer, writer);
    memory_wipe(list, count * sizeof(*list));
    free(list);
}
