#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "backoffice/store_schema.h"
#include "support/book_ask.h"

/* A database that an older back office made is taken along with all that it holds. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define FIRST_WITH_A_BOOK 4     /* steps: fleet, usage, book, hand-overs */

static void
run(sqlite3 *database, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

/* As it was then: two desks, an appointment at the first, a hold at the second. */
static void
make_old(const char *path)
{
    sqlite3 *database;
    char pragma[64];

    remove(path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    run(database, "PRAGMA journal_mode = WAL");
    for (int i = 0; i < FIRST_WITH_A_BOOK; i++) {
        run(database, store_schema[i]);
    }
    snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d", FIRST_WITH_A_BOOK);
    run(database, pragma);
    run(database, "INSERT INTO desk VALUES (1, 'linde', 1, 1), (2, 'linde', 2, 1)");
    run(database,
        "INSERT INTO booking VALUES"
        " (x'000102030405060708090a0b0c0d0e0f', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',"
        "  'linde-1', 1, 'linde', 1, 1805706000, 1805706900, NULL, zeroblob(32),"
        "  'ABC234', 'HTTPS://X/T/', 1805702400),"
        " (x'100102030405060708090a0b0c0d0e0f', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',"
        "  'linde-1', 0, 'linde', 2, 1805706000, 1805706900, 1805703000,"
        "  zeroblob(32), NULL, '', 1805702400)");
    /* Purged, one of the two cancelled. */
    run(database,
        "INSERT INTO booking VALUES"
        " (x'200102030405060708090a0b0c0d0e0f', 'c', 'linde-1', 1, 'linde', 1,"
        "  1800000000, 1800000900, NULL, zeroblob(32), NULL, '', 1800000000),"
        " (x'300102030405060708090a0b0c0d0e0f', 'd', 'linde-1', 3, 'linde', 1,"
        "  1800000000, 1800000900, NULL, zeroblob(32), NULL, '', 1800000000)");
    run(database, "INSERT INTO booking_item VALUES"
                  " (x'000102030405060708090a0b0c0d0e0f', 0, 'paspoort', 1),"
                  " (x'200102030405060708090a0b0c0d0e0f', 0, 'paspoort', 1),"
                  " (x'300102030405060708090a0b0c0d0e0f', 0, 'paspoort', 1)");
    run(database, "INSERT INTO booking_value VALUES"
                  " (x'000102030405060708090a0b0c0d0e0f', 'lastName', 'Jansen')");
    run(database, "INSERT INTO cell"
                  " SELECT 1, 1805706000 + 300 * value,"
                  "  x'000102030405060708090a0b0c0d0e0f', NULL"
                  " FROM json_each('[0,1,2]')"
                  " UNION ALL SELECT 2, 1805706000 + 300 * value,"
                  "  x'100102030405060708090a0b0c0d0e0f', 1805703000"
                  " FROM json_each('[0,1,2]')");
    sqlite3_close(database);
}

static void
test_an_old_book_is_taken_along_whole(void **state)
{
    struct book_setup setup;
    struct booking booking;
    struct error error;
    uint8_t id[BOOK_ID_BYTES];

    (void)state;
    book_setup_clock = NOW;
    book_setup_begin(&setup);
    book_close(setup.book);
    store_close(setup.store);
    setup.book = NULL;
    setup.store = NULL;
    make_old(setup.path);
    book_setup_restart(&setup);
    assert_int_equal(book_setup_number(&setup, "PRAGMA user_version"),
                     store_schema_count);
    for (size_t i = 0; i < sizeof(id); i++) {
        id[i] = (uint8_t)i;
    }
    assert_true(book_find(setup.book, id, &booking, &error));
    assert_string_equal(booking.code, "ABC234");
    assert_int_equal(booking.moves, 0);
    assert_int_equal(booking.item_count, 1);
    /* 10:00 is full: one is booked, one is held. */
    assert_int_equal(ask_confirm(&setup, "c", NOW + 3600), ERROR_TAKEN);
    assert_int_equal(ask_move(&setup, id, "e", NOW + 7200, &booking), ERROR_NONE);
    assert_int_equal(ask_confirm(&setup, "c", NOW + 3600), ERROR_NONE);
    assert_int_equal(book_setup_number(&setup, "SELECT count(*) FROM booking_value"),
                     3);
    book_setup_check(&setup);
    /* What had been purged is a number. */
    assert_int_equal(book_setup_number(&setup, "SELECT count(*) FROM booking"), 3);
    assert_int_equal(book_setup_number(&setup, "SELECT sum(count) FROM book_count"
                                               " WHERE state = 1"),
                     1);
    assert_int_equal(book_setup_number(&setup, "SELECT sum(count) FROM book_count"
                                               " WHERE state = 3"),
                     1);
    book_setup_end(&setup);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_old_book_is_taken_along_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
