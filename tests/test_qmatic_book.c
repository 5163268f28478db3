#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/fields.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "support/qmatic_case.h"

/* What the `qmatic` maker changes: never twice, never with more than was needed. */

#define NINE "2031-03-24T09:00:00+01:00"
#define BOOK "/times/09:00/book"
#define POST_LINE                                                                      \
    "POST v2/branches/" ORCHESTRA_HALL "/dates/2031-03-24/times/09:00/book"

static void
add_value(struct appointment_booking *booking, const char *name, const char *value)
{
    struct appointment_value *added = &booking->values[booking->value_count++];

    text_copy(added->name, sizeof(added->name), name);
    assert_true(text_copy(added->value, sizeof(added->value), value));
}

/* A passport at nine, for as many. */
static struct appointment_booking
booking_of(int persons)
{
    struct appointment_booking booking = {
        .wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, persons),
        .start = instant_of(NINE)};

    appointment_key_make(booking.key);
    add_value(&booking, APPOINTMENT_FIELD_LAST_NAME, "Jansen \"de \xc3\x9cnver\"");
    add_value(&booking, APPOINTMENT_FIELD_PHONE_NUMBER, "0612345678");
    return booking;
}

static size_t
standing(const struct setup *setup)
{
    size_t count = 0;

    for (size_t i = 0; i < setup->orchestra.appointment_count; i++) {
        count += setup->orchestra.appointments[i].cancelled ? 0 : 1;
    }
    return count;
}

static void
trap(struct setup *setup, const char *method, const char *part, enum strict_trap trap,
     int status, const char *body)
{
    strict_server_trap(setup->server,
                       (struct strict_step){method, part, trap, status, NULL, body});
}

/* --- booking --------------------------------------------------------------------- */

static void
test_a_booking_is_told_back_whole(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;

    MUST(setup, book, &booking, &appointment);
    expect_line(setup, 0, "GET v1/branches/" ORCHESTRA_HALL);
    expect_line(setup, 1, POST_LINE);
    expect_no_line(setup, 2);
    assert_string_equal(strict_server_posted(setup->server),
                        "{\"title\":\"Loketzuil\",\"customers\":[{\"lastName\":"
                        "\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\"}],"
                        "\"services\":[{\"publicId\":\"Paspoort\"}],\"notes\":\"\"}");
    assert_string_equal(appointment.id, setup->orchestra.appointments[0].id);
    assert_string_equal(appointment.location, ORCHESTRA_HALL);
    assert_true(appointment.start == instant_of(NINE));
    assert_true(appointment.end == instant_of("2031-03-24T09:10:00+01:00"));
    assert_int_equal(appointment.state, APPOINTMENT_BOOKED);
    assert_int_equal(appointment.item_count, 1);
    assert_string_equal(appointment.items[0].product, ORCHESTRA_PASSPORT);
    assert_int_equal(appointment.items[0].persons, 1);
    assert_string_equal(appointment.code, "");
    assert_string_equal(appointment.check_in, "");
}

static void
test_each_person_carries_what_was_typed(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(2);
    struct appointment appointment;

    wish_for_more(&booking.wish, ORCHESTRA_LICENCE, 3);
    add_value(&booking, APPOINTMENT_FIELD_EMAIL, "jan@example.com");
    add_value(&booking, APPOINTMENT_FIELD_BIRTH_DATE, "1960-02-29");
    add_value(&booking, APPOINTMENT_FIELD_CITY, " "); /* nothing */
    MUST(setup, book, &booking, &appointment);
    assert_string_equal(
        strict_server_posted(setup->server),
        "{\"title\":\"Loketzuil\",\"customers\":["
        "{\"lastName\":\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\","
        "\"email\":\"jan@example.com\",\"dateOfBirth\":\"1960-02-29\"},"
        "{\"lastName\":\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\","
        "\"email\":\"jan@example.com\",\"dateOfBirth\":\"1960-02-29\"},"
        "{\"lastName\":\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\","
        "\"email\":\"jan@example.com\",\"dateOfBirth\":\"1960-02-29\"}],"
        "\"services\":[{\"publicId\":\"Paspoort\"},"
        "{\"publicId\":\"" ORCHESTRA_LICENCE "\"}],\"notes\":\"\"}");
    assert_int_equal(appointment.items[1].persons, 3);
    assert_true(appointment.end - appointment.start == 28 * 60); /* 10 + 2 × 5 + 8 */
}

static void
test_a_booking_names_the_time_by_the_branch_s_clock(void **state)
{
    static const struct {
        const char *branch, *start, *line;
    } cases[] = {
        {ORCHESTRA_ISLAND, "2031-03-24T13:00:00Z",
         "POST v2/branches/eiland/dates/2031-03-24/times/09:00/book"},
        {ORCHESTRA_HALL, "2031-03-30T01:30:00Z",
         "POST v2/branches/" ORCHESTRA_HALL "/dates/2031-03-30/times/03:30/book"},
        {ORCHESTRA_HALL, "2031-10-26T00:30:00Z", /* the first of two */
         "POST v2/branches/" ORCHESTRA_HALL "/dates/2031-10-26/times/02:30/book"},
    };
    struct setup *setup = *state;

    for (int i = 0; i < 3; i++) {
        struct appointment_booking booking = booking_of(1);
        struct appointment appointment;

        text_copy(booking.wish.location, sizeof(booking.wish.location),
                  cases[i].branch);
        booking.start = instant_of(cases[i].start);
        MUST(setup, book, &booking, &appointment);
        expect_line(setup, 2 * i + 1, cases[i].line);
        assert_true(appointment.start == booking.start);
    }
}

static void
test_a_start_that_the_clock_cannot_name_is_not_sent(void **state)
{
    static const char *const starts[] = {
        "2031-10-26T01:30:00Z", /* the second half past two */
        "2031-03-24T09:00:30+01:00",
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < 2; i++) {
        struct appointment_booking booking = booking_of(1);
        struct appointment appointment;

        booking.start = instant_of(starts[i]);
        assert_false(ASK(setup, book, &booking, &appointment));
        expect_error(setup, ERROR_BAD_INPUT, "clock");
    }
    assert_int_equal(strict_server_count(setup->server, "POST", ""), 0);
}

static void
test_what_qmatic_would_not_take_is_not_sent(void **state)
{
    char long_name[202], long_phone[52];
    const struct {
        const char *name, *value, *message;
    } cases[] = {
        {APPOINTMENT_FIELD_FIRST_NAME, long_name, "firstName: must be at most 200"},
        {APPOINTMENT_FIELD_MOBILE, "0612345678", "a field: is not known there"},
        {"shoeSize", "Jansen", "a field: is not known there"},
        {"externalId", "Jansen", "externalId: can't be typed"},
        {APPOINTMENT_FIELD_LAST_NAME, "Jansen", "lastName: is given twice"},
        {"phone", long_phone, "phoneNumber: is given twice"},
        {APPOINTMENT_FIELD_BIRTH_DATE, "29-02-1960", "birthDate: must be a date"},
        {APPOINTMENT_FIELD_BIRTH_DATE, "1961-02-29", "birthDate: must be a date"},
        {APPOINTMENT_FIELD_EMAIL, "jan@example\n", "email: must be text"},
        {APPOINTMENT_FIELD_EMAIL, "jan@example\xff", "email: must be text"},
    };
    struct setup *setup = *state;
    struct appointment appointment;
    struct appointment_booking nobody = booking_of(1);

    memset(long_name, 'J', sizeof(long_name));
    long_name[201] = '\0';
    memset(long_phone, '0', sizeof(long_phone));
    long_phone[51] = '\0';
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_booking booking = booking_of(1);

        add_value(&booking, cases[i].name, cases[i].value);
        assert_false(ASK(setup, book, &booking, &appointment));
        expect_error(setup, ERROR_REFUSED, cases[i].message);
    }
    nobody.value_count = 0;
    assert_false(ASK(setup, book, &nobody, &appointment));
    expect_error(setup, ERROR_REFUSED, "lastName: is required");
    add_value(&nobody, APPOINTMENT_FIELD_LAST_NAME, "  ");
    assert_false(ASK(setup, book, &nobody, &appointment));
    expect_error(setup, ERROR_REFUSED, "lastName: is required");
    text_copy(nobody.values[0].value, sizeof(nobody.values[0].value), "Jansen");
    add_value(&nobody, "phone", long_phone);
    assert_false(ASK(setup, book, &nobody, &appointment));
    expect_error(setup, ERROR_REFUSED, "phoneNumber: must be at most 50");
    expect_no_line(setup, 0);
}

static void
test_lengths_are_counted_in_characters(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;
    char value[APPOINTMENT_VALUE_BYTES] = "";
    struct text text = text_begin(value, sizeof(value));

    for (int i = 0; i < 50; i++) {
        text_add(&text, "\xe2\x82\xac"); /* three bytes */
    }
    booking.value_count = 1;
    add_value(&booking, APPOINTMENT_FIELD_PHONE_NUMBER, value);
    MUST(setup, book, &booking, &appointment);
}

static void
test_fields_that_the_municipality_requires_are_required(void **state)
{
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;

    options.required = "email";
    use_options(setup, &options);
    assert_false(ASK(setup, book, &booking, &appointment));
    expect_error(setup, ERROR_REFUSED, "email: is required");
    expect_no_line(setup, 0);
    add_value(&booking, APPOINTMENT_FIELD_EMAIL, "jan@example.com");
    MUST(setup, book, &booking, &appointment);
}

/* --- a booking that goes wrong --------------------------------------------------- */

static void
test_a_time_that_is_gone_is_taken(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1), second = booking_of(2);
    struct appointment appointment;

    MUST(setup, book, &booking, &appointment);
    assert_false(ASK(setup, book, &second, &appointment));
    expect_error(setup, ERROR_TAKEN, "error_code " ORCHESTRA_TAKEN);
    /* It asked whether the time is still there, and sent nothing twice. */
    expect_line(setup, 3, POST_LINE);
    expect_line(setup, 4,
                "GET v2/branches/" ORCHESTRA_HALL "/dates/2031-03-24/times"
                ";servicePublicId=Paspoort;numberOfCustomers=1");
    expect_no_line(setup, 5);
    assert_int_equal(standing(setup), 1);
}

static void
test_a_refusal_of_a_time_that_is_there_is_a_refusal(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;

    strict_server_trap(setup->server,
                       (struct strict_step){"POST", BOOK, STRICT_ANSWERS, 500,
                                            "error_code: 8300\r\n", "Jansen"});
    assert_false(ASK(setup, book, &booking, &appointment));
    expect_error(setup, ERROR_REFUSED, "error_code 8300");
    /* And when it can't be asked any more, what Qmatic said stands. */
    strict_server_trap(setup->server,
                       (struct strict_step){"POST", BOOK, STRICT_ANSWERS, 500,
                                            "error_code: 8300\r\n", NULL});
    trap(setup, "GET", "/times", STRICT_CUTS_BEFORE, 0, NULL);
    booking.values[0].value[0] = 'H';
    assert_false(ASK(setup, book, &booking, &appointment));
    expect_error(setup, ERROR_REFUSED, "error_code 8300");
    assert_int_equal(standing(setup), 0);
}

static void
test_what_may_have_been_booked_is_uncertain_and_never_repeated(void **state)
{
    static const struct {
        enum strict_trap trap;
        int status;
        const char *body, *message;
        size_t standing;
    } cases[] = {
        {STRICT_CUTS_BEFORE, 0, NULL, "no answer", 0},
        {STRICT_CUTS_AFTER, 0, NULL, "no answer", 1},
        {STRICT_ANSWERS, 500, NULL, "qmatic: 500", 0},
        {STRICT_DOES_AND_ANSWERS, 500, "Jansen", "qmatic: 500", 1},
        {STRICT_DOES_AND_ANSWERS, 502, "Jansen", "qmatic: 502", 1},
        {STRICT_ANSWERS, 503, NULL, "qmatic: 503", 0},
        {STRICT_DOES_AND_ANSWERS, 504, NULL, "qmatic: 504", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "", "line 1", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "<p>Jansen</p>", "line 1", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "{\"publicId\":\"a", "line 1", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "{}", "no publicId", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "[1]", "no publicId", 1},
        {STRICT_DOES_AND_ANSWERS, 202, "{\"publicId\":null}", "no publicId", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_booking booking = booking_of(1);
        struct appointment appointment;
        struct setup *setup;

        assert_int_equal(qmatic_set_up((void **)&setup), 0);
        trap(setup, "POST", BOOK, cases[i].trap, cases[i].status, cases[i].body);
        assert_false(ASK(setup, book, &booking, &appointment));
        expect_error(setup, ERROR_UNCERTAIN, cases[i].message);
        assert_int_equal(strict_server_count(setup->server, "POST", ""), 1);
        expect_no_line(setup, 2);
        assert_int_equal(standing(setup), cases[i].standing);
        qmatic_tear_down((void **)&setup);
    }
    (void)state;
}

static void
test_a_booking_that_surely_was_not_made_says_so(void **state)
{
    static const struct {
        int status;
        enum error_kind kind;
    } cases[] = {{400, ERROR_REFUSED},   {401, ERROR_REFUSED}, {403, ERROR_REFUSED},
                 {404, ERROR_NOT_FOUND}, {409, ERROR_TAKEN},   {422, ERROR_REFUSED},
                 {429, ERROR_OFFLINE}};
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        booking.values[0].value[0]++; /* another body */
        trap(setup, "POST", BOOK, STRICT_ANSWERS, cases[i].status, "Jansen");
        assert_false(ASK(setup, book, &booking, &appointment));
        expect_error(setup, cases[i].kind, "qmatic: 4");
    }
    trap(setup, "GET", "v1/branches", STRICT_CUTS_BEFORE, 0, NULL);
    assert_false(ASK(setup, book, &booking, &appointment));
    expect_error(setup, ERROR_OFFLINE, "no answer");
    assert_int_equal(standing(setup), 0);
}

static void
test_a_yes_that_tells_little_is_a_yes(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(1);
    struct appointment appointment;

    setup->orchestra.bare = true;
    MUST(setup, book, &booking, &appointment);
    assert_string_equal(appointment.id, setup->orchestra.appointments[0].id);
    assert_string_equal(appointment.location, ORCHESTRA_HALL);
    assert_true(appointment.start == booking.start);
    assert_true(appointment.end == booking.start); /* nobody told */
    assert_int_equal(appointment.item_count, 0);
}

/* --- afterwards ------------------------------------------------------------------ */

static struct appointment
booked(struct setup *setup, int persons)
{
    struct appointment_booking booking = booking_of(persons);
    struct appointment appointment;

    MUST(setup, book, &booking, &appointment);
    return appointment;
}

static void
test_an_appointment_can_be_looked_at(void **state)
{
    struct setup *setup = *state;
    struct appointment made = booked(setup, 2), shown;
    struct qmatic_options options = options_of(setup);
    char line[200];

    use_options(setup, &options); /* one that knows nothing yet */
    MUST(setup, show, made.id, &shown);
    assert_string_equal(zone_name(setup->client->operations->zone(setup->client->maker,
                                                                  ORCHESTRA_HALL)),
                        "Europe/Amsterdam");
    snprintf(line, sizeof(line), "GET v1/appointments/%s", made.id);
    expect_line(setup, 2, line);
    assert_memory_equal(&shown, &made, sizeof(made));
    setup->orchestra.appointments[0].status = 54;
    MUST(setup, show, made.id, &shown);
    assert_int_equal(shown.state, APPOINTMENT_MISSED);
    setup->orchestra.appointments[0].status = 99; /* whatever that is */
    MUST(setup, show, made.id, &shown);
    assert_int_equal(shown.state, APPOINTMENT_BOOKED);
    assert_false(ASK(setup, show, "a b/c", &shown));
    expect_error(setup, ERROR_NOT_FOUND, "404");
    expect_line(setup, 5, "GET v1/appointments/a%20b%2Fc");
}

static void
test_a_cancelled_appointment_is_gone(void **state)
{
    struct setup *setup = *state;
    struct appointment made = booked(setup, 1), shown;
    char line[200];

    MUST(setup, cancel, made.id);
    snprintf(line, sizeof(line), "DELETE v1/appointments/%s", made.id);
    expect_line(setup, 2, line);
    assert_int_equal(standing(setup), 0);
    assert_false(ASK(setup, show, made.id, &shown));
    expect_error(setup, ERROR_NOT_FOUND, "404");
    assert_false(ASK(setup, cancel, made.id));
    expect_error(setup, ERROR_NOT_FOUND, "404");
}

static void
test_trouble_with_a_cancellation_has_its_kind(void **state)
{
    static const struct {
        enum strict_trap trap;
        int status;
        const char *headers;
        enum error_kind kind;
        size_t standing;
    } cases[] = {
        {STRICT_CUTS_BEFORE, 0, NULL, ERROR_UNCERTAIN, 1},
        {STRICT_ANSWERS, 500, NULL, ERROR_UNCERTAIN, 1},
        {STRICT_ANSWERS, 500, "error_code: 1\r\n", ERROR_REFUSED, 1},
        {STRICT_ANSWERS, 403, NULL, ERROR_REFUSED, 1},
        {STRICT_CUTS_AFTER, 0, NULL, ERROR_UNCERTAIN, 0},
    };
    struct setup *setup = *state;
    struct appointment made = booked(setup, 1);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        strict_server_trap(setup->server, (struct strict_step){
                                              "DELETE", "/appointments", cases[i].trap,
                                              cases[i].status, cases[i].headers, "x"});
        assert_false(ASK(setup, cancel, made.id));
        expect_error(setup, cases[i].kind, "qmatic: ");
        assert_int_equal(strict_server_count(setup->server, "DELETE", ""), i + 1);
        assert_int_equal(standing(setup), cases[i].standing);
    }
}

/* --- moving ---------------------------------------------------------------------- */

static void
test_a_move_books_anew_and_then_cancels(void **state)
{
    struct setup *setup = *state;
    struct appointment_booking booking = booking_of(2);
    struct appointment made;
    struct appointment_moved moved;
    char line[200];

    wish_for_more(&booking.wish, ORCHESTRA_CARD, 1);
    add_value(&booking, APPOINTMENT_FIELD_BIRTH_DATE, "1960-02-29");
    MUST(setup, book, &booking, &made);
    MUST(setup, move, made.id, booking.key, instant_of("2031-03-25T09:05:00+01:00"),
         &moved);
    assert_false(moved.old_stands);
    assert_string_not_equal(moved.appointment.id, made.id);
    assert_true(moved.appointment.start == instant_of("2031-03-25T09:05:00+01:00"));
    assert_int_equal(moved.appointment.item_count, 2);
    assert_int_equal(moved.appointment.items[0].persons, 2);
    assert_string_equal(
        strict_server_posted(setup->server),
        "{\"title\":\"Loketzuil\",\"customers\":["
        "{\"lastName\":\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\","
        "\"dateOfBirth\":\"1960-02-29\"},"
        "{\"lastName\":\"Jansen \\\"de \xc3\x9cnver\\\"\",\"phone\":\"0612345678\","
        "\"dateOfBirth\":\"1960-02-29\"}],"
        "\"services\":[{\"publicId\":\"Paspoort\"},"
        "{\"publicId\":\"Identiteitskaart\"}],\"notes\":\"\"}");
    snprintf(line, sizeof(line), "GET v1/appointments/%s", made.id);
    expect_line(setup, 2, line);
    expect_line(setup, 3, "GET v1/branches/" ORCHESTRA_HALL);
    expect_line(setup, 4,
                "POST v2/branches/" ORCHESTRA_HALL
                "/dates/2031-03-25/times/09:05/book");
    snprintf(line, sizeof(line), "DELETE v1/appointments/%s", made.id);
    expect_line(setup, 5, line);
    expect_no_line(setup, 6);
    assert_int_equal(standing(setup), 1);
}

static void
test_a_move_keeps_the_old_one_until_the_new_one_is_there(void **state)
{
    static const struct {
        const char *method;
        enum strict_trap trap;
        enum error_kind kind;
        size_t standing;
    } cases[] = {
        {"GET", STRICT_CUTS_BEFORE, ERROR_OFFLINE, 1},
        {"POST", STRICT_CUTS_BEFORE, ERROR_UNCERTAIN, 1},
        {"POST", STRICT_CUTS_AFTER, ERROR_UNCERTAIN, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_moved moved;
        struct appointment made;
        struct setup *setup;

        assert_int_equal(qmatic_set_up((void **)&setup), 0);
        made = booked(setup, 1);
        trap(setup, cases[i].method, "v", cases[i].trap, 0, NULL);
        assert_false(
            ASK(setup, move, made.id, "", instant_of("2031-03-25T08:05:00Z"), &moved));
        expect_error(setup, cases[i].kind, "no answer");
        assert_int_equal(standing(setup), cases[i].standing);
        assert_int_equal(strict_server_count(setup->server, "DELETE", ""), 0);
        qmatic_tear_down((void **)&setup);
    }
}

static void
test_a_move_to_a_time_that_is_gone_is_taken(void **state)
{
    struct setup *setup = *state;
    struct appointment made = booked(setup, 1);
    struct appointment_booking other = booking_of(1);
    struct appointment_moved moved;
    struct appointment another;

    other.values[0].value[0] = 'H';
    other.start = instant_of("2031-03-25T09:05:00+01:00");
    MUST(setup, book, &other, &another);
    assert_false(ASK(setup, move, made.id, "", other.start, &moved));
    expect_error(setup, ERROR_TAKEN, "error_code " ORCHESTRA_TAKEN);
    /* By the old one itself, which stands until the new one is there. */
    assert_false(
        ASK(setup, move, made.id, "", instant_of("2031-03-24T09:05:00+01:00"), &moved));
    expect_error(setup, ERROR_TAKEN, "error_code " ORCHESTRA_TAKEN);
    assert_int_equal(strict_server_count(setup->server, "DELETE", ""), 0);
    assert_int_equal(standing(setup), 2);
}

static void
test_an_old_one_that_could_not_be_cancelled_is_told(void **state)
{
    static const struct {
        enum strict_trap trap;
        int status;
        bool old_stands;
    } cases[] = {
        {STRICT_CUTS_BEFORE, 0, true},
        {STRICT_CUTS_AFTER, 0, true}, /* nobody knows: better one too many told */
        {STRICT_ANSWERS, 500, true},
        {STRICT_ANSWERS, 403, true},
        {STRICT_ANSWERS, 404, false}, /* somebody else was first */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_moved moved;
        struct appointment made;
        struct setup *setup;

        assert_int_equal(qmatic_set_up((void **)&setup), 0);
        made = booked(setup, 1);
        trap(setup, "DELETE", "", cases[i].trap, cases[i].status, NULL);
        MUST(setup, move, made.id, "", instant_of("2031-03-25T08:05:00Z"), &moved);
        assert_int_equal(moved.old_stands, cases[i].old_stands);
        assert_true(moved.appointment.start == instant_of("2031-03-25T08:05:00Z"));
        assert_int_equal(strict_server_count(setup->server, "DELETE", ""), 1);
        qmatic_tear_down((void **)&setup);
    }
}

static const char old_one[] =
    "{\"appointment\":{\"publicId\":\"old\",\"start\":\"2031-03-28T08:00:00.000+0000\","
    "\"title\":\"Web\",\"notes\":\"Rolstoel\",\"numberOfCustomers\":3,"
    "\"branch\":{\"publicId\":\"eiland\"},"
    "\"services\":[{\"publicId\":\"Paspoort\"}],\"customers\":[%s]}}";

/* What of the old customers goes into the new booking, as the last body has it. */
static void
expect_copied(struct setup *setup, const char *customers, const char *expected)
{
    char body[1000];
    struct appointment_moved moved;
    const char *posted;

    snprintf(body, sizeof(body), old_one, customers);
    trap(setup, "GET", "v1/appointments/old", STRICT_ANSWERS, 200, body);
    trap(setup, "DELETE", "v1/appointments/old", STRICT_ANSWERS, 204, NULL);
    MUST(setup, move, "old", "", instant_of(NINE) + 5 * 3600, &moved);
    posted = strict_server_posted(setup->server);
    snprintf(body, sizeof(body),
             "{\"title\":\"Web\",\"customers\":[%s],"
             "\"services\":[{\"publicId\":\"Paspoort\"}],\"notes\":\"Rolstoel\"}",
             expected);
    assert_string_equal(posted, body);
    setup->orchestra.appointments[setup->orchestra.appointment_count - 1].cancelled =
        true;
}

static void
test_people_are_copied_as_qmatic_knows_them(void **state)
{
    struct setup *setup = *state;

    setup->orchestra.times = "\"09:00\"";
    /* All members, of which some are null or of no use; who came along without a name.
     */
    expect_copied(
        setup,
        "{\"firstName\":\"An\",\"lastName\":\"Li\",\"name\":\"An Li\",\"phone\":null,"
        "\"email\":\"\",\"externalId\":\"x1\",\"addressZip\":\"1111AB\","
        "\"identificationNumber\":7,\"dateOfBirth\":null,\"publicId\":\"p\"},{}",
        "{\"lastName\":\"Li\",\"firstName\":\"An\",\"addressZip\":\"1111AB\","
        "\"externalId\":\"x1\"},{},{\"lastName\":\"Li\",\"firstName\":\"An\","
        "\"addressZip\":\"1111AB\",\"externalId\":\"x1\"}");
    /* Midnight there (Curacao), of a server in UTC, of one in Amsterdam; its noon. */
    expect_copied(setup,
                  "{\"lastName\":\"A\",\"dateOfBirth\":315547200000},"
                  "{\"lastName\":\"B\",\"dateOfBirth\":315532800000},"
                  "{\"lastName\":\"C\",\"dateOfBirth\":-2206400400000},"
                  "{\"lastName\":\"D\",\"dateOfBirth\":-2206357200000}",
                  "{\"lastName\":\"A\",\"dateOfBirth\":\"1980-01-01\"},"
                  "{\"lastName\":\"B\",\"dateOfBirth\":\"1980-01-01\"},"
                  "{\"lastName\":\"C\",\"dateOfBirth\":\"1900-01-31\"},"
                  "{\"lastName\":\"D\",\"dateOfBirth\":\"1900-01-31\"}");
    expect_copied(
        setup,
        "{\"lastName\":\"A\",\"dateOfBirth\":1,"
        "\"dateOfBirthWithoutTime\":\"1980-01-01\"},"
        "{\"lastName\":\"B\",\"dateOfBirth\":\"1980-01-01T00:00:00.000+0000\"},"
        "{\"lastName\":\"C\",\"dateOfBirth\":1e300}",
        "{\"lastName\":\"A\",\"dateOfBirth\":\"1980-01-01\"},"
        "{\"lastName\":\"B\",\"dateOfBirth\":\"1980-01-01\"},"
        "{\"lastName\":\"C\"}");
}

static void
test_what_cannot_be_booked_anew_is_not_moved(void **state)
{
#define OLD(MEMBERS)                                                                   \
    ("{\"publicId\":\"a\",\"start\":\"2031-03-28T08:00:00.000+0000\"," MEMBERS "}")
    static const char *const bodies[] = {
        /* Forgotten by Qmatic, without a branch, without services, nobody came. */
        OLD("\"branch\":{\"publicId\":\"b\"},\"services\":[{\"publicId\":\"c\"}],"
            "\"customers\":[{}]"),
        OLD("\"services\":[{\"publicId\":\"c\"}],\"customers\":[{\"lastName\":\"Li\"}"
            "]"),
        OLD("\"branch\":{\"publicId\":\"b\"},\"services\":[],"
            "\"customers\":[{\"lastName\":\"Li\"}]"),
        OLD("\"branch\":{\"publicId\":\"b\"},\"services\":[{\"publicId\":\"c\"}],"
            "\"customers\":[{\"lastName\":\"Li\"}],\"status\":54"),
    };
    struct setup *setup = *state;
    struct appointment_moved moved;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        trap(setup, "GET", "v1/appointments", STRICT_ANSWERS, 200, bodies[i]);
        assert_false(ASK(setup, move, "a", "", instant_of(NINE), &moved));
        expect_error(setup, ERROR_REFUSED, "the appointment is over");
        assert_int_equal(strict_server_count(setup->server, "GET", ""), (int)i + 1);
    }
    assert_false(ASK(setup, move, "gone", "", instant_of(NINE), &moved));
    expect_error(setup, ERROR_NOT_FOUND, "404");
    assert_int_equal(strict_server_count(setup->server, "POST", ""), 0);
}

static void
test_a_move_to_where_it_is_moves_nothing(void **state)
{
    struct setup *setup = *state;
    struct appointment made = booked(setup, 1);
    struct appointment_moved moved;

    MUST(setup, move, made.id, "", made.start, &moved);
    assert_string_equal(moved.appointment.id, made.id);
    assert_false(moved.old_stands);
    expect_no_line(setup, 3);
}

#define TEST(NAME)                                                                     \
    cmocka_unit_test_setup_teardown(NAME, qmatic_set_up, qmatic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_booking_is_told_back_whole),
        TEST(test_each_person_carries_what_was_typed),
        TEST(test_a_booking_names_the_time_by_the_branch_s_clock),
        TEST(test_a_start_that_the_clock_cannot_name_is_not_sent),
        TEST(test_what_qmatic_would_not_take_is_not_sent),
        TEST(test_lengths_are_counted_in_characters),
        TEST(test_fields_that_the_municipality_requires_are_required),
        TEST(test_a_time_that_is_gone_is_taken),
        TEST(test_a_refusal_of_a_time_that_is_there_is_a_refusal),
        cmocka_unit_test(
            test_what_may_have_been_booked_is_uncertain_and_never_repeated),
        TEST(test_a_booking_that_surely_was_not_made_says_so),
        TEST(test_a_yes_that_tells_little_is_a_yes),
        TEST(test_an_appointment_can_be_looked_at),
        TEST(test_a_cancelled_appointment_is_gone),
        TEST(test_trouble_with_a_cancellation_has_its_kind),
        TEST(test_a_move_books_anew_and_then_cancels),
        cmocka_unit_test(test_a_move_keeps_the_old_one_until_the_new_one_is_there),
        TEST(test_a_move_to_a_time_that_is_gone_is_taken),
        cmocka_unit_test(test_an_old_one_that_could_not_be_cancelled_is_told),
        TEST(test_people_are_copied_as_qmatic_knows_them),
        TEST(test_what_cannot_be_booked_anew_is_not_moved),
        TEST(test_a_move_to_where_it_is_moves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
