#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/visit_kiosk.h"

/* What comes after "Klaar": how it went, asked once and of nobody who mourns. */

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

#define TO_DONE "start uittreksels uittreksel arrange other self walk-in done"
#define COUNTED                                                                        \
    "begun\ninformation uittreksel\nstarted uittreksel walk-in\n"                      \
    "completed uittreksel walk-in\n"

static void
test_what_is_answered_is_counted_with_the_channel(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE);
    assert_screen(kiosk, "feedback");
    assert_shows(kiosk, "Dank u wel.");
    visit_kiosk_press_all(kiosk, "face-2 face-4 success-partly send");
    assert_screen(kiosk, "attract");
    assert_counted(kiosk, COUNTED "ended completed nl number 4 partly walk-in\n");
}

static void
test_one_answer_is_enough(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE " success-no send");
    assert_counted(kiosk, COUNTED "ended completed nl number 0 no walk-in\n");
}

static void
test_who_skips_has_answered_nothing(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE " face-1 skip");
    assert_screen(kiosk, "attract");
    assert_counted(kiosk, COUNTED "ended completed nl number\n");
}

static void
test_nothing_is_chosen_before(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE);
    for (size_t i = 0; i < visit_kiosk_show(kiosk)->count; i++) {
        assert_int_equal(kiosk->page.elements[i].flags & ELEMENT_SELECTED, 0);
    }
    visit_kiosk_press(kiosk, "send");
    assert_counted(kiosk, COUNTED "ended completed nl number\n");
}

static void
test_who_walks_away_is_not_asked_whether_they_are_there(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE);
    visit_kiosk_pass(kiosk, 29000);
    assert_screen(kiosk, "feedback");
    assert_shows_not(kiosk, "Bent u er nog?");
    visit_kiosk_pass(kiosk, 1000);
    assert_screen(kiosk, "attract");
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_counted(kiosk, COUNTED "ended completed nl number\n");
}

/* Only how the visit went is still there while that is asked. */
static void
test_the_matter_is_forgotten_before_it_is_asked(void **state)
{
    struct visit_kiosk *kiosk = *state;
    const struct session *session;

    visit_kiosk_press_all(kiosk, TO_DONE);
    session = flow_session(kiosk->flow);
    assert_string_equal(session->number.text, "");
    assert_string_equal(session->number_key, "");
    assert_null(session->product);
    assert_int_equal(session->answer_count, 0);
    visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    assert_screen(kiosk, "feedback");
    visit_kiosk_press(kiosk, "stop");
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_counted(kiosk, COUNTED "ended completed nl number\n");
}

/* Whoever comes next holds a ticket before the scanner. */
static void
test_a_ticket_that_is_scanned_begins_another_visit(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DONE);
    visit_kiosk_input(kiosk, INPUT_SCAN, "no ticket of ours");
    visit_kiosk_wait(kiosk);
    assert_screen(kiosk, "check-in");
    assert_counted(kiosk, COUNTED "ended completed nl number\nbegun\n");
}

static void
test_nobody_who_mourns_is_asked(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk,
                          "start overlijden overlijdensakte arrange here online");
    assert_screen(kiosk, "hand-over");
    visit_kiosk_press(kiosk, "done");
    assert_screen(kiosk, "attract");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_is_answered_is_counted_with_the_channel),
        TEST(test_one_answer_is_enough),
        TEST(test_who_skips_has_answered_nothing),
        TEST(test_nothing_is_chosen_before),
        TEST(test_who_walks_away_is_not_asked_whether_they_are_there),
        TEST(test_the_matter_is_forgotten_before_it_is_asked),
        TEST(test_a_ticket_that_is_scanned_begins_another_visit),
        TEST(test_nobody_who_mourns_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
