#include "backoffice/book_lease.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_lease_parts.h"
#include "base/memory.h"
#include "base/text.h"

#define DAY_S 86400
/* A kiosk that was away for so long after its slots were over may still tell of them.
 */
#define REMEMBER_DAYS 60

/* --- opening ------------------------------------------------------------------- */

static bool
allow_product(struct book *book, const char *id, struct error *error)
{
    const struct product *product = catalogue_product(book->catalogue, id);

    if (product == NULL) {
        return error_set(error, ERROR_BAD_INPUT,
                         "lease_products: there is no product \"%s\"", id);
    }
    book->leasable[product - book->catalogue->products] = true;
    return true;
}

bool
book_lease_open(struct book *book, const struct book_options *options,
                struct error *error)
{
    const char *products =
        options->lease_products != NULL ? options->lease_products : "";
    char *copy = memory_copy_text(products), *rest = copy, *word;
    bool named = false, good = true;

    assert(options->lease_slots >= 0 && options->lease_slots <= BOOK_LEASE_SLOTS_MAX);
    assert(options->lease_days >= 0 && options->lease_days <= BOOK_LEASE_DAYS_MAX);
    book->seal_key = options->seal_key;
    book->lease_slots = options->lease_slots;
    book->lease_days = options->lease_days;
    book->leasable = memory_allocate(book->catalogue->product_count, sizeof(bool));
    while (good && (word = strtok_r(rest, " ", &rest)) != NULL) {
        named = true;
        good = allow_product(book, word, error);
    }
    for (size_t i = 0; i < book->catalogue->product_count && !named; i++) {
        book->leasable[i] = true;
    }
    free(copy);
    return good;
}

/* --- settling ------------------------------------------------------------------ */

struct settling {
    struct book *book;
    const struct book_settlement *settlement;
    struct book_lease *lease;
};

static bool
take_back(struct store_session *session, const struct book_settlement *settlement,
          const uint8_t id[BOOK_ID_BYTES], struct error *error)
{
    struct lease_slot slot;

    if (!store_lease_find(session, id, &slot, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    return slot.state != LEASE_HELD ||
           memcmp(slot.kiosk, settlement->kiosk, sizeof(slot.kiosk)) != 0 ||
           lease_free(session, &slot, "", error);
}

static void
add_slot(void *data, const struct lease_slot *slot)
{
    struct book_lease *lease = data;
    struct book_slot *added;

    lease->slots =
        memory_resize(lease->slots, lease->slot_count + 1, sizeof(*lease->slots));
    added = &lease->slots[lease->slot_count++];
    memset(added, 0, sizeof(*added));
    memcpy(added->id, slot->id, sizeof(added->id));
    memcpy(added->code, slot->code, sizeof(added->code));
    memcpy(added->location, slot->location, sizeof(added->location));
    added->start = slot->start;
    added->end = slot->end;
    added->desk = slot->desk;
}

/*
 * Only the kiosk knows that it will not give a slot out any more: it is told to return
 * it, and until then the cells stay taken.
 */
static bool
complete_slot(struct store_session *session, const struct book *book,
              struct book_slot *slot, struct error *error)
{
    const struct location *location =
        catalogue_location(book->catalogue, slot->location);
    bool shut;

    if (!store_lease_is_shut(session, slot, &shut, error)) {
        return false;
    }
    slot->withdrawn =
        shut || location == NULL ||
        !agenda_is_open(location, book_zone(book, location), slot->start, slot->end);
    return store_lease_desk_products(session, slot->desk, slot, error);
}

static bool
list_slots(struct store_session *session, const struct settling *settling,
           struct error *error)
{
    struct book_lease *lease = settling->lease;
    bool good =
        store_lease_each(session, settling->settlement->kiosk, add_slot, lease, error);

    for (size_t i = 0; i < lease->slot_count && good; i++) {
        good = complete_slot(session, settling->book, &lease->slots[i], error);
    }
    return good;
}

static bool
work_settle(struct store_session *session, void *data, struct error *error)
{
    struct settling *settling = data;
    const struct book_settlement *settlement = settling->settlement;
    struct book_lease *lease = settling->lease;
    struct book *book = settling->book;

    lease->now = store_now(session);
    lease->ends = lease->now + BOOK_LEASE_S;
    for (size_t i = 0; i < settlement->given_count; i++) {
        if (!lease_hand_in(session, book, settlement, &settlement->given[i], error)) {
            return false;
        }
    }
    for (size_t i = 0; i < settlement->returned_count; i++) {
        if (!take_back(session, settlement, settlement->returned[i], error)) {
            return false;
        }
    }
    return (lease->location == NULL ||
            lease_top_up(session, book, settlement, lease->location, error)) &&
           store_lease_settled(session, settlement->kiosk, settlement->name, error) &&
           list_slots(session, settling, error);
}

bool
book_settle(struct book *book, const struct book_settlement *settlement,
            struct book_lease *lease, struct error *error)
{
    struct settling settling = {book, settlement, lease};

    memset(lease, 0, sizeof(*lease));
    lease->location = catalogue_location(book->catalogue, settlement->location);
    if (lease->location != NULL && book->lease_slots > 0) {
        lease->product_count = lease_products(book, lease->location, lease->products);
    }
    for (size_t i = 0; i < settlement->given_count; i++) {
        if (!book_check_key(settlement->given[i].key, error)) {
            return false;
        }
    }
    if (!store_write(book->store, work_settle, &settling, error)) {
        free(lease->slots);
        lease->slots = NULL;
        lease->slot_count = 0;
        return false;
    }
    return true;
}

/* --- tidying ------------------------------------------------------------------- */

struct slots {
    struct lease_slot *list;
    size_t count;
};

static void
keep_slot(void *data, const struct lease_slot *slot)
{
    struct slots *slots = data;

    slots->list = memory_resize(slots->list, slots->count + 1, sizeof(*slots->list));
    slots->list[slots->count++] = *slot;
}

static bool
free_all(struct store_session *session, struct slots *slots, struct error *error)
{
    bool good = true;

    for (size_t i = 0; i < slots->count && good; i++) {
        good = lease_free(session, &slots->list[i], "", error);
    }
    free(slots->list);
    return good;
}

/* Freed that late, so that whoever was away for a weekend finds its cells. */
bool
book_lease_tidy(struct store_session *session, struct book *book, struct error *error)
{
    int64_t past = store_now(session) - (int64_t)book->keep_days * DAY_S;
    struct slots slots = {0};

    if (!store_lease_each_stale(session, past, keep_slot, &slots, error)) {
        free(slots.list);
        return false;
    }
    return free_all(session, &slots, error) &&
           store_lease_forget(session, past - (int64_t)REMEMBER_DAYS * DAY_S, past,
                              error);
}

/* --- for staff ----------------------------------------------------------------- */

struct losing {
    const char *kiosk;
    int64_t freed;
};

static bool
work_lost(struct store_session *session, void *data, struct error *error)
{
    struct losing *losing = data;
    struct slots slots = {0};

    if (!store_lease_each_named(session, losing->kiosk, keep_slot, &slots, error)) {
        free(slots.list);
        return false;
    }
    losing->freed = (int64_t)slots.count;
    if (slots.count == 0) {
        return error_set(error, ERROR_NOT_FOUND,
                         "Nothing is leased to a kiosk of that name.");
    }
    return free_all(session, &slots, error);
}

bool
book_lease_lost(struct book *book, const char *kiosk, int64_t *freed,
                struct error *error)
{
    struct losing losing = {.kiosk = kiosk};
    bool good = store_write(book->store, work_lost, &losing, error);

    *freed = losing.freed;
    return good;
}

struct leased_list {
    struct book_leased *list;
    size_t count;
};

static void
add_leased(void *data, const struct book_leased *leased)
{
    struct leased_list *listing = data;

    listing->list =
        memory_resize(listing->list, listing->count + 1, sizeof(*listing->list));
    listing->list[listing->count++] = *leased;
}

static bool
work_list(struct store_session *session, void *data, struct error *error)
{
    return store_lease_list(session, add_leased, data, error);
}

bool
book_lease_list(struct book *book, struct book_leased **list, size_t *count,
                struct error *error)
{
    struct leased_list listing = {0};
    bool good = store_read(book->store, work_list, &listing, error);

    if (!good) {
        free(listing.list);
        listing = (struct leased_list){0};
    }
    *list = listing.list;
    *count = listing.count;
    return good;
}
