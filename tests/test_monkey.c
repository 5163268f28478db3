/*
 * Whatever anybody does to it, the kiosk keeps its promises: no crash, no leak, no page
 * without a way out, and after every visit nothing of it is left. 20,000 things at
 * random in `make test`, a million in `make soak`:
 *
 *     MONKEY_ACTIONS=1000000 MONKEY_SEED=7 build/tests/test_monkey
 *
 * The seed is printed; the same seed does the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "support/monkey.h"

#define ACTIONS 20000
/* Then the next kiosk, of the next display. */
#define ACTIONS_OF_ONE 2500

static struct monkey monkey; /* too large for a stack that is watched */

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL && text[0] != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

static void
play(enum display_class display, uint64_t seed, uint64_t actions, int64_t *visits,
     int64_t *stops, int64_t seen[SCREEN_COUNT])
{
    char why[300];

    /* Said before, for who is ended by an assertion. */
    print_message("MONKEY_SEED=%" PRIu64 ", display %d\n", seed, (int)display);
    monkey_open(&monkey, display, seed);
    for (uint64_t i = 0; i < actions; i++) {
        if (!monkey_act(&monkey, why)) {
            fail_msg("MONKEY_SEED=%" PRIu64 ", display %d, action %" PRIu64
                     ": it %s; %s",
                     seed, (int)display, i, monkey.doing, why);
        }
    }
    *visits += monkey.visits;
    *stops += monkey.stops;
    for (int i = 0; i < SCREEN_COUNT; i++) {
        seen[i] += monkey.shown[i];
    }
    monkey_close(&monkey);
}

static void
test_a_monkey_finds_no_dead_end(void **state)
{
    uint64_t seed = number_of("MONKEY_SEED", (uint64_t)time(NULL));
    uint64_t actions = number_of("MONKEY_ACTIONS", ACTIONS);
    int64_t visits = 0, stops = 0, seen[SCREEN_COUNT] = {0};
    int screens = 0;

    (void)state;
    print_message("MONKEY_SEED=%" PRIu64 ", %" PRIu64 " actions\n", seed, actions);
    for (uint64_t done = 0; done < actions; done += ACTIONS_OF_ONE) {
        play((enum display_class)(done / ACTIONS_OF_ONE % DISPLAY_CLASS_COUNT),
             seed + done / ACTIONS_OF_ONE,
             actions - done < ACTIONS_OF_ONE ? actions - done : ACTIONS_OF_ONE, &visits,
             &stops, seen);
    }
    for (int i = 0; i < SCREEN_COUNT; i++) {
        screens += seen[i] > 0;
        if (seen[i] == 0) {
            print_message("not met: %s\n", screen_name((enum screen_id)i));
        }
    }
    print_message("%" PRId64 " visits, %" PRId64 " stopped, %d screens\n", visits,
                  stops, screens);
    /* Else it was no monkey but a stone. */
    assert_true(visits > (int64_t)actions / 200);
    assert_true(stops > 0);
    if (actions >= ACTIONS) {
        assert_true(screens > SCREEN_COUNT / 2);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_monkey_finds_no_dead_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
