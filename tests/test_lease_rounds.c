#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "support/lease_world.h"

/*
 * Two kiosks with leases through thick and thin (support/lease_world.h). LEASE_SEED
 * repeats a walk, LEASE_ROUNDS makes it longer: `make soak` walks 10,000.
 */

#define SHORT_ROUNDS 400
#define PLANTED_ROUNDS_MAX 1500

static uint64_t
from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void
print(const struct lease_world *world, uint64_t seed, size_t rounds)
{
    print_message(
        "seed %llu, %zu rounds: %zu given out offline, %zu booked online, "
        "%zu never shown, %zu cancelled; %zu power cuts, %zu starts without a "
        "clock, %zu copied cards, %zu declared lost; %zu tickets good, %zu "
        "conflicts for staff\n"
        "%zu lost, %zu double, %zu conflicts without cause, %zu out of time, "
        "%zu orphaned\n",
        (unsigned long long)seed, rounds, world->leased, world->online, world->unshown,
        world->cancelled, world->cuts, world->reboots, world->copies, world->lost,
        world->honoured, world->conflicts, world->missing, world->doubled,
        world->unfounded, world->untrusted, world->orphaned);
}

static void
test_no_ticket_is_double_and_none_is_lost(void **state)
{
    const uint64_t seed = from_environment("LEASE_SEED", (uint64_t)time(NULL));
    const size_t rounds = from_environment("LEASE_ROUNDS", SHORT_ROUNDS);
    struct lease_world world;

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    lease_world_begin(&world, seed);
    for (size_t i = 0; i < rounds; i++) {
        lease_world_round(&world);
    }
    lease_world_end(&world);
    print(&world, seed, rounds);
    assert_int_equal(lease_world_wrong(&world), 0);
    assert_true(world.leased > rounds / 50); /* it did happen */
    assert_true(rounds < 5000 || world.conflicts > 0);
    book_setup_check(&world.rig.book);
    lease_world_close(&world);
}

/* A book that is not as ours must be: the cells are free when the lease ends. */
static void
test_cells_that_are_freed_by_a_clock_are_found_out(void **state)
{
    struct lease_world world;
    size_t rounds = 0;

    (void)state;
    lease_world_begin(&world, 5);
    world.planted = true;
    while (lease_world_wrong(&world) == 0 && rounds < PLANTED_ROUNDS_MAX) {
        lease_world_round(&world);
        rounds++;
    }
    print(&world, 5, rounds);
    assert_true(world.doubled > 0);
    lease_world_close(&world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_ticket_is_double_and_none_is_lost),
        cmocka_unit_test(test_cells_that_are_freed_by_a_clock_are_found_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
