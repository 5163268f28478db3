#include "lease.h"

#include <stdlib.h>
#include <string.h>

#include "appointment/backoffice_ask.h"
#include "base/memory.h"
#include "base/text.h"

#define CELL_MINUTES 5 /* of the book */

/* --- reading ------------------------------------------------------------------- */

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
read_place(const struct json *root, struct lease *lease, struct error *error)
{
    const struct json *value = json_member(root, "location");
    struct appointment_location *place = &lease->place;
    char zone[64];

    if (value == NULL) {
        return true;
    }
    place->earliest = TIME_NONE;
    if (!json_get_text(value, "id", place->id, sizeof(place->id), error) ||
        !json_get_text(value, "name", place->name, sizeof(place->name), error) ||
        !json_get_text(value, "street", place->street, sizeof(place->street), error) ||
        !json_get_text(value, "postcode", place->postcode, sizeof(place->postcode),
                       error) ||
        !json_get_text(value, "city", place->city, sizeof(place->city), error) ||
        !json_get_text(value, "zone", zone, sizeof(zone), error))
    {
        return error_prefix(error, "location");
    }
    lease->zone = zone_open(zone, error);
    return lease->zone != NULL;
}

static bool
read_number(const struct json *value, const char *name, int64_t min, int *number,
            struct error *error)
{
    int64_t read;
    bool good = json_get_integer(value, name, min, 24 * 60, &read, error);

    *number = good ? (int)read : 0;
    return good;
}

static bool
read_products(const struct json *root, struct lease *lease, struct error *error)
{
    const struct json *list = list_of(root, "products", LEASE_PRODUCTS_MAX, error);

    if (list == NULL) {
        return false;
    }
    lease->products = memory_allocate(json_count(list) + 1, sizeof(*lease->products));
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        struct lease_product *product = &lease->products[lease->product_count++];

        if (!json_get_text(value, "id", product->id, sizeof(product->id), error) ||
            !json_get_text(value, "name", product->name, sizeof(product->name),
                           error) ||
            !json_get_text(value, "public_name", product->public_name,
                           sizeof(product->public_name), error) ||
            !read_number(value, "minutes_first", 1, &product->minutes_first, error) ||
            !read_number(value, "minutes_next", 0, &product->minutes_next, error) ||
            !read_number(value, "persons_max", 1, &product->persons_max, error))
        {
            return error_prefix(error, "products");
        }
    }
    return true;
}

static bool
read_slots(const struct json *root, struct lease *lease, struct error *error)
{
    const struct json *list = list_of(root, "slots", LEASE_SLOTS_MAX, error);
    uint8_t id[16];

    if (list == NULL) {
        return false;
    }
    lease->slots = memory_allocate(json_count(list) + 1, sizeof(*lease->slots));
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        struct lease_slot *slot = &lease->slots[lease->slot_count++];

        slot->products = json_member(value, "products");
        if (!json_get_text(value, "id", slot->id, sizeof(slot->id), error) ||
            !json_get_text(value, "code", slot->code, sizeof(slot->code), error) ||
            !json_get_text(value, "location", slot->location, sizeof(slot->location),
                           error) ||
            !json_get_instant(value, "start", &slot->start, error) ||
            !json_get_instant(value, "end", &slot->end, error) ||
            !json_get_boolean(value, "withdrawn", &slot->withdrawn, error))
        {
            return error_prefix(error, "slots");
        }
        if (!text_hex_decode(id, sizeof(id), slot->id) || slot->start < 0 ||
            slot->end <= slot->start ||
            (slot->products != NULL && json_type(slot->products) != JSON_ARRAY))
        {
            return error_set(error, ERROR_BAD_INPUT, "line %d: slots: is no slot",
                             json_line(value));
        }
    }
    return true;
}

static int
by_start(const void *a, const void *b)
{
    const struct lease_slot *one = a, *other = b;

    return (one->start > other->start) - (one->start < other->start);
}

struct lease *
lease_read(struct json *root, struct error *error)
{
    struct lease *lease = memory_allocate(1, sizeof(*lease));
    char seal_key[SEAL_KEY_TEXT_BYTES];

    lease->root = root;
    if (!json_get_instant(root, "now", &lease->now, error) ||
        !json_get_instant(root, "ends", &lease->ends, error) ||
        !json_get_text(root, "seal_key", seal_key, sizeof(seal_key), error) ||
        !read_place(root, lease, error) || !read_products(root, lease, error) ||
        !backoffice_read_fields(root, lease->fields, &lease->field_count, error) ||
        !read_slots(root, lease, error))
    {
        goto bad;
    }
    if (!text_hex_decode(lease->seal_key, sizeof(lease->seal_key), seal_key)) {
        error_set(error, ERROR_BAD_INPUT, "seal_key: is no key");
        goto bad;
    }
    qsort(lease->slots, lease->slot_count, sizeof(*lease->slots), by_start);
    return lease;

bad:
    error_prefix(error, "lease");
    lease_destroy(lease);
    return NULL;
}

void
lease_destroy(struct lease *lease)
{
    if (lease == NULL) {
        return;
    }
    json_destroy(lease->root);
    zone_close(lease->zone);
    free(lease->products);
    free(lease->slots);
    free(lease);
}

/* --- what can be had ----------------------------------------------------------- */

const struct lease_product *
lease_product(const struct lease *lease, const char *id)
{
    for (size_t i = 0; i < lease->product_count; i++) {
        if (text_equal(lease->products[i].id, id)) {
            return &lease->products[i];
        }
    }
    return NULL;
}

const struct lease_slot *
lease_slot(const struct lease *lease, const char *id)
{
    for (size_t i = 0; i < lease->slot_count; i++) {
        if (text_equal(lease->slots[i].id, id)) {
            return &lease->slots[i];
        }
    }
    return NULL;
}

int
lease_minutes(const struct lease *lease, const struct appointment_wish *wish)
{
    int minutes = 0;

    for (size_t i = 0; i < wish->item_count; i++) {
        const struct appointment_item *item = &wish->items[i];
        const struct lease_product *product = lease_product(lease, item->product);
        int takes;

        if (product == NULL || item->persons < 1 ||
            item->persons > product->persons_max) {
            return 0;
        }
        takes = product->minutes_first + (item->persons - 1) * product->minutes_next;
        minutes += (takes + CELL_MINUTES - 1) / CELL_MINUTES * CELL_MINUTES;
    }
    return minutes;
}

static bool
desk_does(const struct lease_slot *slot, const char *product)
{
    for (const struct json *value = json_first(slot->products); value != NULL;
         value = json_next(value))
    {
        if (json_type(value) == JSON_STRING && text_equal(json_string(value), product))
        {
            return true;
        }
    }
    return false;
}

bool
lease_slot_fits(const struct lease_slot *slot, const struct appointment_wish *wish,
                int minutes)
{
    if (minutes <= 0 || slot->end - slot->start < (int64_t)minutes * 60 ||
        (wish->location[0] != '\0' && !text_equal(wish->location, slot->location)))
    {
        return false;
    }
    for (size_t i = 0; slot->products != NULL && i < wish->item_count; i++) {
        if (!desk_does(slot, wish->items[i].product)) {
            return false;
        }
    }
    return true;
}

void
lease_name(const struct lease *lease, const struct appointment_wish *wish,
           char name[APPOINTMENT_NAME_BYTES])
{
    struct text text = text_begin(name, APPOINTMENT_NAME_BYTES);

    for (size_t i = 0; i < wish->item_count; i++) {
        const struct lease_product *product =
            lease_product(lease, wish->items[i].product);

        text_add(&text, i > 0 ? " + " : "");
        text_add(&text, product != NULL ? product->public_name : "");
    }
}
