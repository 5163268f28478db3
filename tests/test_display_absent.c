/* A program for a device has no windows. This test is linked to display_sdl_absent.c
 * instead of display_sdl.c, as that program is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "device/display.h"

static void
test_a_window_is_refused_with_what_to_do(void **state)
{
    struct error error = {0};

    (void)state;
    assert_null(
        display_sdl_create(NULL, 1080, 1920, (struct display_listener){0}, &error));
    assert_int_equal(error.kind, ERROR_DEVICE);
    assert_string_equal(error.message,
                        "this program is built without windows: [display] maker = sdl "
                        "can't be used, maker = drm shows on the panel");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_window_is_refused_with_what_to_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
