#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "support/book_server.h"
#include "support/command_case.h"
#include "support/jcc_server.h"
#include "support/orchestra_server.h"

/* `loketzuilctl appointment` before each appointment system that there is. */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define OURS "--location linde --product paspoort "

/* --- our own book --------------------------------------------------------------------
 */

static void
claim_into(const struct book_setup *book, const char *path)
{
    struct sign_key key;
    struct error error = {0};
    char text[65];

    book_server_claim(book, "linde-1", &key);
    text_hex_encode(text, key.secret_key, 32); /* the seed is its first half */
    assert_true(file_write(path, text, strlen(text), 0600, &error));
}

/* Some day clear of exceptions, lead time and horizon. */
static struct date
some_day(void)
{
    return date_add(date_from_days(time_now_s() / 86400), 21);
}

static void
test_our_own_book_is_asked_as_the_kiosk_asks_it(void **state)
{
    struct book_setup book;
    struct book_server server = {0};
    char path[CTL_PATH_BYTES + 16], day[TIME_TEXT_BYTES], arguments[400];
    char start[40], end[40], id[80];
    int64_t begins = 0, ends = 0;

    (void)state;
    book_setup_clock = 0;
    book_setup_begin(&book);
    snprintf(path, sizeof(path), "%s/kiosk.key", ctl_folder);
    claim_into(&book, path);
    book_server_start(&server, &book, 0, 0);
    /* The kiosk's own settings: its data ctl_folder has the key. */
    ctl_settings("[kiosk]\nname = linde-1\ndata = %s\n[backoffice]\nurl = %s\n"
                 "[appointments]\nmaker = backoffice\n",
                 ctl_folder, server.url);
    date_format(some_day(), day);
    assert_int_equal(ctl_run("locations --product rijbewijs"), 0);
    assert_string_equal(ctl_printed,
                        "{\"id\":\"linde\",\"name\":\"Bibliotheek De Linde\",\"street"
                        "\":\"Lindeplein 4\",\"postcode\":\"1234 AB\",\"city\":"
                        "\"Voorbeeld\"}\n");
    assert_int_equal(ctl_run("products --location curacao --with lang"), 0);
    assert_null(strstr(ctl_printed, "\"lang\""));
    snprintf(arguments, sizeof(arguments),
             "duration --location linde --product paspoort=2 --product rijbewijs "
             "--date %s",
             day);
    assert_int_equal(ctl_run("%s", arguments), 0);
    assert_string_equal(ctl_printed, "{\"minutes\":40}\n");
    assert_int_equal(ctl_run("days " OURS), 0);
    assert_non_null(strstr(ctl_printed, day));
    snprintf(arguments, sizeof(arguments), "times " OURS "--date %s", day);
    assert_int_equal(ctl_run("%s", arguments), 0);
    ctl_member(3, "start", start, sizeof(start));
    snprintf(arguments, sizeof(arguments),
             "book " OURS "--start %s --field lastName=Jansen --field phoneNumber=06",
             start);
    assert_int_equal(ctl_run("%s", arguments), 0);
    ctl_member(0, "id", id, sizeof(id));
    ctl_member(0, "end", end, sizeof(end));
    assert_true(instant_parse(start, &begins) && instant_parse(end, &ends));
    assert_int_equal(ends - begins, 15 * 60);
    assert_non_null(strstr(ctl_printed, BOOK_SETUP_ADDRESS));
    assert_int_equal(book_setup_number(&book, "SELECT count(*) FROM booking"), 1);
    snprintf(arguments, sizeof(arguments), "show %s", id);
    assert_int_equal(ctl_run("%s", arguments), 0);
    assert_non_null(strstr(ctl_printed, "\"state\":\"booked\"}"));
    for (int i = 0; i < 2; i++) { /* the second finds it as asked */
        snprintf(arguments, sizeof(arguments), "cancel %s", id);
        assert_int_equal(ctl_run("%s", arguments), 0);
        assert_non_null(strstr(ctl_printed, "\"state\":\"cancelled\"}"));
    }
    assert_int_equal(ctl_run("show 00112233445566778899aabbccddeeff"), 4);
    assert_int_equal(ctl_run("products --location nergens"), 4);
    assert_int_equal(ctl_run("products --with visum"), 4);
    unlink(path);
    assert_int_equal(ctl_run("products"), 2); /* and makes no key of its own */
    assert_int_equal(access(path, F_OK), -1);
    book_server_kill(&server);
    book_setup_end(&book);
}

/* --- JCC ----------------------------------------------------------------------------
 */

#define AT_HALL "--location " TOWN_HALL " --product " TOWN_PASSPORT
#define JCC_JANSEN                                                                     \
    "--field 'lastName=Jansen \"de Ünver\"' --field phoneNumber=0612345678"

static void
write_jcc(struct jcc_server *server, const char *secret)
{
    ctl_settings("[appointments]\nmaker = jcc\nurl = %s\nclient_id = %s\n"
                 "client_secret = %s\n",
                 jcc_server_url(server), JCC_SERVER_ID, secret);
}

#define JCC_NINE                                                                       \
    "\"start\":\"2027-03-01T09:00:00+01:00\",\"end\":\"2027-03-01T09:20:00+01:00\""
#define JCC_TEN                                                                        \
    "\"start\":\"2027-03-01T10:00:00+01:00\",\"end\":\"2027-03-01T10:20:00+01:00\""

#define PASSPORT_LINE                                                                  \
    "{\"id\":\"" TOWN_PASSPORT "\",\"name\":\"Paspoort (aanvraag)\",\"minutes\":10}\n"
#define PERMIT_LINE                                                                    \
    "{\"id\":\"" TOWN_PERMIT                                                           \
    "\",\"name\":\"Omgevingsvergunning (aanvraag)\",\"minutes\":30}\n"
#define LICENCE_LINE                                                                   \
    "{\"id\":\"" TOWN_LICENCE "\",\"name\":\"Rijbewijs afhalen\",\"minutes\":6}\n"
#define HALL_LINE                                                                      \
    "{\"id\":\"" TOWN_HALL "\",\"name\":\"Gemeentehuis Meerbergen\",\"street\":"       \
    "\"Raadhuisplein 1\",\"postcode\":\"1234 AZ\",\"city\":\"Meerbergen\"}\n"
#define POINT_LINE                                                                     \
    "{\"id\":\"" TOWN_POINT "\",\"name\":\"Servicepunt\",\"street\":\"\","             \
    "\"postcode\":\"\",\"city\":\"\"}\n"
#define LIBRARY_LINE                                                                   \
    "{\"id\":\"" TOWN_LIBRARY "\",\"name\":\"Bibliotheek\",\"street\":"                \
    "\"Lindeplein 4b\",\"postcode\":\"1234 BB\",\"city\":\"Meerbergen\"}\n"
#define FIRST "22220000-aaaa-4bbb-8ccc-000000000001"
#define SECOND "22220000-aaaa-4bbb-8ccc-000000000002"
#define FIRST_LINE "{\"id\":\"" FIRST "\"," JCC_NINE ",\"check_in\":\"e4116a91310001\""
#define SECOND_LINE "{\"id\":\"" SECOND "\"," JCC_TEN ",\"check_in\":\"e4116a91310002\""
#define FIELD(NAME, STATE) "{\"field\":\"" NAME "\",\"state\":\"" STATE "\"}\n"

static void
test_jcc_is_asked_for_everything(void **state)
{
    static const struct ctl_call calls[] = {
        {"products --location " TOWN_LIBRARY, 0,
         PASSPORT_LINE PERMIT_LINE LICENCE_LINE},
        {"products --with " TOWN_PASSPORT, 0, PERMIT_LINE LICENCE_LINE},
        {"locations", 0, HALL_LINE POINT_LINE LIBRARY_LINE},
        {"locations --product " TOWN_PERMIT, 0, HALL_LINE POINT_LINE},
        {"days " AT_HALL "=2 --from 2027-02-27 --to 2027-03-02", 0,
         "{\"date\":\"2027-03-01\"}\n{\"date\":\"2027-03-02\"}\n"},
        {"days " AT_HALL " --from 2027-03-02 --to 2027-03-02", 0,
         "{\"date\":\"2027-03-02\"}\n"},
        {"times " AT_HALL " --date 2027-03-28", 0, ""}, /* a Sunday */
        {"duration " AT_HALL "=3 --product " TOWN_LICENCE " --date 2027-03-01", 0,
         "{\"minutes\":36}\n"},
        {"fields --product " TOWN_PASSPORT, 0,
         FIELD("gender", "optional") FIELD("firstName", "optional") FIELD(
             "initials", "hidden") FIELD("lastName", "required")
             FIELD("lastNamePrefix", "optional") FIELD("birthDate", "optional") FIELD(
                 "socialSecurityNumber", "optional") FIELD("nationality", "hidden")
                 FIELD("language", "optional") FIELD("email", "optional")
                     FIELD("phoneNumber", "required") FIELD("mobile", "optional")
                         FIELD("street", "optional") FIELD("houseNumber", "optional")
                             FIELD("houseNumberSuffix", "optional")
                                 FIELD("postcode", "optional") FIELD("city", "optional")
                                     FIELD("country", "optional")},
        {"book " AT_HALL "=2 --start 2027-03-01T08:00:00Z --field lastName=Jansen", 4,
         "the field phoneNumber is required."},
        {"book " AT_HALL "=2 --start 2027-03-01T08:00:00Z " JCC_JANSEN, 0,
         FIRST_LINE "}\n"},
        {"show " FIRST, 0, FIRST_LINE ",\"state\":\"booked\"}\n"},
        {"move " FIRST " --start 2027-03-01T10:00:00+01:00", 0,
         SECOND_LINE ",\"state\":\"booked\"}\n"},
        {"show " FIRST, 4, "It is refused: JCC refused appointment (HTTP 500 and "},
        {"cancel " SECOND, 0, SECOND_LINE ",\"state\":\"cancelled\"}\n"},
        {"cancel " SECOND, 4, "It is refused: "},
    };
    struct jcc_server *server = jcc_server_start();

    (void)state;
    write_jcc(server, JCC_SERVER_SECRET);
    ctl_check(calls, COUNT(calls));
    assert_int_equal(ctl_run("times " AT_HALL " --date 2027-03-29"), 0);
    assert_true(text_starts_with(ctl_printed,
                                 "{\"start\":\"2027-03-29T09:00:00+02:00\"}\n"
                                 "{\"start\":\"2027-03-29T09:30:00+02:00\"}\n"));
    jcc_server_stop(server);
}

#define JCC_BOOK                                                                       \
    "book " AT_HALL " --start 2027-03-01T09:00:00+01:00 --field lastName=Jansen "      \
    "--field phoneNumber=0612345678"

/* The booking's traps one after the other; each is met by one call. */
static void
test_jcc_fails_in_every_way(void **state)
{
    static const struct {
        struct jcc_step step;
        const char *arguments;
        int status;
        const char *says;
    } cases[] = {
        {{"POST", "appointment", JCC_CUTS_BEFORE, 0, NULL},
         JCC_BOOK,
         3,
         "It may have been booked: do not book again, but ask there first: "},
        {{"POST", "appointment", JCC_CUTS_AFTER, 0, NULL},
         JCC_BOOK,
         3,
         "It may have been booked: do not book again, but ask there first: "},
        {{"POST", "appointment", JCC_ANSWERS, 200, "{\"code\":31,\"message\":\"no\"}"},
         JCC_BOOK,
         4,
         ""},
        {{"GET", "location", JCC_ANSWERS, 503, ""}, "locations", 3, "can't be reached"},
        {{"GET", "location", JCC_CUTS_AFTER, 0, NULL},
         "locations",
         3,
         "can't be reached"},
        {{"GET", "location", JCC_ANSWERS, 200, "<p>Sign in"},
         "locations",
         5,
         "The answer can't be understood: "},
        {{"GET", "location", JCC_ANSWERS, 200, "{\"a\":1}"},
         "locations",
         5,
         "The answer can't be understood: "},
        {{"POST", "connect/token", JCC_ANSWERS, 503, ""},
         "locations",
         3,
         "can't be reached"},
        {{"POST", "connect/token", JCC_ANSWERS, 200, "[]"},
         "locations",
         5,
         "The answer can't be understood: "},
    };
    struct jcc_server *server = jcc_server_start();

    (void)state;
    write_jcc(server, "another" JCC_SERVER_SECRET);
    assert_int_equal(ctl_run("locations"), 4);
    ctl_check_sentence("wrong secret", "It is refused: ");
    assert_null(strstr(ctl_said, JCC_SERVER_SECRET));
    write_jcc(server, JCC_SERVER_SECRET);
    for (size_t i = 0; i < COUNT(cases); i++) {
        int posts = jcc_server_count(server, "POST", "appointment");
        int status;

        jcc_server_trap(server, cases[i].step);
        status = ctl_run("%s", cases[i].arguments);
        if (status != cases[i].status) {
            fail_msg("case %zu: %d: %s", i, status, ctl_said);
        }
        ctl_check_sentence(cases[i].arguments, cases[i].says);
        assert_null(strstr(ctl_said, "Jansen"));
        assert_true(jcc_server_count(server, "POST", "appointment") - posts <= 1);
    }
    jcc_server_stop(server);
    assert_int_equal(ctl_run("locations"), 3);
    ctl_check_sentence("nobody", "It can't be reached: ");
}

/* --- Qmatic -------------------------------------------------------------------------
 */

#define AT_KCC "--location " ORCHESTRA_HALL " --product " ORCHESTRA_PASSPORT
#define KCC_LINE                                                                       \
    "{\"id\":\"" ORCHESTRA_HALL "\",\"name\":\"KCC\",\"street\":"                      \
    "\"Kon. Wilhelminalaan 2\",\"postcode\":\"2264 BM\",\"city\":\"Leidschendam\"}\n"
#define RECEPTION_LINE                                                                 \
    "{\"id\":\"" ORCHESTRA_RECEPTION "\",\"name\":\"Receptie\",\"street\":"            \
    "\"Lageweg 35\",\"postcode\":\"\",\"city\":\"\"}\n"
#define ISLAND_LINE                                                                    \
    "{\"id\":\"" ORCHESTRA_ISLAND "\",\"name\":\"Eiland\",\"street\":"                 \
    "\"Bestuurskantoor, Kaya 1\",\"postcode\":\"0000 AA\",\"city\":\"Kralendijk\"}\n"

static void
write_qmatic(struct strict_server *server, const char *key)
{
    ctl_settings("[appointments]\nmaker = qmatic\nurl = %s\napi_key = %s\n",
                 strict_server_url(server), key);
}

static void
test_qmatic_is_asked_for_everything(void **state)
{
    static const struct ctl_call calls[] = {
        {"products --with " ORCHESTRA_PASSPORT, 0,
         "{\"id\":\"Identiteitskaart\",\"name\":\"Identiteitskaart\",\"minutes\":10}\n"
         "{\"id\":\"Rijbewijs (café)/2;a=b\",\"name\":\"Rijbewijs \\\"café\\\"\","
         "\"minutes\":8}\n"},
        {"locations", 0, KCC_LINE RECEPTION_LINE ISLAND_LINE},
        {"locations --product " ORCHESTRA_CARD, 0, KCC_LINE ISLAND_LINE},
        {"days " AT_KCC "=2 --from 2031-03-25 --to 2031-03-28", 0,
         "{\"date\":\"2031-03-25\"}\n{\"date\":\"2031-03-28\"}\n"},
        /* The night in which the clock skips an hour, and a branch in another zone. */
        {"times " AT_KCC "=2 --date 2031-03-30", 0,
         "{\"start\":\"2031-03-30T01:30:00+01:00\"}\n"
         "{\"start\":\"2031-03-30T03:00:00+02:00\"}\n"
         "{\"start\":\"2031-03-30T03:30:00+02:00\"}\n"},
        {"times --location " ORCHESTRA_ISLAND " --product " ORCHESTRA_PASSPORT
         "=2 --date 2031-03-24",
         0,
         "{\"start\":\"2031-03-24T09:00:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:05:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:10:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:15:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:20:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:25:00-04:00\"}\n"
         "{\"start\":\"2031-03-24T09:30:00-04:00\"}\n"},
        {"duration " AT_KCC " --product '" ORCHESTRA_LICENCE "=2' --date 2031-03-24", 0,
         "{\"minutes\":23}\n"},
        {"show nothing", 4, "It is not known there: "},
        {"cancel nothing", 4, "It is not known there: "},
    };
    struct orchestra orchestra = {.bare = false};
    struct strict_server *server = orchestra_server_start(&orchestra);
    char id[100], start[40];

    (void)state;
    write_qmatic(server, ORCHESTRA_KEY);
    ctl_check(calls, COUNT(calls));
    assert_int_equal(ctl_run("fields --product " ORCHESTRA_PASSPORT), 0);
    assert_true(text_starts_with(ctl_printed, FIELD("lastName", "required")
                                                  FIELD("firstName", "optional")));
    assert_int_equal(ctl_run("book --location " ORCHESTRA_ISLAND
                             " --product " ORCHESTRA_PASSPORT
                             " --start 2031-03-24T13:00:00Z --field lastName=Jansen"),
                     0);
    ctl_member(0, "id", id, sizeof(id));
    ctl_member(0, "start", start, sizeof(start));
    assert_string_equal(start, "2031-03-24T09:00:00-04:00");
    assert_non_null(strstr(ctl_printed, "09:10:00-04:00\",\"check_in\":\"\"}\n"));
    assert_int_equal(ctl_run("move %s --start 2031-03-24T13:30:00Z", id), 0);
    ctl_member(0, "id", id, sizeof(id));
    assert_non_null(strstr(ctl_printed, "\"state\":\"booked\"}\n"));
    assert_int_equal(ctl_run("show %s", id), 0);
    ctl_member(0, "start", start, sizeof(start));
    assert_string_equal(start, "2031-03-24T09:30:00-04:00");
    assert_int_equal(ctl_run("cancel %s", id), 0);
    assert_non_null(strstr(ctl_printed, "\"state\":\"cancelled\"}\n"));
    assert_int_equal(ctl_run("show %s", id), 4);
    strict_server_stop(server);
    orchestra_finish(&orchestra);
}

#define QMATIC_BOOK(CLOCK, NAME)                                                       \
    "book " AT_KCC " --start 2031-03-24T" CLOCK ":00+01:00 --field lastName=" NAME

static void
test_qmatic_fails_in_every_way(void **state)
{
    static const struct {
        struct strict_step step;
        const char *arguments;
        int status;
        const char *says;
    } cases[] = {
        {{"POST", "/book", STRICT_CUTS_BEFORE, 0, NULL, NULL},
         QMATIC_BOOK("09:00", "Jansen"),
         3,
         "It may have been booked: do not book again, but ask there first: "},
        {{"POST", "/book", STRICT_CUTS_AFTER, 0, NULL, NULL},
         QMATIC_BOOK("09:30", "Jansen"),
         3,
         "It may have been booked: do not book again, but ask there first: "},
        {{"GET", "v1/branches", STRICT_ANSWERS, 503, NULL, ""},
         "locations",
         3,
         "can't be reached"},
        {{"GET", "v1/branches", STRICT_CUTS_AFTER, 0, NULL, NULL},
         "locations",
         3,
         "can't be reached"},
        {{"GET", "v1/branches", STRICT_ANSWERS, 200, NULL, "<p>Sign in"},
         "locations",
         5,
         "The answer can't be understood: "},
    };
    struct orchestra orchestra = {.bare = false};
    struct strict_server *server = orchestra_server_start(&orchestra);

    (void)state;
    write_qmatic(server, ORCHESTRA_KEY);
    for (size_t i = 0; i < COUNT(cases); i++) {
        int posts = strict_server_count(server, "POST", "/book");
        int status;

        strict_server_trap(server, cases[i].step);
        status = ctl_run("%s", cases[i].arguments);
        if (status != cases[i].status) {
            fail_msg("case %zu: %d: %s", i, status, ctl_said);
        }
        ctl_check_sentence(cases[i].arguments, cases[i].says);
        assert_true(strict_server_count(server, "POST", "/book") - posts <= 1);
    }
    /* The second of those bookings was made. */
    assert_int_equal(ctl_run(QMATIC_BOOK("09:30", "Pietersen")), 4);
    ctl_check_sentence("taken", "That time is taken: ");
    assert_string_equal(strict_server_take_fault(server), "");
    strict_server_stop(server);
    orchestra_finish(&orchestra);
    assert_int_equal(ctl_run("locations"), 3);
    ctl_check_sentence("nobody", "It can't be reached: ");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jcc_is_asked_for_everything),
        cmocka_unit_test(test_jcc_fails_in_every_way),
        cmocka_unit_test(test_qmatic_is_asked_for_everything),
        cmocka_unit_test(test_qmatic_fails_in_every_way),
        cmocka_unit_test(test_our_own_book_is_asked_as_the_kiosk_asks_it),
    };

    return cmocka_run_group_tests(tests, ctl_begin, ctl_end);
}
