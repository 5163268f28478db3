#include "backoffice/book.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_lease_parts.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"

#define MINUTES_MAX (8 * 60) /* nobody sits longer at a counter */

static const struct book_field fields[] = {
    {"lastName", true, 128},
    {"phoneNumber", true, 20},
    {"email", false, 254},
};

const struct book_field *
book_fields(size_t *count)
{
    *count = sizeof(fields) / sizeof(fields[0]);
    return fields;
}

size_t
book_location_index(const struct book *book, const struct location *location)
{
    return (size_t)(location - book->catalogue->locations);
}

const struct catalogue *
book_catalogue(const struct book *book)
{
    return book->catalogue;
}

const char *
book_ticket_address(const struct book *book)
{
    return book->ticket_address;
}

const struct zone *
book_zone(const struct book *book, const struct location *location)
{
    return book->zones[book_location_index(book, location)];
}

/* --- opening -------------------------------------------------------------------- */

struct book *
book_open(const struct book_options *options, struct error *error)
{
    struct book *book = memory_allocate(1, sizeof(*book));
    size_t count = options->catalogue->location_count;

    book->store = options->store;
    book->catalogue = options->catalogue;
    book->ticket_key = options->ticket_key;
    book->keep_days = options->keep_days;
    book->arrive_before_s = (int64_t)options->arrive_before * 60;
    book->arrive_after_s = (int64_t)options->arrive_after * 60;
    text_copy(book->ticket_address, sizeof(book->ticket_address),
              options->ticket_address);
    pthread_mutex_init(&book->lock, NULL);
    book->wrong_codes = try_limit_create(BOOK_WRONG_CODES);
    book->wrong_codes_of_all = try_limit_create(BOOK_WRONG_CODES_OF_ALL);
    book->zones = memory_allocate(count, sizeof(struct zone *));
    book->busy = memory_allocate(count, sizeof(struct busy));
    for (size_t i = 0; i < count; i++) {
        book->zones[i] = zone_open(options->catalogue->locations[i].zone, error);
        if (book->zones[i] == NULL) {
            goto fail;
        }
    }
    if (!book_desks_open(book, options->desks, error) ||
        !book_lease_open(book, options, error))
    {
        goto fail;
    }
    return book;

fail:
    error_prefix(error, "book");
    book_close(book);
    return NULL;
}

void
book_close(struct book *book)
{
    if (book == NULL) {
        return;
    }
    for (size_t i = 0; i < book->catalogue->location_count; i++) {
        zone_close(book->zones[i]);
    }
    free(book->zones);
    free(book->busy);
    free(book->leasable);
    try_limit_destroy(book->wrong_codes);
    try_limit_destroy(book->wrong_codes_of_all);
    pthread_mutex_destroy(&book->lock);
    memory_wipe(&book->ticket_key, sizeof(book->ticket_key));
    memory_wipe(&book->seal_key, sizeof(book->seal_key));
    free(book);
}

/* --- wishes --------------------------------------------------------------------- */

bool
book_offers(const struct product *product, const struct location *location)
{
    bool by_appointment = false, there = location == NULL;

    for (size_t i = 0; i < product->channel_count; i++) {
        by_appointment |= product->channels[i].channel == CHANNEL_APPOINTMENT;
    }
    for (size_t i = 0; i < product->location_count && !there; i++) {
        there = product->locations[i] == location;
    }
    return by_appointment && there && product->minutes_first > 0;
}

bool
book_wish_begin(const struct book *book, const char *location, struct book_wish *wish,
                struct error *error)
{
    memset(wish, 0, sizeof(*wish));
    if (location == NULL) {
        return true;
    }
    wish->location = catalogue_location(book->catalogue, location);
    return wish->location != NULL ||
           error_set(error, ERROR_NOT_FOUND, "There is no location with that id.");
}

bool
book_wish_add(const struct book *book, struct book_wish *wish, const char *id,
              int64_t persons, struct error *error)
{
    const struct product *product = catalogue_product(book->catalogue, id);
    int minutes;

    if (product == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "There is no product with that id.");
    }
    if (!book_offers(product, wish->location)) {
        return error_set(error, ERROR_REFUSED,
                         "items: that can't be had by appointment there.");
    }
    if (wish->item_count == BOOK_ITEMS_MAX) {
        return error_set(error, ERROR_REFUSED,
                         "One appointment is for %d products at most.", BOOK_ITEMS_MAX);
    }
    if (persons < 1 || persons > product->persons_max) {
        return error_set(error, ERROR_REFUSED,
                         "items: the number of persons must be 1 to %d.",
                         product->persons_max);
    }
    minutes = product_minutes(product, (int)persons);
    wish->minutes += (minutes * 60 + CELL_S - 1) / CELL_S * CELL_S / 60;
    if (wish->minutes > MINUTES_MAX) {
        return error_set(error, ERROR_REFUSED,
                         "This takes longer than one appointment can be.");
    }
    wish->items[wish->item_count++] =
        (struct book_item){.product = product, .persons = (int)persons};
    return true;
}

void
book_fill_items(struct booking *booking, const struct book_wish *wish)
{
    booking->item_count = wish->item_count;
    for (size_t i = 0; i < wish->item_count; i++) {
        text_copy(booking->items[i].product, sizeof(booking->items[i].product),
                  wish->items[i].product->id);
        booking->items[i].persons = wish->items[i].persons;
    }
}

bool
book_check_key(const char *key, struct error *error)
{
    return (strlen(key) == BOOK_KEY_BYTES - 1 &&
            strspn(key, "0123456789abcdef") == BOOK_KEY_BYTES - 1) ||
           error_set(error, ERROR_BAD_INPUT,
                     "key: must be 32 lower-case hexadecimal digits.");
}
