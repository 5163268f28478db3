#include "visit/finger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What a hand does on the glass, as a line of moments, and whether that is a press. */

enum { NEAR_PX = 21 };

struct moment_of_hand {
    int64_t after_ms; /* the moment before */
    enum finger_place place;
};

struct hand {
    const char *does;
    struct moment_of_hand moments[12]; /* the last one lifts */
    int count;
    bool presses;
};

#define ON FINGER_ON
#define NEAR FINGER_NEAR
#define GONE FINGER_GONE

static const struct hand hands[] = {
    {"taps", {{80, ON}}, 1, true},
    {"holds for three seconds", {{1500, ON}, {1500, ON}}, 2, true},
    {"leans on the glass", {{3001, ON}}, 1, false},
    {"rolls while it lifts", {{50, ON}, {30, ON}}, 2, true},
    {"trembles over the edge of the halo and back",
     {{60, NEAR}, {90, ON}, {60, NEAR}, {90, ON}, {60, NEAR}, {90, ON}, {20, ON}},
     7,
     true},
    {"strays and lifts on it again", {{60, NEAR}, {300, ON}}, 2, true},
    {"strays and lifts there", {{60, NEAR}, {90, NEAR}}, 2, false},
    {"strays and stays away", {{60, NEAR}, {301, ON}, {10, ON}}, 3, false},
    {"slides away and comes back", {{60, GONE}, {60, ON}}, 2, false},
    {"is far off when it lifts", {{60, ON}, {10, GONE}}, 2, false},
    {"strays, then changes its mind", {{60, NEAR}, {60, GONE}, {60, ON}}, 3, false},
};

static struct pointer
touch(int id, int x)
{
    return (struct pointer){.id = id, .x = x, .y = 100};
}

static void
test_a_hand_presses_what_it_means(void **state)
{
    struct pointer pointer = touch(1, 100);

    (void)state;
    for (size_t i = 0; i < sizeof(hands) / sizeof(hands[0]); i++) {
        const struct hand *hand = &hands[i];
        struct finger finger;
        int64_t now_ms = 1000;
        bool pressed;

        finger_init(&finger);
        assert_true(finger_goes_down(&finger, &pointer, now_ms, NEAR_PX));
        finger_presses(&finger, now_ms);
        for (int at = 0; at < hand->count - 1; at++) {
            now_ms += hand->moments[at].after_ms;
            finger_moves(&finger, hand->moments[at].place, now_ms);
        }
        now_ms += hand->moments[hand->count - 1].after_ms;
        pressed = finger_lifts(&finger, &pointer, hand->moments[hand->count - 1].place,
                               now_ms);
        if (pressed != hand->presses) {
            fail_msg("a hand that %s %s", hand->does,
                     pressed ? "presses" : "does not press");
        }
        assert_int_equal(finger.state, FINGER_NONE);
    }
}

static void
test_a_second_finger_waits_until_the_first_is_lifted(void **state)
{
    struct pointer first = touch(1, 100), second = touch(2, 900);
    struct finger finger;

    (void)state;
    finger_init(&finger);
    assert_true(finger_goes_down(&finger, &first, 0, NEAR_PX));
    finger_presses(&finger, 0);
    assert_false(finger_goes_down(&finger, &second, 10, NEAR_PX));
    assert_false(finger_is(&finger, &second));
    assert_true(finger_lifts(&finger, &first, FINGER_ON, 20));
    assert_true(finger_goes_down(&finger, &second, 30, NEAR_PX));
}

/* The same place within 40 ms is the panel; another place is another finger. */
static void
test_a_panel_that_bounces_is_no_second_touch(void **state)
{
    struct pointer there = touch(1, 100), beside = touch(1, 130);
    struct finger finger;

    (void)state;
    finger_init(&finger);
    assert_true(finger_goes_down(&finger, &there, 0, NEAR_PX));
    finger_presses(&finger, 0);
    assert_true(finger_lifts(&finger, &there, FINGER_ON, 80));
    assert_false(finger_goes_down(&finger, &there, 100, NEAR_PX));
    assert_false(finger_lifts(&finger, &there, FINGER_ON, 110));
    assert_true(finger_goes_down(&finger, &beside, 120, NEAR_PX));
    finger_vanishes(&finger);
    assert_true(finger_goes_down(&finger, &there, 150, NEAR_PX));
}

static void
test_what_is_spent_presses_nothing_more(void **state)
{
    struct pointer pointer = touch(1, 100);
    struct finger finger;

    (void)state;
    finger_init(&finger);
    finger_goes_down(&finger, &pointer, 0, NEAR_PX);
    finger_presses(&finger, 0);
    finger_spend(&finger);
    assert_false(finger_is_busy(&finger));
    assert_false(finger_moves(&finger, FINGER_ON, 50));
    assert_false(finger_lifts(&finger, &pointer, FINGER_ON, 60));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_hand_presses_what_it_means),
        cmocka_unit_test(test_a_second_finger_waits_until_the_first_is_lifted),
        cmocka_unit_test(test_a_panel_that_bounces_is_no_second_touch),
        cmocka_unit_test(test_what_is_spent_presses_nothing_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
