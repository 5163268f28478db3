#include "jcc_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

const struct date jcc_day = {2027, 3, 1};
const struct appointment_wish jcc_anything;
const struct appointment_wish jcc_passport = {
    .location = TOWN_HALL, .items = {{TOWN_PASSPORT, 1}}, .item_count = 1};
const struct appointment_wish jcc_family = {
    .location = TOWN_HALL,
    .items = {{TOWN_PASSPORT, 3}, {TOWN_LICENCE, 2}},
    .item_count = 2,
};

struct appointment_client *
jcc_case_client(const char *url, const char *secret)
{
    const struct jcc_options options = {
        .url = url, .client_id = JCC_SERVER_ID, .client_secret = secret};
    struct error error;
    struct appointment_client *client = appointment_jcc_create(&options, &error);

    assert_non_null(client);
    return client;
}

int
jcc_case_begin(void **state)
{
    struct jcc_case *setup = test_calloc(1, sizeof(*setup));

    setup->server = jcc_server_start();
    setup->town = jcc_server_town(setup->server);
    setup->client = jcc_case_client(jcc_server_url(setup->server), JCC_SERVER_SECRET);
    *state = setup;
    return 0;
}

int
jcc_case_end(void **state)
{
    struct jcc_case *setup = *state;

    appointment_client_destroy(setup->client);
    jcc_server_stop(setup->server);
    test_free(setup);
    return 0;
}

void
jcc_good(bool answered, const struct error *error)
{
    if (!answered) {
        fail_msg("%s: %s", error_kind_name(error->kind), error->message);
    }
}

void
jcc_refused(bool answered, const struct error *error, enum error_kind kind,
            const char *part)
{
    static const char *const never[] = {"Jansen",   "0612345678", JCC_SERVER_SECRET,
                                        "token-",   "Bearer",     "a0e4",
                                        "aaaa-4bbb"};

    assert_false(answered);
    if (error->kind != kind || strstr(error->message, part) == NULL) {
        fail_msg("%s: %s", error_kind_name(error->kind), error->message);
    }
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        assert_null(strstr(error->message, never[i]));
    }
    assert_true(text_is_clean(error->message));
}

void
jcc_trap(struct jcc_case *setup, const char *path, int status, const char *body)
{
    jcc_server_trap(setup->server, (struct jcc_step){.method = "GET",
                                                     .path = path,
                                                     .trap = JCC_ANSWERS,
                                                     .status = status,
                                                     .body = body});
}

int64_t
jcc_at(const struct jcc_case *setup, struct date date, int hour, int minute)
{
    return zone_instant(setup->town->zone,
                        (struct civil){.date = date, .hour = hour, .minute = minute});
}

struct appointment_booking
jcc_booking_of(const struct jcc_case *setup, const struct appointment_wish *wish,
               int hour)
{
    return (struct appointment_booking){
        .wish = *wish,
        .start = jcc_at(setup, jcc_day, hour, 0),
        .values = {{"lastName", "Jansen \"de Ünver\""}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };
}

/* Books at nine, to have something. */
struct appointment
jcc_booked(struct jcc_case *setup)
{
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_family, 9);
    struct appointment appointment;
    struct error error;

    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    return appointment;
}

int
jcc_posts(struct jcc_case *setup)
{
    return jcc_server_count(setup->server, "POST", "appointment");
}

void
jcc_trap_any(struct jcc_case *setup, const char *method, const char *path,
             enum jcc_trap kind, int status, const char *body)
{
    jcc_server_trap(setup->server, (struct jcc_step){method, path, kind, status, body});
}
