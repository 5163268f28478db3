#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/qmatic.h"
#include "appointment/renamed.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "support/cut_line.h"
#include "support/jcc_case.h"
#include "support/orchestra_server.h"
#include "support/visit_kiosk.h"

/*
 * A network cable that is pulled at each step of an appointment at JCC and at Qmatic,
 * which know no keys: before a request arrives, and when it was carried out. The visit
 * goes on by what the screens offer. Nothing is booked twice, and what the last screen
 * says is so.
 */

struct visit {
    const struct backend *backend;
    struct jcc_server *jcc;
    struct orchestra orchestra;
    struct strict_server *qmatic;
    struct cut_line *line;
    struct appointment_client *client;
    struct visit_kiosk kiosk;
};

struct backend {
    const char *name;
    void (*start)(struct visit *visit);
    void (*stop)(struct visit *visit); /* fails when the kiosk broke a rule */
    int (*posts)(struct visit *visit);
    int (*standing)(struct visit *visit); /* appointments that were not cancelled */
};

/* --- JCC, and Qmatic
 * ------------------------------------------------------------------ */

static int
port_of(const char *url)
{
    return atoi(strrchr(url, ':') + 1);
}

/* The same address behind the cable. */
static void
url_behind(const struct cut_line *line, const char *url, char *target, size_t size)
{
    const char *path = strchr(strrchr(url, ':'), '/');

    snprintf(target, size, "http://127.0.0.1:%d%s", cut_line_port(line), path);
}

static void
use_client(struct visit *visit, struct appointment_client *client, const char *product,
           const char *location)
{
    const struct appointment_name products[] = {{"paspoort", product}};
    const struct appointment_name locations[] = {{"linde", location}};
    const struct appointment_names names = {products, 1, locations, 1};

    visit->client = appointment_renamed_create(client, &names);
}

static void
jcc_start(struct visit *visit)
{
    char url[300];

    visit->jcc = jcc_server_start();
    visit->line = cut_line_start(port_of(jcc_server_url(visit->jcc)));
    url_behind(visit->line, jcc_server_url(visit->jcc), url, sizeof(url));
    use_client(visit, jcc_case_client(url, JCC_SERVER_SECRET), TOWN_PASSPORT,
               TOWN_HALL);
}

static void
jcc_stop(struct visit *visit)
{
    jcc_server_stop(visit->jcc);
}

static int
jcc_count_posts(struct visit *visit)
{
    return jcc_server_count(visit->jcc, "POST", "appointment");
}

static int
jcc_standing(struct visit *visit)
{
    const struct town *town = jcc_server_town(visit->jcc);
    int count = 0;

    for (size_t i = 0; i < town->appointment_count; i++) {
        count += !town->appointments[i].cancelled;
    }
    return count;
}

/* The next days, as Qmatic tells them: a kiosk shows three weeks. */
static const char *
soon(void)
{
    static char dates[200];
    struct text text = text_begin(dates, sizeof(dates));
    struct date today = date_from_days(time_now_s() / 86400);

    for (int i = 1; i <= 3; i++) {
        char day[TIME_TEXT_BYTES];

        date_format(date_add(today, i), day);
        text_format(&text, "%s\"%sT00:00:00\"", i > 1 ? "," : "", day);
    }
    return dates;
}

static void
qmatic_start(struct visit *visit)
{
    struct qmatic_options options = {
        .api_key = ORCHESTRA_KEY, .required = "phoneNumber", .earliest_max = 1};
    struct appointment_client *client;
    struct error error = {0};
    char url[300];

    visit->orchestra.dates = soon();
    visit->qmatic = orchestra_server_start(&visit->orchestra);
    visit->line = cut_line_start(port_of(strict_server_url(visit->qmatic)));
    url_behind(visit->line, strict_server_url(visit->qmatic), url, sizeof(url));
    options.url = url;
    client = appointment_qmatic_create(&options, &error);
    assert_non_null(client);
    use_client(visit, client, ORCHESTRA_PASSPORT, ORCHESTRA_HALL);
}

static void
qmatic_stop(struct visit *visit)
{
    strict_server_stop(visit->qmatic);
    orchestra_finish(&visit->orchestra);
}

static int
qmatic_count_posts(struct visit *visit)
{
    return strict_server_count(visit->qmatic, "POST", "/book");
}

static int
qmatic_standing(struct visit *visit)
{
    int count = 0;

    for (size_t i = 0; i < visit->orchestra.appointment_count; i++) {
        count += !visit->orchestra.appointments[i].cancelled;
    }
    return count;
}

static const struct backend backends[] = {
    {"jcc", jcc_start, jcc_stop, jcc_count_posts, jcc_standing},
    {"qmatic", qmatic_start, qmatic_stop, qmatic_count_posts, qmatic_standing},
};
#define BACKENDS (sizeof(backends) / sizeof(backends[0]))

/* --- one citizen -------------------------------------------------------------------
 */

static struct visit *
visit_open(const struct backend *backend)
{
    struct visit *visit = memory_allocate(1, sizeof(*visit));

    visit->backend = backend;
    backend->start(visit);
    visit_kiosk_open(&visit->kiosk);
    visit_kiosk_cut(&visit->kiosk);
    visit->kiosk.moment.now = time_now_s(); /* the makers ask the wall clock too */
    visit->kiosk.parts.client = visit->client;
    visit_kiosk_start(&visit->kiosk);
    cut_line_cut(visit->line, -1, CUT_NEVER);
    return visit;
}

static void
visit_close(struct visit *visit)
{
    visit_kiosk_close(&visit->kiosk);
    appointment_client_destroy(visit->client);
    cut_line_stop(visit->line);
    visit->backend->stop(visit);
    free(visit);
}

static const char *
screen_of(struct visit *visit)
{
    return visit_kiosk_show(&visit->kiosk)->screen;
}

/* As often as the screen offers it: one cut is one trouble at most. */
static void
press(struct visit *visit, const char *id)
{
    visit_kiosk_press(&visit->kiosk, id);
    if (text_equal(screen_of(visit), "trouble")) {
        visit_kiosk_press(&visit->kiosk, "again");
    }
}

static void
press_first_time(struct visit *visit)
{
    const struct page *page = visit_kiosk_show(&visit->kiosk);

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_TIME) {
            press(visit, page->elements[i].id);
            return;
        }
    }
    fail_msg("there is no time");
}

static void
walk_to_confirm(struct visit *visit)
{
    static const char *const ids[] = {"start", "paspoort", "paspoort", "arrange",
                                      "self",  "have",     "normal",   "appointment",
                                      "next",  "next"};

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        press(visit, ids[i]);
    }
    assert_screen(&visit->kiosk, "time");
    press_first_time(visit);
    press(visit, "next");
    assert_screen(&visit->kiosk, "contact");
    visit_kiosk_input(&visit->kiosk, INPUT_TYPE, "de Vries");
    press(visit, "enter");
    visit_kiosk_input(&visit->kiosk, INPUT_TYPE, "0612345678");
    press(visit, "enter");
    assert_screen(&visit->kiosk, "confirm");
}

static size_t
count_open(struct visit *visit)
{
    struct journal_entry *list;
    struct error error;
    size_t count;

    assert_true(journal_open_keys(visit->kiosk.journal, &list, &count, &error));
    free(list);
    return count;
}

static size_t
count_unknown(struct visit *visit)
{
    struct error error;
    size_t count;

    assert_true(journal_count_unknown(visit->kiosk.journal, &count, &error));
    return count;
}

#define STARTED "begun\ninformation paspoort\nstarted paspoort appointment\n"

/* The last screen is right, and so is what is left of the visit. */
static void
check_end(struct visit *visit, bool post_cut, int standing)
{
    struct visit_kiosk *kiosk = &visit->kiosk;

    assert_screen(kiosk, post_cut ? "uncertain" : "done");
    if (post_cut) {
        assert_shows(kiosk, "Misschien is uw afspraak gemaakt");
        assert_shows(kiosk, "14 000");
    }
    assert_int_equal(visit->backend->posts(visit), standing);
    assert_int_equal(visit->backend->standing(visit), standing);
    visit_kiosk_press_all(kiosk, post_cut ? "done" : "done skip");
    assert_screen(kiosk, "attract");
    visit_kiosk_pass(kiosk, 120000);
    visit_kiosk_wait(kiosk);
    assert_int_equal(count_open(visit), 0);
    assert_int_equal(count_unknown(visit), post_cut);
    assert_int_equal(visit->backend->standing(visit), standing);
    assert_counted(kiosk, post_cut ? STARTED
                              "abandoned paspoort appointment uncertain\n"
                              "ended stopped nl uncertain\n"
                                   : STARTED "completed paspoort appointment\n"
                                             "ended completed nl done\n");
}

/* How many requests an appointment takes when nothing is cut. */
static int
requests_of(const struct backend *backend)
{
    struct visit *visit = visit_open(backend);
    int count;

    walk_to_confirm(visit);
    press(visit, "confirm");
    count = cut_line_count(visit->line);
    check_end(visit, false, 1);
    visit_close(visit);
    assert_true(count >= 5);
    return count;
}

static void
test_a_cable_pulled_at_each_step_books_once_and_says_so(void **state)
{
    (void)state;
    for (size_t b = 0; b < BACKENDS; b++) {
        int requests = requests_of(&backends[b]), bookings = 0;

        for (int i = 0; i < 2 * requests; i++) {
            struct visit *visit = visit_open(&backends[b]);
            enum cut cut = i % 2 == 0 ? CUT_BEFORE : CUT_AFTER;
            const char *request;
            bool post;

            cut_line_cut(visit->line, i / 2, cut);
            walk_to_confirm(visit);
            press(visit, "confirm");
            request = cut_line_request(visit->line, i / 2);
            post =
                text_starts_with(request, "POST") && strstr(request, "token") == NULL;
            bookings += post;
            check_end(visit, post, post && cut == CUT_BEFORE ? 0 : 1);
            visit_close(visit);
        }
        assert_int_equal(bookings, 2);
    }
}

/* Nobody can connect: nothing was sent, and the screen says that too. */
static void
test_a_cable_pulled_before_confirming_can_be_plugged_in_again(void **state)
{
    (void)state;
    for (size_t b = 0; b < BACKENDS; b++) {
        struct visit *visit = visit_open(&backends[b]);

        walk_to_confirm(visit);
        cut_line_plug(visit->line, false);
        visit_kiosk_press(&visit->kiosk, "confirm");
        assert_screen(&visit->kiosk, "trouble");
        assert_shows(&visit->kiosk, "Er is geen afspraak gemaakt");
        visit_kiosk_press(&visit->kiosk, "again");
        assert_screen(&visit->kiosk, "trouble");
        assert_int_equal(visit->backend->posts(visit), 0);
        cut_line_plug(visit->line, true);
        visit_kiosk_press(&visit->kiosk, "again");
        check_end(visit, false, 1);
        visit_close(visit);
    }
}

/* Between visits the kiosk brings to rest what one left. */
static void
rest(struct visit *visit)
{
    for (int i = 0; i < 3; i++) {
        visit_kiosk_pass(&visit->kiosk, 120000);
        visit_kiosk_wait(&visit->kiosk);
    }
}

/*
 * The citizen presses Stop while the booking is under way, and the cable is pulled at
 * any request from there on: no ticket was shown, so no appointment stands, but for one
 * of which nobody can know.
 */
static void
stop_with_a_cut(const struct backend *backend, int n, enum cut cut, bool *more)
{
    struct visit *visit = visit_open(backend);
    const char *request;
    bool post, delete, gone_unseen;

    walk_to_confirm(visit);
    cut_line_cut(visit->line, n, cut);
    visit_kiosk_touch(&visit->kiosk, "confirm");
    visit_kiosk_touch(&visit->kiosk, "stop");
    assert_screen(&visit->kiosk, "attract");
    visit_kiosk_wait(&visit->kiosk);
    rest(visit);
    request = cut_line_request(visit->line, n);
    *more = request[0] != '\0';
    post = text_starts_with(request, "POST");
    delete = text_starts_with(request, "DELETE");
    assert_true(visit->backend->posts(visit) <= 1);
    assert_int_equal(visit->backend->standing(visit), post && cut == CUT_AFTER);
    /* JCC has the same words for what is gone as for what goes wrong. */
    gone_unseen = delete &&cut == CUT_AFTER && visit->jcc != NULL;
    assert_int_equal(count_open(visit), gone_unseen);
    visit->kiosk.moment.now += JOURNAL_PATIENCE_S;
    rest(visit);
    assert_int_equal(count_open(visit), 0);
    assert_int_equal(count_unknown(visit), post || gone_unseen);
    assert_int_equal(visit->backend->standing(visit), post && cut == CUT_AFTER);
    visit_close(visit);
}

static void
test_who_stops_while_it_is_booked_is_left_without_an_appointment(void **state)
{
    (void)state;
    for (size_t b = 0; b < BACKENDS; b++) {
        bool more = true;
        int n = 0;

        for (; more; n++) {
            stop_with_a_cut(&backends[b], n, CUT_BEFORE, &more);
            stop_with_a_cut(&backends[b], n, CUT_AFTER, &more);
        }
        assert_true(n > 3); /* at least the booking, the cancellation, and none */
    }
}

/* The power goes when the answer is there and the screen has not shown it. */
static void
test_a_booking_that_was_answered_and_not_shown_is_cancelled_after_a_power_cut(
    void **state)
{
    (void)state;
    for (size_t b = 0; b < BACKENDS; b++) {
        struct visit *visit = visit_open(&backends[b]);

        walk_to_confirm(visit);
        visit_kiosk_touch(&visit->kiosk, "confirm");
        while (visit->backend->posts(visit) == 0) {
            sched_yield();
        }
        visit_kiosk_cut(&visit->kiosk); /* waits for the worker, and tells nobody */
        assert_int_equal(visit->backend->standing(visit), 1);
        visit_kiosk_start(&visit->kiosk);
        assert_int_equal(visit->backend->standing(visit), 0);
        assert_int_equal(count_open(visit), 0);
        assert_int_equal(count_unknown(visit), 0);
        assert_counted(&visit->kiosk, STARTED "ended interrupted\n");
        visit_close(visit);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_cable_pulled_at_each_step_books_once_and_says_so),
        cmocka_unit_test(test_a_cable_pulled_before_confirming_can_be_plugged_in_again),
        cmocka_unit_test(
            test_who_stops_while_it_is_booked_is_left_without_an_appointment),
        cmocka_unit_test(
            test_a_booking_that_was_answered_and_not_shown_is_cancelled_after_a_power_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
