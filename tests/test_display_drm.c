#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/loop.h"
#include "device/display/uevent.h"
#include "support/fake_kms.h"

#define WIDTH 6
#define HEIGHT 10
#define PATIENCE_MS 20000

/* A display of 6×10 at a fake kernel. */
struct stage {
    struct fake_kms fake;
    struct kms kms;
    struct loop *loop;
    struct display *display;
    uint32_t canvas[WIDTH * HEIGHT];
    bool late;
};

static const struct rectangle whole = {0, 0, WIDTH, HEIGHT};

static void
hear_late(void *data)
{
    ((struct stage *)data)->late = true;
}

static struct stage *
stage_new(void)
{
    struct stage *stage = calloc(1, sizeof(*stage));

    stage->fake.cards[0] = (struct fake_card){
        .plugged = true,
        .wants_flush = true,
        .panel_count = 1,
        .panels = {fake_panel(1, WIDTH, HEIGHT)},
    };
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++) {
        stage->canvas[i] = 0x010101 * (i + 1);
    }
    stage->kms = fake_kms_start(&stage->fake);
    stage->loop = loop_create();
    loop_add_timer(stage->loop, PATIENCE_MS, hear_late, stage);
    return stage;
}

static void
stage_end(struct stage *stage)
{
    assert_false(stage->late);
    display_destroy(stage->display);
    fake_kms_stop(&stage->fake);
    loop_destroy(stage->loop);
    free(stage);
}

static void
open_turned(struct stage *stage, int rotation)
{
    const struct display_drm_options options = {
        .width = WIDTH, .height = HEIGHT, .rotation = rotation};
    struct error error = {0};

    stage->display = kms_display_create(stage->loop, &stage->kms, &options, &error);
    if (stage->display == NULL) {
        fail_msg("%s", error.message);
    }
}

static void
refuse(struct stage *stage, const struct display_drm_options *options,
       const char *message)
{
    struct error error = {0};

    stage->display = kms_display_create(stage->loop, &stage->kms, options, &error);
    assert_null(stage->display);
    assert_int_equal(error.kind, ERROR_DEVICE);
    assert_string_equal(error.message, message);
}

static void
serve(struct stage *stage)
{
    fake_kms_say(&stage->fake, "drm");
    loop_turn(stage->loop, -1);
}

/* Not turned, in the middle of a panel of any size, enlarged by `scale`. */
static void
assert_shows_canvas(const struct stage *stage, int card, int scale)
{
    const struct fake_glass *glass = &stage->fake.glasses[card];
    int left = (glass->width - scale * WIDTH) / 2;
    int top = (glass->height - scale * HEIGHT) / 2;

    assert_false(fake_kms_is_dark(&stage->fake, card));
    for (int y = 0; y < glass->height; y++) {
        for (int x = 0; x < glass->width; x++) {
            bool inside = x >= left && y >= top && x < left + scale * WIDTH &&
                          y < top + scale * HEIGHT;
            uint32_t expected =
                inside ? stage->canvas[(y - top) / scale * WIDTH + (x - left) / scale]
                       : 0;

            assert_int_equal(fake_kms_pixel(&stage->fake, card, x, y), expected);
        }
    }
}

static void
test_the_mode_is_the_one_asked_for_or_preferred_or_the_least_that_fits(void **state)
{
    static const struct kms_mode modes[] = {
        {1280, 720, 60, true},   {1920, 1080, 30, false}, {1920, 1080, 60, false},
        {3840, 2160, 60, false}, {1080, 1920, 60, false},
    };
    static const struct {
        int rotation, mode_width, mode_height, expected; /* -1: none */
    } cases[] = {
        {0, 0, 0, 4},       {90, 0, 0, 2},        {180, 0, 0, 4},
        {270, 0, 0, 2},     {90, 3840, 2160, 3},  {0, 3840, 2160, 3},
        {0, 1280, 720, -1}, {90, 1920, 1200, -1}, {90, 1080, 1920, -1},
    };
    struct kms_panel panel = {.mode_count = 5};

    (void)state;
    memcpy(panel.modes, modes, sizeof(modes));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct display_drm_options options = {
            .width = 1080,
            .height = 1920,
            .rotation = cases[i].rotation,
            .mode_width = cases[i].mode_width,
            .mode_height = cases[i].mode_height,
        };
        const struct kms_mode *mode = kms_mode_choose(&panel, &options);

        if (cases[i].expected < 0) {
            assert_null(mode);
        } else {
            assert_ptr_equal(mode, &panel.modes[cases[i].expected]);
        }
    }
    /* Preferred, it wins also from smaller ones. */
    panel.modes[0].preferred = false;
    panel.modes[3].preferred = true;
    assert_ptr_equal(
        kms_mode_choose(&panel,
                        &(struct display_drm_options){.width = 1080, .height = 1920}),
        &panel.modes[3]);
}

static void
test_nothing_is_shown_before_the_first_present(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    open_turned(stage, 0);
    assert_int_equal(stage->fake.shows, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_int_equal(stage->fake.shows, 1);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

/* What a panel turned by the same angle the other way sees upright. */
static void
test_only_presented_parts_reach_the_panel_turned(void **state)
{
    (void)state;
    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct stage *stage = stage_new();
        struct rectangle parts[] = {{1, 2, 3, 4}, {5, 9, 9, 9}, {-3, -3, 2, 2}};
        bool lies = rotation % 180 != 0;
        uint32_t expected[WIDTH * HEIGHT], changed[WIDTH * HEIGHT];

        stage->fake.cards[0].panels[0] =
            fake_panel(1, lies ? HEIGHT : WIDTH, lies ? WIDTH : HEIGHT);
        open_turned(stage, rotation);
        display_present(stage->display, stage->canvas, &whole, 1);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH, y = i / WIDTH;

            changed[i] = 0xFF0000u + (uint32_t)i;
            expected[i] =
                rectangle_contains(parts[0], x, y) || rectangle_contains(parts[1], x, y)
                    ? changed[i]
                    : stage->canvas[i];
        }
        display_present(stage->display, changed, parts, 3);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int shown_x = rotation == 0     ? x
                              : rotation == 90  ? HEIGHT - 1 - y
                              : rotation == 180 ? WIDTH - 1 - x
                                                : y;
                int shown_y = rotation == 0     ? y
                              : rotation == 90  ? x
                              : rotation == 180 ? HEIGHT - 1 - y
                                                : WIDTH - 1 - x;
                int found_x, found_y;

                assert_int_equal(fake_kms_pixel(&stage->fake, 0, shown_x, shown_y),
                                 expected[y * WIDTH + x]);
                display_locate(
                    stage->display, (shown_x + 0.5) / (lies ? HEIGHT : WIDTH),
                    (shown_y + 0.5) / (lies ? WIDTH : HEIGHT), &found_x, &found_y);
                assert_int_equal(found_x, x);
                assert_int_equal(found_y, y);
            }
        }
        stage_end(stage);
    }
}

static void
test_more_parts_than_one_call_takes_all_reach_the_panel(void **state)
{
    struct stage *stage = stage_new();
    struct rectangle parts[200];
    int flushes;

    (void)state;
    for (int i = 0; i < 200; i++) {
        parts[i] = (struct rectangle){i % WIDTH, i / WIDTH % HEIGHT, 1, 1};
    }
    open_turned(stage, 0);
    display_present(stage->display, (uint32_t[WIDTH * HEIGHT]){0}, &whole, 1);
    flushes = stage->fake.flushes;
    display_present(stage->display, stage->canvas, parts, 200);
    assert_int_equal(stage->fake.flushes - flushes, 4);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_a_driver_that_needs_no_flush_is_asked_once(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    stage->fake.cards[0].wants_flush = false;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    stage->canvas[7] = 0x123456;
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_int_equal(stage->fake.flushes, 1);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_another_panel_shows_the_same_picture(void **state)
{
    struct stage *stage = stage_new();
    struct rectangle corner = {0, 0, 1, 1};

    (void)state;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    stage->fake.cards[0].panels[0].connected = false;
    serve(stage);
    assert_true(fake_kms_is_dark(&stage->fake, 0));
    assert_true(display_shows(stage->display)); /* nothing keeps it from a panel */
    stage->canvas[0] = 0xABCDEF; /* what changes in the dark is not lost */
    display_present(stage->display, stage->canvas, &corner, 1);
    stage->fake.cards[0].panels[0] = fake_panel(1, 2 * WIDTH + 3, 2 * HEIGHT + 1);
    serve(stage);
    assert_shows_canvas(stage, 0, 2);
    stage->fake.cards[0].panels[0] = fake_panel(1, WIDTH, HEIGHT);
    serve(stage);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_other_news_of_the_kernel_changes_nothing(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    fake_kms_say(&stage->fake, "usb");
    loop_turn(stage->loop, -1);
    assert_int_equal(stage->fake.shows, 1);
    serve(stage); /* the same panel again: a link that was down comes up */
    assert_int_equal(stage->fake.shows, 2);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_it_waits_in_the_dark_for_the_first_panel(void **state)
{
    struct stage *stage = stage_new();
    int x, y;

    (void)state;
    stage->fake.cards[0].panels[0].connected = false;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    display_locate(stage->display, 0.99, 0.0, &x, &y);
    assert_int_equal(x, WIDTH - 1);
    assert_true(fake_kms_is_dark(&stage->fake, 0));
    stage->fake.cards[0].panels[0].connected = true;
    serve(stage);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_a_card_may_be_unplugged_and_come_back(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    stage->fake.cards[0].plugged = false;
    serve(stage);
    assert_true(fake_kms_is_dark(&stage->fake, 0));
    stage->canvas[0] = 0xABCDEF;
    display_present(stage->display, stage->canvas, &whole, 1);
    stage->fake.cards[2] = stage->fake.cards[0];
    stage->fake.cards[2].plugged = true;
    serve(stage);
    assert_shows_canvas(stage, 2, 1);
    stage_end(stage);
}

static void
test_a_card_without_panels_and_an_empty_one_are_passed_over(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    stage->fake.cards[2] = stage->fake.cards[0];
    stage->fake.cards[1] = stage->fake.cards[0];
    stage->fake.cards[1].panels[0].connected = false;
    stage->fake.cards[0].open_error = ENODEV;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_shows_canvas(stage, 2, 1);
    stage_end(stage);
}

static void
test_the_connector_of_the_settings_is_used(void **state)
{
    struct stage *stage = stage_new();
    const struct display_drm_options options = {
        .width = WIDTH, .height = HEIGHT, .connector = "HDMI-A-2"};
    struct error error = {0};

    (void)state;
    stage->fake.cards[0].panel_count = 2;
    stage->fake.cards[0].panels[1] = fake_panel(2, 3 * WIDTH, 3 * HEIGHT);
    stage->display = kms_display_create(stage->loop, &stage->kms, &options, &error);
    assert_non_null(stage->display);
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_shows_canvas(stage, 0, 3);
    stage_end(stage);
}

/* Runs until the display has tried; its timer is the only thing to wait for. */
static void
serve_tries(struct stage *stage, int count)
{
    while (stage->fake.tries < count && !stage->late) {
        loop_turn(stage->loop, -1);
    }
}

static void
test_a_screen_lost_to_another_program_comes_back_whole(void **state)
{
    static const bool wants_flush[] = {true, false};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct stage *stage = stage_new();
        struct rectangle corner = {0, 0, 1, 1};

        stage->fake.cards[0].wants_flush = wants_flush[i];
        open_turned(stage, 0);
        display_present(stage->display, stage->canvas, &whole, 1);
        fake_kms_take(&stage->fake, 0);
        stage->canvas[0] = 0xABCDEF; /* this present finds out … */
        display_present(stage->display, stage->canvas, &corner, 1);
        stage->canvas[1] = 0xFEDCBA; /* … and this one finds it lost */
        display_present(stage->display, stage->canvas, &(struct rectangle){1, 0, 1, 1},
                        1);
        serve_tries(stage, 2);
        assert_true(fake_kms_is_dark(&stage->fake, 0));
        fake_kms_release(&stage->fake, 0);
        serve_tries(stage, 3);
        assert_shows_canvas(stage, 0, 1);
        stage_end(stage);
    }
}

/* A splash has the screen at the start; without privilege only opening helps. */
static void
test_the_screen_is_taken_over_when_the_splash_ends(void **state)
{
    static const bool privileged[] = {true, false};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct stage *stage = stage_new();

        stage->fake.privileged = privileged[i];
        stage->fake.cards[0].taken = true;
        open_turned(stage, 0);
        assert_true(display_shows(stage->display)); /* nothing was asked of it yet */
        display_present(stage->display, stage->canvas, &whole, 1);
        assert_true(fake_kms_is_dark(&stage->fake, 0));
        assert_false(display_shows(stage->display));
        serve_tries(stage, 1);
        assert_true(fake_kms_is_dark(&stage->fake, 0));
        assert_false(display_shows(stage->display));
        fake_kms_release(&stage->fake, 0);
        serve_tries(stage, 2);
        assert_shows_canvas(stage, 0, 1);
        assert_true(display_shows(stage->display));
        stage_end(stage);
    }
}

/* A still gives the panel to the next program, which is never seen dark between. */
static void
test_a_still_stays_until_another_program_shows(void **state)
{
    struct stage *stage = stage_new();
    const struct display_drm_options options = {
        .width = WIDTH, .height = HEIGHT, .yields = true};
    struct error error = {0};
    struct display *still;
    uint32_t dots[WIDTH * HEIGHT] = {0x123456};

    (void)state;
    stage->fake.deaf = true; /* two listeners on one pair of sockets */
    still = kms_display_create(stage->loop, &stage->kms, &options, &error);
    assert_non_null(still);
    display_present(still, dots, &whole, 1);
    open_turned(stage, 0);
    assert_int_equal(fake_kms_pixel(&stage->fake, 0, 0, 0), 0x123456);
    display_present(stage->display, stage->canvas, &whole, 1); /* at the first try */
    assert_shows_canvas(stage, 0, 1);
    display_destroy(still);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_a_mode_that_fails_is_set_again(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    open_turned(stage, 0);
    stage->fake.show_error = -EINVAL;
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_true(fake_kms_is_dark(&stage->fake, 0));
    serve_tries(stage, 1);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_without_news_of_the_kernel_it_works_too(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    stage->fake.deaf = true;
    open_turned(stage, 0);
    display_present(stage->display, stage->canvas, &whole, 1);
    assert_shows_canvas(stage, 0, 1);
    stage_end(stage);
}

static void
test_what_can_not_show_the_canvas_is_refused_with_the_reason(void **state)
{
    struct stage *stage = stage_new();
    struct display_drm_options options = {.width = WIDTH, .height = HEIGHT};

    (void)state;
    options.rotation = 90;
    refuse(stage, &options,
           "HDMI-A-1 has no mode for a canvas of 6x10 turned by 90; it has 6x10");
    options.rotation = 0;
    options.mode_width = 60;
    options.mode_height = 100;
    refuse(stage, &options,
           "HDMI-A-1 has no such mode for a canvas of 6x10 turned by 0; it has 6x10");
    options.mode_width = 0;
    stage_end(stage);
}

static void
test_no_card_is_refused_with_the_reason(void **state)
{
    static const struct {
        bool plugged;
        int error;
        const char *message;
    } cases[] = {
        {false, 0, "there is no graphics card for panels"},
        {true, ENODEV, "there is no graphics card for panels"},
        {true, EACCES, "card0: Permission denied"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct stage *stage = stage_new();

        stage->fake.cards[0].plugged = cases[i].plugged;
        stage->fake.cards[0].open_error = cases[i].error;
        refuse(stage, &(struct display_drm_options){.width = WIDTH, .height = HEIGHT},
               cases[i].message);
        stage_end(stage);
    }
}

static void
test_a_uevent_is_told_by_its_whole_subsystem(void **state)
{
    static const struct {
        const char *message;
        size_t length;
        bool is_drm;
    } cases[] = {
        {"add@/x\0SUBSYSTEM=drm\0", 21, true},
        {"add@/x\0SUBSYSTEM=drm", 20, true},
        {"add@/x\0SUBSYSTEM=drm_dp_aux_dev\0", 32, false},
        {"add@/x\0SUBSYSTEM=dr\0", 20, false},
        {"add@/x\0XSUBSYSTEM=drm\0", 22, false},
        {"add@/SUBSYSTEM=drm\0", 19, false},
        {"\0\0\0", 3, false},
        {"", 0, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(uevent_is_of(cases[i].message, cases[i].length, "drm"),
                         cases[i].is_drm);
    }
}

/* The real maker on this machine: a picture where it has a panel, else the reason. */
static void
test_the_real_kernel_answers(void **state)
{
    const struct display_drm_options options = {.width = 640, .height = 480};
    struct loop *loop = loop_create();
    struct error error = {0};
    struct display *display = display_drm_create(loop, &options, &error);

    (void)state;
    if (display == NULL) {
        assert_int_equal(error.kind, ERROR_DEVICE);
        print_message("no picture here: %s\n", error.message);
    }
    display_destroy(display);
    loop_destroy(loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_the_mode_is_the_one_asked_for_or_preferred_or_the_least_that_fits),
        cmocka_unit_test(test_nothing_is_shown_before_the_first_present),
        cmocka_unit_test(test_only_presented_parts_reach_the_panel_turned),
        cmocka_unit_test(test_more_parts_than_one_call_takes_all_reach_the_panel),
        cmocka_unit_test(test_a_driver_that_needs_no_flush_is_asked_once),
        cmocka_unit_test(test_another_panel_shows_the_same_picture),
        cmocka_unit_test(test_other_news_of_the_kernel_changes_nothing),
        cmocka_unit_test(test_it_waits_in_the_dark_for_the_first_panel),
        cmocka_unit_test(test_a_card_may_be_unplugged_and_come_back),
        cmocka_unit_test(test_a_card_without_panels_and_an_empty_one_are_passed_over),
        cmocka_unit_test(test_the_connector_of_the_settings_is_used),
        cmocka_unit_test(test_a_screen_lost_to_another_program_comes_back_whole),
        cmocka_unit_test(test_the_screen_is_taken_over_when_the_splash_ends),
        cmocka_unit_test(test_a_still_stays_until_another_program_shows),
        cmocka_unit_test(test_a_mode_that_fails_is_set_again),
        cmocka_unit_test(test_without_news_of_the_kernel_it_works_too),
        cmocka_unit_test(test_what_can_not_show_the_canvas_is_refused_with_the_reason),
        cmocka_unit_test(test_no_card_is_refused_with_the_reason),
        cmocka_unit_test(test_a_uevent_is_told_by_its_whole_subsystem),
        cmocka_unit_test(test_the_real_kernel_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
