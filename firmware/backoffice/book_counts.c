#include <stdlib.h>
#include <string.h>

#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"

#define HOUR_S 3600
#define DAY_HOURS 24

const char *
book_outcome_name(enum book_outcome outcome)
{
    static const char *const names[BOOK_OUTCOME_COUNT] = {
        [BOOK_TO_COME] = "to-come", [BOOK_ARRIVED] = "arrived",
        [BOOK_MISSED] = "missed",   [BOOK_CANCELLED] = "cancelled",
        [BOOK_UNKNOWN] = "unknown",
    };

    return names[outcome];
}

struct counting {
    const struct book *book;
    struct date from, to;
    struct book_count *list;
    size_t count, room;
};

static enum book_outcome
outcome_of(const struct store_book_row *row)
{
    switch (row->state) {
    case BOOKING_ARRIVED:
        return BOOK_ARRIVED;
    case BOOKING_MISSED:
        return BOOK_MISSED;
    case BOOKING_CANCELLED:
        return BOOK_CANCELLED;
    case BOOKING_HELD:
    case BOOKING_BOOKED:
    case BOOKING_GIVEN_UP:
    case BOOKING_STATE_COUNT:
    default:
        return row->to_come ? BOOK_TO_COME : BOOK_UNKNOWN;
    }
}

static void
take_row(void *data, const struct store_book_row *row)
{
    struct counting *counting = data;
    const struct location *location =
        catalogue_location(counting->book->catalogue, row->location);
    struct book_count *line;
    struct date date;

    /* A place that the catalogue has dropped is told by the first one's calendar. */
    if (location == NULL) {
        location = &counting->book->catalogue->locations[0];
    }
    date = zone_civil(book_zone(counting->book, location), row->hour * HOUR_S).date;
    if (date_compare(date, counting->from) < 0 || date_compare(date, counting->to) > 0)
    {
        return;
    }
    if (counting->count == counting->room) {
        counting->room = 2 * counting->room + 64;
        counting->list =
            memory_resize(counting->list, counting->room, sizeof(*counting->list));
    }
    line = &counting->list[counting->count++];
    *line = (struct book_count){
        .date = date, .outcome = outcome_of(row), .count = row->count};
    text_copy(line->location, sizeof(line->location), row->location);
    text_copy(line->product, sizeof(line->product), row->product);
}

static int
compare_lines(const void *first, const void *second)
{
    const struct book_count *a = first, *b = second;
    int order = date_compare(a->date, b->date);

    order = order != 0 ? order : strcmp(a->location, b->location);
    order = order != 0 ? order : strcmp(a->product, b->product);
    return order != 0 ? order : (int)a->outcome - (int)b->outcome;
}

static size_t
add_up(struct book_count *list, size_t count)
{
    size_t kept = 0;

    qsort(list, count, sizeof(*list), compare_lines);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && compare_lines(&list[kept - 1], &list[i]) == 0) {
            list[kept - 1].count += list[i].count;
        } else {
            list[kept++] = list[i];
        }
    }
    return kept;
}

static bool
work_counts(struct store_session *session, void *data, struct error *error)
{
    struct counting *counting = data;
    int64_t over = store_now(session) - counting->book->arrive_after_s;

    /* A day more on either side: no calendar is further from that of UTC. */
    return store_book_counts(session, (date_to_days(counting->from) - 1) * DAY_HOURS,
                             (date_to_days(counting->to) + 2) * DAY_HOURS, over,
                             take_row, counting, error);
}

bool
book_counts(struct book *book, struct date from, struct date to,
            struct book_count **list, size_t *count, struct error *error)
{
    struct counting counting = {.book = book, .from = from, .to = to};

    *list = NULL;
    *count = 0;
    if (!store_read(book->store, work_counts, &counting, error)) {
        free(counting.list);
        return false;
    }
    if (counting.count > 0) {
        *count = add_up(counting.list, counting.count);
    }
    *list = counting.list;
    return true;
}
