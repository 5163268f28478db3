#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/scripted.h"
#include "base/text.h"
#include "support/post_setup.h"
#include "support/visit_kiosk.h"

/* Asking to be called back, and calling somebody, at the kiosk. */

#define MINUTE_MS 60000

struct setup {
    struct visit_kiosk kiosk;
    struct post_setup post;
};

static int
set_up(void **state)
{
    static struct setup setup;

    visit_kiosk_open(&setup.kiosk);
    post_setup_start(&setup.post);
    setup.kiosk.parts.errands = setup.post.post;
    visit_kiosk_cut(&setup.kiosk);
    visit_kiosk_start(&setup.kiosk);
    *state = &setup;
    return 0;
}

static int
tear_down(void **state)
{
    struct setup *setup = *state;

    visit_kiosk_close(&setup->kiosk);
    post_setup_stop(&setup->post);
    return 0;
}

static void
fill_in(struct visit_kiosk *kiosk, const char *phone, const char *part)
{
    visit_kiosk_input(kiosk, INPUT_TYPE, phone);
    visit_kiosk_press(kiosk, part);
}

static int
errands(struct setup *setup)
{
    int count;

    scripted_server_lock(setup->post.server);
    count = setup->post.errands;
    scripted_server_unlock(setup->post.server);
    return count;
}

static int
withdrawals(struct setup *setup)
{
    post_setup_wait(&setup->post);
    return setup->post.withdrawals;
}

/* --- calling back -------------------------------------------------------------------
 */

static void
test_a_call_back_for_a_product_is_started_and_completed(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start overlijden overlijden arrange here no");
    visit_kiosk_press(kiosk, "call-back");
    fill_in(kiosk, "0612345678", "part-1");
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back-sent");
    assert_int_equal(errands(setup), 1);
    assert_string_equal(flow_session(kiosk->flow)->call_back.phone, "");
    visit_kiosk_press(kiosk, "done");
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_counted(kiosk, "begun\n"
                          "information overlijden\n"
                          "started overlijden call-back\n"
                          "completed overlijden call-back\n"
                          "ended completed nl call-back-sent\n");
}

/* Who asks for help in the middle of an appointment chose another way when they send.
 */
static void
test_a_call_back_by_help_ends_what_was_begun(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk,
                          "start overlijden overlijden arrange here no"
                          " appointment help help-call-back back help help-call-back");
    fill_in(kiosk, "+32470123456", "part-2");
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back-sent");
    visit_kiosk_press(kiosk, "stop");
    assert_counted(kiosk, "begun\n"
                          "information overlijden\n"
                          "started overlijden appointment\n"
                          "abandoned overlijden appointment call-back\n"
                          "started overlijden call-back\n"
                          "completed overlijden call-back\n"
                          "ended completed nl call-back-sent\n");
}

static void
test_about_nothing_in_particular_the_visit_is_completed(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start help help-call-back");
    fill_in(kiosk, "0612345678", "part-3");
    visit_kiosk_press_all(kiosk, "enter done skip");
    assert_counted(kiosk, "begun\nended completed nl call-back-sent\n");
}

static void
test_what_is_wrong_is_said_and_sends_nothing(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start help help-call-back enter");
    assert_screen(kiosk, "call-back");
    assert_shows(kiosk, "Kies wanneer wij mogen bellen.");
    fill_in(kiosk, "061234567", "part-1");
    visit_kiosk_press(kiosk, "enter");
    assert_shows(kiosk, "Er mist 1 cijfer.");
    assert_shows_not(kiosk, "section when error");
    visit_kiosk_press(kiosk, "clear");
    visit_kiosk_input(kiosk, INPUT_TYPE, "1612345678");
    visit_kiosk_press(kiosk, "enter");
    assert_shows(kiosk, "Een nummer begint met een 0.");
    assert_int_equal(errands(setup), 0);
}

/* The clock went on while somebody looked for their number. */
static void
test_a_part_that_is_over_is_asked_again(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start help help-call-back");
    fill_in(kiosk, "0612345678", "part-1"); /* today, 15 to 17 */
    kiosk->moment.now += 3 * 3600;
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back");
    assert_shows(kiosk, "section when error");
    assert_shows_not(kiosk, "Vandaag");
    visit_kiosk_press_all(kiosk, "part-1 enter");
    assert_screen(kiosk, "call-back-sent");
}

static void
test_the_parts_are_the_first_by_the_hours(void **state)
{
    static const struct {
        const char *now, *shown[3];
    } cases[] = {
        {"2026-03-10T08:30:00+01:00", {"Vandaag | 9", "Vandaag | 12", "Morgen | 9"}},
        {"2026-03-10T10:20:00+01:00", {"Vandaag | 11", "Vandaag | 12", "Morgen | 9"}},
        {"2026-03-10T11:01:00+01:00", {"Vandaag | 12", "Morgen | 9", "Morgen | 12"}},
        {"2026-03-10T15:59:00+01:00", {"Vandaag | 16", "Morgen | 9", "Morgen | 12"}},
        {"2026-03-10T16:00:00+01:00", {"Morgen | 9", "Morgen | 12", "Donderdag | 9"}},
        {"2026-03-13T23:00:00+01:00", {"Maandag | 9", "Maandag | 12", "Dinsdag | 9"}},
        /* Thursday before Christmas; Friday and Saturday there is nobody. */
        {"2026-12-24T18:00:00+01:00", {"Maandag | 9", "Maandag | 12", "Dinsdag | 9"}},
        /* The night in which the clock goes forward. */
        {"2026-03-28T12:00:00+01:00", {"Maandag | 9", "Maandag | 12", "Dinsdag | 9"}},
    };
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(instant_parse(cases[i].now, &kiosk->moment.now));
        visit_kiosk_press_all(kiosk, "start help help-call-back");
        for (int part = 0; part < 3; part++) {
            char text[100];

            snprintf(text, sizeof(text), "part-%d: %s", part + 1, cases[i].shown[part]);
            assert_shows(kiosk, text);
        }
        visit_kiosk_press(kiosk, "stop");
    }
}

static void
test_without_a_network_it_says_that_it_waits(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start help help-call-back");
    fill_in(kiosk, "0612345678", "part-1");
    post_setup_cut(&setup->post, true);
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back-sent");
    assert_shows(kiosk, "Uw verzoek wacht in deze zuil");
    visit_kiosk_press(kiosk, "done");
    assert_int_equal(errands(setup), 0);
    errand_post_set_network(setup->post.post, true);
    post_setup_wait(&setup->post);
    assert_int_equal(errands(setup), 1);
}

/* The appointment could not be made: what can be done now comes first. */
static void
test_when_no_appointment_can_be_made_calling_back_can(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start overlijden overlijden arrange here no");
    post_setup_cut(&setup->post, true);
    scripted_set_offline(kiosk->client, true);
    visit_kiosk_press(kiosk, "appointment");
    assert_screen(kiosk, "trouble");
    visit_kiosk_press(kiosk, "call-back");
    fill_in(kiosk, "0612345678", "part-1");
    visit_kiosk_press(kiosk, "enter");
    assert_shows(kiosk, "Uw verzoek wacht in deze zuil");
    visit_kiosk_press(kiosk, "done");
    assert_counted(kiosk, "begun\n"
                          "information overlijden\n"
                          "started overlijden appointment\n"
                          "abandoned overlijden appointment call-back\n"
                          "started overlijden call-back\n"
                          "completed overlijden call-back\n"
                          "ended completed nl call-back-sent\n");
}

/* Nobody is promised a call that nobody will make; a second try is the same errand. */
static void
test_a_no_is_said_and_can_be_tried_again(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;
    char key[ERRAND_KEY_BYTES];

    visit_kiosk_press_all(kiosk, "start help help-call-back");
    fill_in(kiosk, "0612345678", "part-1");
    setup->post.refuses = true;
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back");
    assert_shows(kiosk, "Het is niet verstuurd.");
    text_copy(key, sizeof(key), flow_session(kiosk->flow)->call_back.key);
    setup->post.refuses = false;
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "call-back-sent");
    assert_string_equal(flow_session(kiosk->flow)->call_back.key, key);
    visit_kiosk_press_all(kiosk, "done skip");
    assert_counted(kiosk, "begun\nended completed nl call-back-sent\n");
}

/* --- calling somebody ---------------------------------------------------------------
 */

static void
test_staff_are_called_again_after_five_minutes(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start paspoort help ask-person");
    assert_screen(kiosk, "staff-called");
    assert_int_equal(errands(setup), 1);
    visit_kiosk_pass(kiosk, 5 * MINUTE_MS - 1);
    assert_int_equal(errands(setup), 1);
    visit_kiosk_pass(kiosk, 1);
    assert_int_equal(errands(setup), 2);
    assert_screen(kiosk, "staff-called"); /* waiting is no reason to end */
    assert_shows_not(kiosk, "Bent u er nog?");
    visit_kiosk_pass(kiosk, 5 * MINUTE_MS);
    assert_shows(kiosk, "Bent u er nog?");
    visit_kiosk_pass(kiosk, MINUTE_MS);
    assert_screen(kiosk, "attract");
    assert_int_equal(withdrawals(setup), 1); /* nobody is there any more */
    assert_counted(kiosk, "begun\nended helped nl staff-called\n");
}

static void
test_going_on_leaves_the_call_and_no_help_ends_it(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start paspoort help ask-person by-myself");
    assert_screen(kiosk, "products");
    assert_int_equal(withdrawals(setup), 0);
    visit_kiosk_press_all(kiosk, "help ask-person"); /* the same call */
    assert_screen(kiosk, "staff-called");
    assert_int_equal(errands(setup), 1);
    visit_kiosk_press(kiosk, "no-help");
    assert_screen(kiosk, "products");
    assert_int_equal(withdrawals(setup), 1);
    visit_kiosk_pass(kiosk, 50000);
    visit_kiosk_press(kiosk, "stop");
    assert_int_equal(withdrawals(setup), 1);
    assert_int_equal(errands(setup), 1);
}

static void
test_help_as_a_channel_is_given_when_it_was_called(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    visit_kiosk_press_all(kiosk, "start overlijden overlijden arrange here no person");
    assert_screen(kiosk, "staff-called");
    visit_kiosk_press(kiosk, "stop");
    assert_int_equal(withdrawals(setup), 1);
    assert_counted(kiosk, "begun\n"
                          "information overlijden\n"
                          "started overlijden person\n"
                          "completed overlijden person\n"
                          "ended helped nl staff-called\n");
}

static void
test_without_a_network_it_says_where_people_are(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    post_setup_cut(&setup->post, true);
    visit_kiosk_press_all(kiosk, "start help ask-person");
    assert_screen(kiosk, "person");
    assert_shows(kiosk, "Uw oproep gaat zodra dat weer kan.");
    visit_kiosk_press_all(kiosk, "by-myself help ask-person");
    assert_shows(kiosk, "Uw oproep gaat zodra dat weer kan.");
    visit_kiosk_press(kiosk, "stop");
    errand_post_set_network(setup->post.post, true);
    assert_int_equal(withdrawals(setup), 1);
    assert_int_equal(errands(setup), 0); /* nobody stands there any more */
}

/* Nobody is there to come: what can be done instead is shown, and nothing is promised.
 */
static void
test_when_it_is_closed_nobody_is_called(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    kiosk->moment.now += 5 * 3600; /* five past seven */
    visit_kiosk_press_all(kiosk, "start help");
    assert_shows_not(kiosk, "Er komt iemand naar deze zuil");
    visit_kiosk_press(kiosk, "ask-person");
    assert_screen(kiosk, "closed");
    assert_int_equal(errands(setup), 0);
}

/* A kiosk without back office offers neither. */
static void
test_without_a_back_office_nothing_is_promised(void **state)
{
    struct setup *setup = *state;
    struct visit_kiosk *kiosk = &setup->kiosk;

    kiosk->parts.errands = NULL;
    visit_kiosk_cut(kiosk);
    visit_kiosk_start(kiosk);
    visit_kiosk_press_all(kiosk, "start help");
    assert_shows_not(kiosk, "Laat u terugbellen");
    assert_shows_not(kiosk, "Er komt iemand naar deze zuil");
    visit_kiosk_press(kiosk, "ask-person");
    assert_screen(kiosk, "person");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_a_call_back_for_a_product_is_started_and_completed),
        TEST(test_a_call_back_by_help_ends_what_was_begun),
        TEST(test_about_nothing_in_particular_the_visit_is_completed),
        TEST(test_what_is_wrong_is_said_and_sends_nothing),
        TEST(test_a_part_that_is_over_is_asked_again),
        TEST(test_the_parts_are_the_first_by_the_hours),
        TEST(test_without_a_network_it_says_that_it_waits),
        TEST(test_when_no_appointment_can_be_made_calling_back_can),
        TEST(test_a_no_is_said_and_can_be_tried_again),
        TEST(test_staff_are_called_again_after_five_minutes),
        TEST(test_going_on_leaves_the_call_and_no_help_ends_it),
        TEST(test_help_as_a_channel_is_given_when_it_was_called),
        TEST(test_without_a_network_it_says_where_people_are),
        TEST(test_when_it_is_closed_nobody_is_called),
        TEST(test_without_a_back_office_nothing_is_promised),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
