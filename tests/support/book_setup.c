#include "book_setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "backoffice/store_fleet.h"
#include "base/time.h"

_Atomic int64_t book_setup_clock;

int64_t
book_setup_now(void)
{
    int64_t clock = book_setup_clock;

    return clock != 0 ? clock : time_now_s();
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NAMED(text)                                                                    \
    {                                                                                  \
        .in = { [LANGUAGE_NL] = text }                                                 \
    }

static const struct hours day[] = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}};
static const struct hours night[] = {{0, 6 * 60}};
static const struct hours hour[] = {{9 * 60, 10 * 60}};
static const struct hours short_day[] = {{10 * 60, 11 * 60}};

#define EVERY(hours)                                                                   \
    {                                                                                  \
        {hours, COUNT(hours)}, {hours, COUNT(hours)}, {hours, COUNT(hours)},           \
            {hours, COUNT(hours)}, {hours, COUNT(hours)}, {hours, COUNT(hours)},       \
            {hours, COUNT(hours)},                                                     \
    }

static const struct hours_exception exceptions[] = {
    {.from = {2027, 4, 27}, .to = {2027, 4, 27}, .reason = NAMED("Koningsdag")},
    {.from = {2027, 4, 28},
     .to = {2027, 4, 28},
     .hours = {short_day, COUNT(short_day)},
     .reason = NAMED("Storing")},
};

static const struct location locations[] = {
    {
        .id = "linde",
        .name = NAMED("Bibliotheek De Linde"),
        .street = "Lindeplein",
        .house_number = "4",
        .postcode = "1234 AB",
        .city = "Voorbeeld",
        .zone = "Europe/Amsterdam",
        .opening.week = EVERY(day),
        .opening.exceptions = exceptions,
        .opening.exception_count = COUNT(exceptions),
    },
    {
        .id = "nacht",
        .name = NAMED("Nachtloket"),
        .street = "",
        .house_number = "",
        .postcode = "",
        .city = "",
        .zone = "Europe/Amsterdam",
        .opening.week = EVERY(night),
    },
    {
        .id = "curacao",
        .name = NAMED("Willemstad"),
        .street = "",
        .house_number = "",
        .postcode = "",
        .city = "",
        .zone = "America/Curacao",
        .opening.week = EVERY(hour),
    },
};

static const struct location *const everywhere[] = {&locations[0], &locations[1],
                                                    &locations[2]};
static const struct product_channel by_appointment[] = {
    {.channel = CHANNEL_APPOINTMENT},
    {.channel = CHANNEL_WALK_IN},
    {.channel = CHANNEL_PERSON}};
static const struct product_channel on_line[] = {{.channel = CHANNEL_ONLINE}};

#define PRODUCT(name_, first, next, persons, channels_, places)                        \
    {                                                                                  \
        .id = name_, .name = NAMED(name_), .minutes_first = first,                     \
        .minutes_next = next, .persons_max = persons, .channels = channels_,           \
        .channel_count = COUNT(channels_), .locations = everywhere,                    \
        .location_count = places                                                       \
    }

static const struct product products[] = {
    PRODUCT("paspoort", 15, 15, 6, by_appointment, 3),
    {
        .id = "lang",
        .name = NAMED("Lang"),
        .neutral_name = NAMED("Afspraak"),
        .sensitive = true,
        .minutes_first = 25,
        .persons_max = 1,
        .channels = by_appointment,
        .channel_count = COUNT(by_appointment),
        .locations = everywhere,
        .location_count = 3,
    },
    PRODUCT("trouwen", 45, 0, 2, by_appointment, 3),
    PRODUCT("rijbewijs", 10, 10, 1, by_appointment, 1),
    PRODUCT("online", 10, 10, 1, on_line, 3),
};

const struct catalogue *
book_setup_catalogue(void)
{
    static const struct catalogue catalogue = {
        .version = "test",
        .municipality = {.name_lines = {NAMED("Gemeente"), NAMED("Voorbeeld")},
                         .phone = "14 000"},
        .products = products,
        .product_count = COUNT(products),
        .locations = locations,
        .location_count = COUNT(locations),
    };

    return &catalogue;
}

struct book *
book_setup_open(const struct book_setup *setup, struct store *store)
{
    const struct book_options options = {
        .store = store,
        .catalogue = book_setup_catalogue(),
        .ticket_key = setup->ticket_key,
        .ticket_address = BOOK_SETUP_ADDRESS,
        .desks = "1 linde=2",
        .keep_days = 10,
        .arrive_before = 30,
        .arrive_after = 10,
        .seal_key = setup->seal_key,
        .lease_slots = setup->lease_slots,
        .lease_days = setup->lease_days,
    };
    struct error error;
    struct book *book = book_open(&options, &error);

    if (book == NULL) {
        fail_msg("%s", error.message);
    }
    return book;
}

static void
open_all(struct book_setup *setup)
{
    struct error error;

    setup->store = store_open(setup->path, book_setup_now, &error);
    if (setup->store == NULL) {
        fail_msg("%s", error.message);
    }
    setup->book = book_setup_open(setup, setup->store);
}

static bool
list_ticket_key(struct store_session *session, void *data, struct error *error)
{
    const struct book_setup *setup = data;
    struct ticket_key key = {.valid_to = TICKET_KEY_NO_END};

    memcpy(key.public_key, setup->ticket_key.public_key, sizeof(key.public_key));
    return store_ticket_key_add(session, &key, error);
}

void
book_setup_begin(struct book_setup *setup)
{
    book_setup_begin_leasing(setup, 0, 0);
}

void
book_setup_begin_leasing(struct book_setup *setup, int slots, int days)
{
    const char *temporary = getenv("TMPDIR");
    struct error error;

    sign_start();
    memset(setup, 0, sizeof(*setup));
    setup->lease_slots = slots;
    setup->lease_days = days;
    snprintf(setup->folder, sizeof(setup->folder), "%.40s/bookXXXXXX",
             temporary != NULL ? temporary : "/tmp");
    assert_non_null(mkdtemp(setup->folder));
    snprintf(setup->path, sizeof(setup->path), "%s/backoffice.db", setup->folder);
    sign_key_generate(&setup->ticket_key);
    seal_key_generate(&setup->seal_key);
    open_all(setup);
    assert_true(store_write(setup->store, list_ticket_key, setup, &error));
}

void
book_setup_restart(struct book_setup *setup)
{
    book_close(setup->book);
    store_close(setup->store);
    open_all(setup);
}

void
book_setup_lease(struct book_setup *setup, int slots, int days)
{
    setup->lease_slots = slots;
    setup->lease_days = days;
    book_setup_restart(setup);
}

void
book_setup_end(struct book_setup *setup)
{
    char command[160];

    book_close(setup->book);
    store_close(setup->store);
    snprintf(command, sizeof(command), "rm -r '%s'", setup->folder);
    assert_int_equal(system(command), 0);
}

int64_t
book_setup_number(const struct book_setup *setup, const char *sql)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    int64_t number;

    assert_int_equal(sqlite3_open(setup->path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 10000);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

void
book_setup_check(const struct book_setup *setup)
{
    /* Appointments whose cells are not exactly all of theirs. */
    assert_int_equal(
        book_setup_number(
            setup, "SELECT count(*) FROM booking b WHERE state IN (1, 2, 5) AND"
                   " (SELECT count(*) FROM cell c WHERE c.booking = b.id"
                   "  AND c.desk = b.desk AND c.start >= b.start AND c.start < b.until"
                   "  AND c.expires IS NULL) <> (b.until - b.start) / 300"),
        0);
    assert_int_equal(
        book_setup_number(
            setup, "SELECT count(*) FROM cell c LEFT JOIN booking b ON b.id = c.booking"
                   " LEFT JOIN lease_slot s ON s.id = c.booking AND s.state = 0"
                   " WHERE (b.id IS NULL AND (s.id IS NULL OR c.expires IS NOT NULL))"
                   " OR b.state NOT IN (0, 1, 2, 5)"
                   " OR (c.expires IS NULL) <> (b.state <> 0)"),
        0);
    /* Leased slots whose cells are not exactly all of theirs. */
    assert_int_equal(
        book_setup_number(
            setup, "SELECT count(*) FROM lease_slot s WHERE state = 0 AND"
                   " (SELECT count(*) FROM cell c WHERE c.booking = s.id"
                   "  AND c.desk = s.desk AND c.start >= s.start AND c.start < s.until"
                   "  AND c.expires IS NULL) <> (s.until - s.start) / 300"),
        0);
    assert_int_equal(
        book_setup_number(
            setup, "SELECT count(*) FROM booking a JOIN booking b ON a.desk = b.desk"
                   " AND a.id < b.id AND a.start < b.until AND b.start < a.until"
                   " WHERE a.state IN (1, 2, 5) AND b.state IN (1, 2, 5)"),
        0);
}
