#include "lease_ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"

static int64_t
number(const struct lease_world *world, const char *sql)
{
    return book_setup_number(&world->rig.book, sql);
}

int
lease_family(int unit)
{
    return unit % LEASE_WORLD_KIOSKS;
}

/* --- what is remembered -------------------------------------------------------- */

struct lease_ticket *
lease_ledger_add(struct lease_world *world, int unit,
                 const struct appointment *appointment, const char *key)
{
    struct lease_ticket *ticket;

    world->tickets =
        memory_resize(world->tickets, world->ticket_count + 1, sizeof(*world->tickets));
    ticket = &world->tickets[world->ticket_count++];
    *ticket = (struct lease_ticket){.unit = unit, .start = appointment->start};
    text_copy(ticket->slot, sizeof(ticket->slot), appointment->id);
    text_copy(ticket->key, sizeof(ticket->key), key);
    return ticket;
}

const struct lease_ticket *
lease_ledger_of_key(const struct lease_world *world, const char *key)
{
    for (size_t i = 0; i < world->ticket_count; i++) {
        if (text_equal(world->tickets[i].key, key)) {
            return &world->tickets[i];
        }
    }
    return NULL;
}

static bool
is_conflict(const struct lease_world *world, const struct lease_ticket *ticket)
{
    char sql[200];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM lease_conflict WHERE slot = x'%s' AND key = '%s'",
             ticket->slot, ticket->key);
    return number(world, sql) > 0;
}

/* Under its own key, or its slot's where that key was somebody else's already. */
static bool
is_booked(const struct lease_world *world, const struct lease_ticket *ticket)
{
    uint8_t id[BOOK_ID_BYTES];
    struct booking booking;
    struct error error;

    return text_hex_decode(id, sizeof(id), ticket->slot) &&
           book_find(world->rig.book.book, id, &booking, &error) &&
           booking.state != BOOKING_CANCELLED && booking.start == ticket->start &&
           (text_equal(booking.key, ticket->key) ||
            text_equal(booking.key, ticket->slot));
}

/* --- comparing ----------------------------------------------------------------- */

static void
honour(struct lease_world *world, struct lease_ticket *ticket)
{
    for (size_t i = 0; i < world->ticket_count; i++) {
        const struct lease_ticket *other = &world->tickets[i];

        world->doubled += other != ticket && other->honoured && !other->cancelled &&
                          text_equal(other->slot, ticket->slot);
    }
    ticket->honoured = true;
    world->honoured++;
}

static void
compare_ticket(struct lease_world *world, struct lease_ticket *ticket)
{
    bool excused = ticket->excused || world->copied[lease_family(ticket->unit)];
    bool booked = is_booked(world, ticket);

    ticket->checked = true;
    if (!ticket->shown || ticket->cancelled) {
        world->orphaned += booked;
    } else if (booked) {
        honour(world, ticket);
    } else if (is_conflict(world, ticket)) {
        world->conflicts += excused;
        world->unfounded += !excused;
    } else {
        world->missing++;
    }
}

/* What the unit gave out is told, and nothing of its journal is open. */
void
lease_ledger_compare(struct lease_world *world, int unit)
{
    for (size_t i = 0; i < world->ticket_count; i++) {
        struct lease_ticket *ticket = &world->tickets[i];

        if (ticket->unit == unit && !ticket->checked) {
            compare_ticket(world, ticket);
        }
    }
}

/* Two at one desk, or an appointment without all its cells. */
void
lease_ledger_compare_book(struct lease_world *world)
{
    world->doubled += (size_t)number(
        world, "SELECT count(*) FROM booking a JOIN booking b ON a.desk = b.desk"
               " AND a.id < b.id AND a.start < b.until AND b.start < a.until"
               " WHERE a.state IN (1, 2, 5) AND b.state IN (1, 2, 5)");
    world->doubled += (size_t)number(
        world,
        "SELECT count(*) FROM booking b WHERE state IN (1, 2, 5) AND"
        " (SELECT count(*) FROM cell c WHERE c.booking = b.id AND c.desk = b.desk"
        "  AND c.start >= b.start AND c.start < b.until AND c.expires IS NULL)"
        " <> (b.until - b.start) / 300");
}
