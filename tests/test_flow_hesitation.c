#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/visit_kiosk.h"

/* Who seems not to find the way is offered help: never forced, not again where it was
 * declined, and counted. */

#define OFFER "Komt u er niet uit?"

static int
open_kiosk(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));

    visit_kiosk_open(kiosk);
    *state = kiosk;
    return 0;
}

static int
close_kiosk(void **state)
{
    visit_kiosk_close(*state);
    free(*state);
    return 0;
}

static void
miss(struct visit_kiosk *kiosk, int times)
{
    for (int i = 0; i < times; i++) {
        visit_kiosk_input(kiosk, INPUT_MISS, NULL);
    }
}

static void
test_who_stands_still_is_offered_help_once_a_screen(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort");
    visit_kiosk_pass(kiosk, 39000);
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_pass(kiosk, 1000);
    assert_shows(kiosk, OFFER);
    visit_kiosk_press(kiosk, "continue");
    assert_screen(kiosk, "products");
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_pass(kiosk, 45000);
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press(kiosk, "stop");
    assert_counted(kiosk, "begun\nended stopped nl products help products declined\n");
}

/* A sign of life is no progress: keys that only move about, touches beside. */
static void
test_looking_about_is_standing_still(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort");
    visit_kiosk_pass(kiosk, 30000);
    visit_kiosk_input(kiosk, INPUT_FOCUS, NULL);
    miss(kiosk, 1);
    visit_kiosk_pass(kiosk, 10000);
    assert_shows(kiosk, OFFER);
}

static void
test_reading_takes_its_time(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort");
    visit_kiosk_pass(kiosk, 59000);
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_pass(kiosk, 1000);
    assert_shows(kiosk, "Bent u er nog?");
}

static void
test_turning_back_three_times_is_hesitating(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort back");
    visit_kiosk_press_all(kiosk, "paspoort arrange self back");
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press_all(kiosk, "self back");
    assert_shows(kiosk, OFFER);
    assert_screen(kiosk, "question");
}

static void
test_straight_back_is_not(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort arrange self back back back");
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press(kiosk, "back");
    assert_shows_not(kiosk, OFFER);
    assert_screen(kiosk, "home");
}

static void
test_turning_back_slowly_is_not(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort back paspoort");
    visit_kiosk_pass(kiosk, 35000);
    visit_kiosk_press_all(kiosk, "arrange self back");
    visit_kiosk_pass(kiosk, 35000);
    visit_kiosk_press_all(kiosk, "self back");
    assert_shows_not(kiosk, OFFER);
}

static void
test_to_and_fro_is_hesitating(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort");
    visit_kiosk_pass(kiosk, 20000);
    visit_kiosk_press_all(kiosk, "back verhuizen");
    visit_kiosk_pass(kiosk, 20000);
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press(kiosk, "back");
    assert_shows(kiosk, OFFER);
}

static void
test_touches_beside_everything_are_hesitating(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press(kiosk, "start");
    miss(kiosk, 2); /* larger letters come first */
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press(kiosk, "not-larger");
    miss(kiosk, 1);
    assert_shows_not(kiosk, OFFER);
    miss(kiosk, 1);
    assert_shows(kiosk, OFFER);
}

static void
test_help_that_is_taken_is_counted_so(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort");
    visit_kiosk_pass(kiosk, 40000);
    visit_kiosk_press(kiosk, "ask-person");
    assert_screen(kiosk, "person");
    visit_kiosk_pass(kiosk, 45000);
    assert_shows_not(kiosk, OFFER);
    visit_kiosk_press(kiosk, "done");
    assert_counted(kiosk, "begun\nended helped nl person help products taken\n");
}

static void
test_help_that_was_asked_for_was_not_offered(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start help ask-person done");
    assert_counted(kiosk, "begun\nended helped nl person\n");
}

static void
test_who_declines_twice_means_it(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press(kiosk, "start");
    visit_kiosk_pass(kiosk, 40000);
    visit_kiosk_press_all(kiosk, "continue paspoort");
    visit_kiosk_pass(kiosk, 40000);
    visit_kiosk_press_all(kiosk, "continue paspoort arrange");
    visit_kiosk_pass(kiosk, 45000);
    assert_shows_not(kiosk, OFFER);
    miss(kiosk, 5);
    assert_shows_not(kiosk, OFFER);
}

static void
test_reading_aloud_is_a_way(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort help help-read");
    assert_shows_not(kiosk, OFFER);
    assert_true(flow_session(kiosk->flow)->adjustment.speech);
    visit_kiosk_press(kiosk, "help");
    assert_null(page_find(visit_kiosk_show(kiosk), "help-read"));
}

static void
test_chat_goes_on_on_the_phone_while_somebody_answers(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start help help-chat");
    assert_screen(kiosk, "chat");
    assert_shows(kiosk, "https://voorbeeld.nl/chat");
    assert_shows(kiosk, "Open tot 17.00");
    visit_kiosk_press(kiosk, "stop");
    kiosk->moment.now += 3 * 3600; /* 17.05 */
    visit_kiosk_press_all(kiosk, "start help");
    assert_null(page_find(visit_kiosk_show(kiosk), "help-chat"));
    visit_kiosk_press(kiosk, "help-phone"); /* nobody calls back here */
    assert_shows(kiosk, "tel:14000");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_who_stands_still_is_offered_help_once_a_screen),
        TEST(test_looking_about_is_standing_still),
        TEST(test_reading_takes_its_time),
        TEST(test_turning_back_three_times_is_hesitating),
        TEST(test_straight_back_is_not),
        TEST(test_turning_back_slowly_is_not),
        TEST(test_to_and_fro_is_hesitating),
        TEST(test_touches_beside_everything_are_hesitating),
        TEST(test_help_that_is_taken_is_counted_so),
        TEST(test_help_that_was_asked_for_was_not_offered),
        TEST(test_who_declines_twice_means_it),
        TEST(test_reading_aloud_is_a_way),
        TEST(test_chat_goes_on_on_the_phone_while_somebody_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
