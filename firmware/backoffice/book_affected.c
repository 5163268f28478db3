#include <stdlib.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"

/* Appointments to come that can't go on as they were booked. */

const char *
book_trouble_name(enum book_trouble trouble)
{
    static const char *const names[BOOK_TROUBLE_COUNT] = {
        [BOOK_NO_TROUBLE] = "none",
        [BOOK_LOCATION_GONE] = "location-gone",
        [BOOK_NOT_OFFERED] = "not-offered",
        [BOOK_NOT_OPEN] = "not-open",
        [BOOK_LOCATION_CLOSED] = "location-closed",
        [BOOK_DESK_GONE] = "desk-gone",
        [BOOK_DESK_CLOSED] = "desk-closed",
        [BOOK_DESK_LIMITED] = "desk-limited",
    };

    return names[trouble];
}

static bool
all_offered(const struct book *book, const struct store_book_seat *seat,
            const struct location *location)
{
    char products[sizeof(seat->products)], *rest = products, *word;

    memcpy(products, seat->products, sizeof(products));
    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        const struct product *product = catalogue_product(book->catalogue, word);

        if (product == NULL || !book_offers(product, location)) {
            return false;
        }
    }
    return true;
}

/* The first thing that is wrong; what another desk can't help goes first. */
static enum book_trouble
trouble_of(const struct book *book, const struct store_book_seat *seat)
{
    const struct location *location =
        catalogue_location(book->catalogue, seat->location);

    if (location == NULL) {
        return BOOK_LOCATION_GONE;
    }
    if (seat->location_shut) {
        return BOOK_LOCATION_CLOSED;
    }
    if (!agenda_is_open(location, book_zone(book, location), seat->start, seat->end)) {
        return BOOK_NOT_OPEN;
    }
    if (!all_offered(book, seat, location)) {
        return BOOK_NOT_OFFERED;
    }
    return seat->gone         ? BOOK_DESK_GONE
           : seat->desk_shut  ? BOOK_DESK_CLOSED
           : seat->wrong_desk ? BOOK_DESK_LIMITED
                              : BOOK_NO_TROUBLE;
}

struct found {
    uint8_t id[BOOK_ID_BYTES];
    int desk;
    enum book_trouble trouble;
};

struct looking {
    const struct book *book;
    bool desks_only;
    struct found list[BOOK_AFFECTED_MAX];
    size_t count;
};

static bool
take_seat(void *data, const struct store_book_seat *seat)
{
    struct looking *looking = data;
    enum book_trouble trouble = trouble_of(looking->book, seat);

    if (trouble != BOOK_NO_TROUBLE &&
        (!looking->desks_only || trouble >= BOOK_DESK_GONE)) {
        struct found *found = &looking->list[looking->count++];

        memcpy(found->id, seat->id, sizeof(found->id));
        found->desk = seat->number;
        found->trouble = trouble;
    }
    return looking->count < BOOK_AFFECTED_MAX;
}

static bool
look(struct store_session *session, struct looking *looking, struct error *error)
{
    return store_book_each_seat(session, store_now(session), take_seat, looking, error);
}

/* --- another desk --------------------------------------------------------------- */

static bool
reseat(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
       struct error *error)
{
    struct booking booking;
    int64_t desk;

    if (!book_read(session, id, &booking, error) ||
        !store_book_free_desk(session, &booking, &desk, error))
    {
        return false;
    }
    return desk == 0 || (store_book_give_back(session, &booking, error) &&
                         store_book_take(session, &booking, error) &&
                         store_book_save(session, &booking, error));
}

bool
book_reseat(struct store_session *session, const struct book *book, struct error *error)
{
    struct looking *looking = memory_allocate(1, sizeof(*looking));
    bool good;

    looking->book = book;
    looking->desks_only = true;
    good = look(session, looking, error);
    for (size_t i = 0; i < looking->count && good; i++) {
        good = reseat(session, looking->list[i].id, error);
    }
    free(looking);
    return good;
}

/* --- the list ------------------------------------------------------------------- */

struct listing {
    struct looking looking;
    struct book_affected *list;
    size_t count;
};

static bool
work_list(struct store_session *session, void *data, struct error *error)
{
    struct listing *listing = data;
    const struct looking *looking = &listing->looking;

    if (!look(session, &listing->looking, error)) {
        return false;
    }
    listing->list = memory_allocate(looking->count, sizeof(*listing->list));
    for (; listing->count < looking->count; listing->count++) {
        const struct found *found = &looking->list[listing->count];
        struct book_affected *affected = &listing->list[listing->count];

        affected->desk = found->desk;
        affected->trouble = found->trouble;
        if (!book_read(session, found->id, &affected->booking, error) ||
            !store_book_values(session, found->id, affected->values, BOOK_FIELDS_MAX,
                               &affected->value_count, error))
        {
            return false;
        }
    }
    return true;
}

bool
book_affected(struct book *book, struct book_affected **list, size_t *count,
              struct error *error)
{
    struct listing *listing = memory_allocate(1, sizeof(*listing));
    bool good;

    listing->looking.book = book;
    good = store_read(book->store, work_list, listing, error);
    if (!good && listing->list != NULL) {
        memory_wipe(listing->list, listing->count * sizeof(*listing->list));
        free(listing->list);
        listing->list = NULL;
        listing->count = 0;
    }
    *list = listing->list;
    *count = listing->count;
    free(listing);
    return good;
}
