#include "lease_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "backoffice/book_lease.h"
#include "base/memory.h"
#include "base/text.h"
#include "book_ask.h"
#include "lease_ledger.h"
#include "ticket/ticket.h"

#define DAY_S 86400
#define HOME_S                                                                         \
    (5 * DAY_S) /* nobody is away for longer: the book forgets after 10 days */

#define ASK(unit, operation, ...)                                                      \
    ((unit)->kiosk.client->operations->operation((unit)->kiosk.client->maker,          \
                                                 __VA_ARGS__))

static unsigned
chance(struct lease_world *world, unsigned below)
{
    return ask_chance(&world->seed, below);
}

static int64_t
now(void)
{
    return book_setup_clock;
}

/* --- a unit -------------------------------------------------------------------- */

/* As the kiosk's program does it: what was seen stays, all else is cancelled. */
static bool
settle_journal(struct lease_world *world, struct lease_unit *unit)
{
    struct journal_entry *list;
    struct error error;
    size_t count, cancelled;

    assert_true(journal_open_keys(unit->journal, &list, &count, &error));
    for (size_t i = 0; i < count; i++) {
        const struct lease_ticket *ticket = lease_ledger_of_key(world, list[i].key);

        if (ticket != NULL && ticket->shown) {
            assert_true(journal_end(unit->journal, list[i].key, &error));
        }
    }
    free(list);
    return journal_settle(unit->journal, unit->kiosk.client, now(), &cancelled, &error);
}

static void
start(struct lease_world *world, struct lease_unit *unit)
{
    char path[160];
    struct error error;

    lease_kiosk_start(&unit->kiosk);
    lease_kiosk_plug(&unit->kiosk, unit->plugged);
    lease_kiosk_file(&unit->kiosk, "journal.db", path);
    unit->journal = journal_open(path, &error);
    assert_non_null(unit->journal);
    settle_journal(world, unit);
}

static void
stop(struct lease_unit *unit)
{
    journal_close(unit->journal);
    unit->journal = NULL;
    lease_kiosk_stop(&unit->kiosk);
}

static void
cut(struct lease_world *world, struct lease_unit *unit)
{
    lease_kiosk_cut(&unit->kiosk);
    journal_close(unit->journal);
    unit->journal = NULL;
    world->cuts++;
}

static void
reboot(struct lease_world *world, struct lease_unit *unit)
{
    lease_kiosk_boot(&unit->kiosk);
    unit->contact = TIME_NONE;
    world->reboots++;
    if (chance(world, 4) == 0) { /* somebody sets its clock, now and then wrongly */
        unit->kiosk.vouched = true;
        unit->kiosk.wall_off =
            chance(world, 3) > 0 ? 0 : (int64_t)chance(world, 20 * DAY_S) - 10 * DAY_S;
    }
    start(world, unit);
}

/* True when the back office answered. */
static bool
renew(struct lease_world *world, int which)
{
    struct lease_unit *unit = &world->units[which];
    bool settled = settle_journal(world, unit);

    if (lease_kiosk_renew(&unit->kiosk) != ERROR_NONE) {
        return false;
    }
    unit->contact = unit->last = now();
    if (settled) {
        lease_ledger_compare(world, which);
    }
    unit->excused = false;
    if (which < LEASE_WORLD_KIOSKS && !world->units[which + LEASE_WORLD_KIOSKS].exists)
    {
        world->copied[which] = false; /* what a copy used, it knows of now */
    }
    return settled;
}

/* The line goes down, right after somebody spoke to the back office. */
static void
unplug(struct lease_unit *unit)
{
    unit->plugged = false;
    lease_kiosk_plug(&unit->kiosk, false);
}

static void
come_home(struct lease_world *world, int which)
{
    struct lease_unit *unit = &world->units[which];

    unit->plugged = true;
    lease_kiosk_plug(&unit->kiosk, true);
    lease_rig_lose(&world->rig, 0);
    book_setup_clock += 31; /* it tries again after half a minute */
    assert_true(renew(world, which));
}

/* --- what happens -------------------------------------------------------------- */

static struct appointment_wish
some_wish(struct lease_world *world)
{
    static const struct appointment_item items[] = {{"paspoort", 1},
                                                    {"paspoort", 2},
                                                    {"rijbewijs", 1},
                                                    {"lang", 1},
                                                    {"trouwen", 2}};
    struct appointment_wish wish = {.location = "linde", .item_count = 1};

    wish.items[0] = items[chance(world, sizeof(items) / sizeof(items[0]))];
    return wish;
}

/* Any time that the kiosk shows in the next weeks; TIME_NONE: it shows none. */
static int64_t
some_time(struct lease_world *world, struct lease_unit *unit,
          const struct appointment_wish *wish)
{
    struct date today = date_from_days(now() / DAY_S);
    struct appointment_day *days;
    struct appointment_time *times;
    int64_t found = TIME_NONE;
    struct error error;
    size_t count, time_count;

    if (!ASK(unit, days, wish, today, date_add(today, 14), &days, &count, &error)) {
        return TIME_NONE;
    }
    for (size_t i = 0, at = chance(world, 15); i < count && found == TIME_NONE; i++) {
        const struct appointment_day *day = &days[(at + i) % count];

        if (day->free > 0 &&
            ASK(unit, times, wish, day->date, &times, &time_count, &error)) {
            found = time_count > 0 ? times[chance(world, (unsigned)time_count)].start
                                   : TIME_NONE;
            free(times);
        }
    }
    free(days);
    return found;
}

/* Of whoever gives out: does it know what time it is, and is its lease still on? */
static bool
may_give(const struct lease_unit *unit, int64_t start)
{
    int64_t end = unit->last + BOOK_LEASE_S;
    int64_t wall = now() + unit->kiosk.wall_off;

    if (unit->contact != TIME_NONE) {
        return now() < end && start >= now() + 600;
    }
    return unit->kiosk.vouched && wall >= unit->last && wall < end;
}

static void
note_given(struct lease_world *world, int which, const struct appointment *appointment,
           const char *key, bool shown)
{
    struct lease_unit *unit = &world->units[which];
    struct lease_ticket *ticket = lease_ledger_add(world, which, appointment, key);
    struct ticket_key own = {.valid_to = TICKET_KEY_NO_END};
    struct ticket_claim claim;
    struct error error;

    memcpy(own.public_key, unit->kiosk.key.public_key, sizeof(own.public_key));
    ticket->shown = shown;
    ticket->leased = ticket_verify(appointment->check_in, &own, 1, &claim, &error);
    ticket->excused = unit->excused || world->copied[lease_family(which)];
    world->leased += ticket->leased;
    world->online += !ticket->leased;
    world->unshown += !shown;
    world->untrusted += ticket->leased && !may_give(unit, appointment->start);
}

/* Somebody wants an appointment; power may go at any point. */
static void
visit(struct lease_world *world, int which)
{
    struct lease_unit *unit = &world->units[which];
    struct appointment_booking booking = {
        .wish = some_wish(world),
        .values = {{"lastName", "Jansen"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };
    unsigned fate = chance(world, 20);
    struct appointment appointment;
    struct error error;

    booking.start = some_time(world, unit, &booking.wish);
    if (booking.start == TIME_NONE) {
        return;
    }
    appointment_key_make(booking.key);
    if (chance(world, 2) == 0 && !ASK(unit, hold, &booking, &error)) {
        return;
    }
    assert_true(journal_begin(unit->journal, booking.key, now(), &error));
    if (fate == 0) {
        cut(world, unit);
        start(world, unit);
        return;
    }
    if (!ASK(unit, book, &booking, &appointment, &error)) {
        assert_true(journal_end(unit->journal, booking.key, &error));
        return;
    }
    note_given(world, which, &appointment, booking.key, fate != 1);
    if (fate <= 2) { /* before, or just after the ticket is on the screen */
        cut(world, unit);
        start(world, unit);
        return;
    }
    assert_true(journal_end(unit->journal, booking.key, &error));
}

static void
cancel_some(struct lease_world *world, int which)
{
    struct lease_unit *unit = &world->units[which];
    struct error error;

    for (size_t i = world->ticket_count; i > 0; i--) {
        struct lease_ticket *ticket = &world->tickets[i - 1];

        if (ticket->unit == which && ticket->shown && !ticket->cancelled &&
            !ticket->excused && !world->copied[lease_family(which)] &&
            ticket->start > now() && chance(world, 3) == 0)
        {
            if (ASK(unit, cancel, ticket->slot, &error)) {
                ticket->cancelled = true;
                world->cancelled++;
            }
            return;
        }
    }
}

/* Others, at the book itself, want what kiosks may have. */
static void
others_book(struct lease_world *world)
{
    int64_t day = (now() / DAY_S + 1 + chance(world, 7)) * DAY_S;
    struct booking booking;
    struct error error;

    ask_numbered(world->rig.book.book, false, ++world->others, "paspoort", 1,
                 day + 8 * 3600 + chance(world, 27) * 1200, &booking, &error);
}

static void
excuse(struct lease_world *world, int kiosk)
{
    for (size_t i = 0; i < world->ticket_count; i++) {
        struct lease_ticket *ticket = &world->tickets[i];

        ticket->excused |= lease_family(ticket->unit) == kiosk && !ticket->checked;
    }
}

static void
copy_or_retire(struct lease_world *world, int kiosk)
{
    int which = kiosk + LEASE_WORLD_KIOSKS;
    struct lease_unit *copy = &world->units[which];

    if (copy->exists) {
        come_home(world, which);
        stop(copy);
        copy->exists = false;
        return;
    }
    *copy = world->units[kiosk];
    lease_kiosk_copy(&copy->kiosk, &world->units[kiosk].kiosk);
    world->copied[kiosk] = true;
    world->copies++;
    excuse(world, kiosk);
    reboot(world, copy);
    if (chance(world, 3) > 0) { /* they hear what time it is, and are on their own */
        come_home(world, which);
        unplug(copy);
        unplug(&world->units[kiosk]);
    }
}

static void
declare_lost(struct lease_world *world, int kiosk)
{
    static const char *const names[] = {"linde-1", "linde-2"};
    struct error error;
    int64_t freed;

    if (book_lease_lost(world->rig.book.book, names[kiosk], &freed, &error)) {
        world->lost++;
        excuse(world, kiosk);
        world->units[kiosk].excused = true;
        world->units[kiosk + LEASE_WORLD_KIOSKS].excused = true;
    }
}

/* The fault that is planted: as if the end of a lease freed its cells. */
static void
free_what_has_ended(struct lease_world *world)
{
    char sql[300];
    sqlite3 *database;

    snprintf(sql, sizeof(sql),
             "DELETE FROM cell WHERE booking IN (SELECT s.id FROM lease_slot s"
             " JOIN lease_settled l ON l.kiosk = s.kiosk WHERE s.state = 0"
             " AND l.settled + %d <= %lld)",
             BOOK_LEASE_S, (long long)now());
    assert_int_equal(sqlite3_open(world->rig.book.path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 10000);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void
pass_time(struct lease_world *world)
{
    book_setup_clock +=
        chance(world, 40) == 0 ? (int64_t)chance(world, HOME_S) : chance(world, 7200);
    for (int i = 0; i < LEASE_WORLD_UNITS; i++) {
        if (world->units[i].exists && now() - world->units[i].last > HOME_S) {
            if (world->planted) {
                free_what_has_ended(world);
                others_book(world);
            }
            come_home(world, i);
        }
    }
}

void
lease_world_round(struct lease_world *world)
{
    int which = (int)chance(world, LEASE_WORLD_UNITS);
    struct lease_unit *unit = &world->units[which];
    unsigned what = chance(world, 100);

    pass_time(world);
    if (world->planted) {
        free_what_has_ended(world);
    }
    others_book(world);
    if (!unit->exists) {
        which = lease_family(which);
        unit = &world->units[which];
    }
    if (what < 58) {
        visit(world, which);
    } else if (what < 66) {
        unit->plugged = !unit->plugged;
        lease_kiosk_plug(&unit->kiosk, unit->plugged);
    } else if (what < 80) {
        lease_rig_lose(&world->rig, chance(world, 3) == 0);
        if (renew(world, which) && chance(world, 4) > 0) {
            unplug(unit);
        }
    } else if (what < 84) {
        cut(world, unit);
        reboot(world, unit);
    } else if (what < 90) {
        cancel_some(world, which);
    } else if (what < 94 && !world->planted) {
        copy_or_retire(world, lease_family(which));
    } else if (what < 95 && !world->planted) {
        declare_lost(world, lease_family(which));
    } else {
        ask_tidy(&world->rig.book);
        lease_ledger_compare_book(world);
    }
}

/* --- life ---------------------------------------------------------------------- */

void
lease_world_begin(struct lease_world *world, uint64_t seed)
{
    static const char *const names[] = {"linde-1", "linde-2"};

    memset(world, 0, sizeof(*world));
    world->seed = seed;
    lease_rig_begin(&world->rig, 12, 14);
    for (int i = 0; i < LEASE_WORLD_KIOSKS; i++) {
        struct lease_unit *unit = &world->units[i];

        lease_kiosk_make(&unit->kiosk, &world->rig, names[i]);
        lease_kiosk_stop(&unit->kiosk);
        unit->exists = unit->plugged = true;
        unit->contact = TIME_NONE;
        unit->last = now();
        start(world, unit);
    }
}

void
lease_world_end(struct lease_world *world)
{
    for (int i = LEASE_WORLD_UNITS - 1; i >= 0; i--) {
        if (world->units[i].exists) {
            come_home(world, i);
        }
    }
    for (size_t i = 0; i < world->ticket_count; i++) {
        world->missing += !world->tickets[i].checked;
    }
    lease_ledger_compare_book(world);
}

size_t
lease_world_wrong(const struct lease_world *world)
{
    return world->missing + world->doubled + world->unfounded + world->untrusted +
           world->orphaned;
}

void
lease_world_close(struct lease_world *world)
{
    for (int i = 0; i < LEASE_WORLD_UNITS; i++) {
        if (world->units[i].journal != NULL) {
            stop(&world->units[i]);
        }
    }
    free(world->tickets);
    world->tickets = NULL;
    http_server_destroy(world->rig.server);
    book_setup_end(&world->rig.book);
}
