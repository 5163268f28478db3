#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_lease_parts.h"
#include "backoffice/store_book.h"
#include "base/text.h"

/*
 * Which times a kiosk gets. They are spread over the days, and over each day, so that
 * there is a choice and nobody who books online misses a whole morning.
 */

size_t
lease_products(const struct book *book, const struct location *location,
               const struct product *products[BOOK_LEASE_PRODUCTS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < book->catalogue->product_count; i++) {
        const struct product *product = &book->catalogue->products[i];

        if (book->leasable[i] && book_offers(product, location) &&
            count < BOOK_LEASE_PRODUCTS_MAX)
        {
            products[count++] = product;
        }
    }
    return count;
}

struct topping {
    struct book *book;
    const struct book_settlement *settlement;
    const struct location *location;
    const struct zone *zone;
    struct date today;
    int short_minutes, long_minutes; /* the same when there is one kind only */
    int held[BOOK_LEASE_DAYS_MAX];   /* slots on each day */
    bool full[BOOK_LEASE_DAYS_MAX];
    int count, long_count;
};

static int
whole_cells(int minutes)
{
    return (minutes * 60 + CELL_S - 1) / CELL_S * CELL_S / 60;
}

/* False: nothing may be leased there. */
static bool
choose_lengths(struct topping *topping)
{
    const struct product *products[BOOK_LEASE_PRODUCTS_MAX];
    size_t count = lease_products(topping->book, topping->location, products);
    bool any_short = false;

    for (size_t i = 0; i < count; i++) {
        int minutes = whole_cells(product_minutes(products[i], 1));

        any_short |= minutes <= BOOK_LEASE_SHORT_MINUTES;
        if (minutes > topping->long_minutes && minutes <= BOOK_LEASE_LONG_MINUTES) {
            topping->long_minutes = minutes;
        }
    }
    if (topping->long_minutes < BOOK_LEASE_SHORT_MINUTES) {
        topping->long_minutes = BOOK_LEASE_SHORT_MINUTES;
    }
    topping->short_minutes =
        any_short ? BOOK_LEASE_SHORT_MINUTES : topping->long_minutes;
    return count > 0;
}

static int
day_of(const struct topping *topping, int64_t start)
{
    return (int)(date_to_days(zone_civil(topping->zone, start).date) -
                 date_to_days(topping->today));
}

static void
note(struct topping *topping, int64_t start, int64_t end)
{
    int day = day_of(topping, start);

    topping->count++;
    topping->long_count += end - start > topping->short_minutes * 60;
    if (day >= 0 && day < BOOK_LEASE_DAYS_MAX) {
        topping->held[day]++;
    }
}

struct counting {
    struct topping *topping;
    int64_t from;
};

static void
count_slot(void *data, const struct lease_slot *slot)
{
    const struct counting *counting = data;

    if (slot->start >= counting->from &&
        text_equal(slot->location, counting->topping->location->id))
    {
        note(counting->topping, slot->start, slot->end);
    }
}

/* A slot of its own id and code; ERROR_TAKEN: no desk is free then. */
static bool
take_slot(struct store_session *session, const struct topping *topping, int64_t start,
          int minutes, struct error *error)
{
    const struct book_settlement *settlement = topping->settlement;
    struct lease_slot slot = {.state = LEASE_HELD, .start = start};
    struct booking cells = {.start = start, .expires = TIME_NONE};

    slot.end = cells.end = start + minutes * 60;
    random_bytes(slot.id, sizeof(slot.id));
    memcpy(slot.kiosk, settlement->kiosk, sizeof(slot.kiosk));
    text_copy(slot.name, sizeof(slot.name), settlement->name);
    text_copy(slot.location, sizeof(slot.location), topping->location->id);
    memcpy(cells.id, slot.id, sizeof(cells.id));
    text_copy(cells.location, sizeof(cells.location), slot.location);
    if (!store_book_take(session, &cells, error)) {
        struct error ignored;

        if (error->kind == ERROR_TAKEN && cells.desk != 0) {
            store_book_give_back(session, &cells, &ignored);
        }
        return false;
    }
    slot.desk = cells.desk;
    return book_make_code(session, slot.code, error) &&
           store_lease_save(session, &slot, error);
}

/* One on that day; `*taken` says whether there was room. */
static bool
take_on_day(struct store_session *session, struct topping *topping, int day,
            bool *taken, struct error *error)
{
    int64_t starts[AGENDA_STARTS_MAX];
    int64_t from = store_now(session) + BOOK_LEASE_LEAD_S;
    bool is_long = topping->long_count * 2 < topping->count - topping->long_count;
    int minutes = is_long ? topping->long_minutes : topping->short_minutes;
    size_t count =
        agenda_day_starts(topping->location, topping->zone,
                          date_add(topping->today, day), minutes, starts, NULL);
    /* Another part of the day each time: 5 and 7 have nothing in common with most. */
    size_t first = (size_t)day * 7 + (size_t)topping->held[day] * 5;

    *taken = false;
    for (size_t i = 0; i < count && !*taken; i++) {
        int64_t start = starts[(first + i) % count];

        if (start < from) {
            continue;
        }
        *taken = take_slot(session, topping, start, minutes, error);
        if (*taken) {
            note(topping, start, start + minutes * 60);
        } else if (error->kind != ERROR_TAKEN) {
            return false;
        }
    }
    return true;
}

bool
lease_top_up(struct store_session *session, struct book *book,
             const struct book_settlement *settlement, const struct location *location,
             struct error *error)
{
    struct topping topping = {.book = book,
                              .settlement = settlement,
                              .location = location,
                              .zone = book_zone(book, location)};
    struct counting counting = {&topping, store_now(session) + BOOK_LEASE_LEAD_S};

    if (book->lease_slots == 0 || !choose_lengths(&topping)) {
        return true;
    }
    topping.today = zone_civil(topping.zone, store_now(session)).date;
    if (!store_lease_each(session, settlement->kiosk, count_slot, &counting, error)) {
        return false;
    }
    for (int level = 0; level < book->lease_slots; level++) {
        for (int day = 0; day < book->lease_days && topping.count < book->lease_slots;
             day++) {
            bool taken;

            if (topping.held[day] > level || topping.full[day]) {
                continue;
            }
            if (!take_on_day(session, &topping, day, &taken, error)) {
                return false;
            }
            topping.full[day] = !taken;
        }
    }
    return true;
}
