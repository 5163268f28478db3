#include <stdlib.h>
#include <string.h>

#include "backoffice/book_lease_parts.h"
#include "base/memory.h"
#include "base/text.h"

/* Tickets that the book has no appointment for, for staff. */

const char *
book_conflict_name(enum book_conflict_reason reason)
{
    static const char *const names[BOOK_CONFLICT_REASON_COUNT] = {
        [BOOK_CONFLICT_TWICE] = "twice",
        [BOOK_CONFLICT_TAKEN] = "taken",
        [BOOK_CONFLICT_UNKNOWN] = "unknown",
    };

    return names[reason];
}

struct listing {
    const struct book *book;
    struct book_conflict *list;
    size_t count;
};

static bool
add_conflict(void *data, const struct lease_conflict *row)
{
    struct listing *listing = data;
    struct book_conflict *conflict = &listing->list[listing->count++];
    uint8_t sealed[BOOK_SEALED_BYTES];
    size_t length = strlen(row->sealed) / 2;

    *conflict = row->conflict;
    if (text_hex_decode(sealed, length, row->sealed)) {
        lease_open_values(listing->book, sealed, length, conflict->values,
                          &conflict->value_count);
    }
    return listing->count < BOOK_LEASE_CONFLICTS_MAX;
}

static bool
work_conflicts(struct store_session *session, void *data, struct error *error)
{
    return store_lease_each_conflict(session, BOOK_LEASE_CONFLICTS_MAX, add_conflict,
                                     data, error);
}

bool
book_lease_conflicts(struct book *book, struct book_conflict **list, size_t *count,
                     struct error *error)
{
    struct listing listing = {
        .book = book,
        .list = memory_allocate(BOOK_LEASE_CONFLICTS_MAX, sizeof(*listing.list)),
    };
    bool good = store_read(book->store, work_conflicts, &listing, error);

    if (!good) {
        memory_wipe(listing.list, listing.count * sizeof(*listing.list));
        free(listing.list);
        listing.list = NULL;
        listing.count = 0;
    }
    *list = listing.list;
    *count = listing.count;
    return good;
}
