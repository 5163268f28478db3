#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/skyline.h"

#define STAGE 0x0b333cu
#define STAGE_2 0x124450u
#define STAGE_3 0x1c5866u
#define ACCENT 0xffc44du

static struct canvas *
painted(struct skyline skyline, struct rectangle clip)
{
    struct rectangle stage = skyline.stage;
    struct canvas *canvas =
        canvas_create(stage.x + stage.width, stage.y + stage.height);
    struct theme theme;

    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    canvas_fill(canvas, canvas->clip, STAGE);
    canvas_clip(canvas, clip);
    skyline_paint(canvas, &theme, &skyline);
    return canvas;
}

static const struct rectangle everywhere = {0, 0, 4000, 4000};

static uint32_t
pixel(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels[y * canvas->width + x];
}

/* Pixels of the design's pictures (design/png). */
static const struct {
    struct skyline skyline;
    struct {
        int x, y;
        uint32_t rgb;
    } pixels[12];
} pictures[] = {
    {{SKYLINE_ATTRACT, {0, 0, 1080, 1920}, false, 0},
     {{846, 709, ACCENT},
      {846, 890, ACCENT},
      {340, 1210, STAGE_2},
      {340, 1245, STAGE_3},
      {340, 1260, STAGE},
      {482, 1000, STAGE_2},
      {60, 1120, ACCENT},
      {957, 1040, ACCENT},
      {60, 1281, ACCENT},
      {500, 1281, STAGE_2},
      {712, 1180, ACCENT},
      {600, 1410, STAGE_2}}},
    {{SKYLINE_HOME, {0, 0, 1080, 640}, false, 0},
     {{984, 234, ACCENT},
      {984, 192, ACCENT},
      {540, 580, STAGE_3},
      {540, 610, STAGE},
      {450, 508, ACCENT},
      {595, 530, ACCENT},
      {498, 527, ACCENT},
      {322, 555, ACCENT},
      {1013, 555, ACCENT},
      {16, 544, ACCENT},
      {707, 544, ACCENT},
      {191, 470, STAGE}}},
    {{SKYLINE_HOME, {0, 0, 1080, 640}, true, 0},
     {{95, 234, ACCENT},
      {629, 508, ACCENT},
      {484, 530, ACCENT},
      {66, 555, ACCENT},
      {757, 555, ACCENT},
      {372, 544, ACCENT},
      {1063, 544, ACCENT},
      {665, 542, ACCENT}}},
    {{SKYLINE_HOME_REACH, {0, 0, 1080, 960}, false, 0},
     {{846, 400, ACCENT}, {846, 330, ACCENT}, {300, 915, STAGE_3}, {957, 720, ACCENT}}},
    {{SKYLINE_HOME_LANDSCAPE, {0, 0, 376, 678}, false, 0},
     {{326, 60, ACCENT},
      {84, 470, ACCENT},
      {8, 473, ACCENT},
      {171, 487, ACCENT},
      {200, 533, STAGE_3},
      {200, 540, STAGE},
      {307, 272, STAGE_2}}},
    {{SKYLINE_HOME_WIDE, {0, 0, 596, 900}, false, 0},
     {{510, 150, ACCENT},
      {142, 640, ACCENT},
      {22, 640, ACCENT},
      {282, 664, ACCENT},
      {300, 738, STAGE_3}}},
    {{SKYLINE_HOME_NARROW, {0, 0, 720, 190}, false, 0},
     {{650, 50, ACCENT},
      {542, 160, ACCENT},
      {594, 168, ACCENT},
      {530, 150, STAGE_2},
      {500, 177, STAGE}}},
    /* Where at other times the sun shines and windows are lit. */
    {{SKYLINE_BLANK, {0, 0, 1080, 1920}, false, 0},
     {{846, 800, STAGE}, {300, 1303, STAGE_3}, {300, 1320, STAGE}}},
};

static void
test_every_view_stands_where_the_design_has_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
        struct canvas *canvas = painted(pictures[i].skyline, everywhere);

        for (size_t j = 0; j < 12 && pictures[i].pixels[j].rgb != 0; j++) {
            int x = pictures[i].pixels[j].x, y = pictures[i].pixels[j].y;

            if (pixel(canvas, x, y) != pictures[i].pixels[j].rgb) {
                fail_msg("picture %zu at %d,%d: %06x", i, x, y, pixel(canvas, x, y));
            }
        }
        canvas_destroy(canvas);
    }
}

static void
test_nothing_is_painted_outside_the_stage(void **state)
{
    struct skyline skyline = {SKYLINE_HOME, {50, 60, 700, 400}, false, 0};
    struct canvas *canvas = painted(skyline, everywhere);
    struct rectangle clip = canvas->clip;

    (void)state;
    for (int y = 0; y < canvas->height; y++) {
        for (int x = 0; x < canvas->width; x++) {
            if (!rectangle_contains(skyline.stage, x, y)) {
                assert_int_equal(pixel(canvas, x, y), STAGE);
            }
        }
    }
    assert_int_equal(clip.width, canvas->width); /* and the clip is put back */
    canvas_destroy(canvas);
}

static void
test_each_step_changes_something_and_only_inside_its_damage(void **state)
{
    static const struct skyline views[] = {
        {SKYLINE_ATTRACT, {0, 0, 270, 480}, false, 0},
        {SKYLINE_ATTRACT, {0, 0, 270, 480}, true, 0},
        {SKYLINE_HOME, {0, 0, 540, 320}, false, 0},
    };

    (void)state;
    for (size_t view = 0; view < sizeof(views) / sizeof(views[0]); view++) {
        struct skyline skyline = views[view];
        struct canvas *before = painted(skyline, everywhere);

        for (skyline.step = 1; skyline.step < 12; skyline.step++) {
            struct rectangle damage = skyline_damage(&skyline);
            struct canvas *after = painted(skyline, everywhere);
            size_t changed = 0;

            for (int y = 0; y < before->height; y++) {
                for (int x = 0; x < before->width; x++) {
                    if (pixel(before, x, y) != pixel(after, x, y)) {
                        assert_true(rectangle_contains(damage, x, y));
                        changed++;
                    }
                }
            }
            assert_true(changed > 0);
            canvas_destroy(before);
            before = after;
        }
        canvas_destroy(before);
    }
}

static void
test_a_step_painted_in_its_damage_alone_gives_the_whole_picture(void **state)
{
    struct skyline skyline = {SKYLINE_ATTRACT, {0, 0, 270, 480}, false, 7};
    struct rectangle damage = skyline_damage(&skyline);
    struct canvas *whole = painted(skyline, everywhere);
    struct canvas *part = painted(skyline, damage);

    (void)state;
    for (int y = damage.y; y < damage.y + damage.height; y++) {
        for (int x = damage.x; x < damage.x + damage.width; x++) {
            assert_int_equal(pixel(part, x, y), pixel(whole, x, y));
        }
    }
    canvas_destroy(whole);
    canvas_destroy(part);
}

static void
test_any_step_can_be_painted(void **state)
{
    struct skyline skyline = {SKYLINE_ATTRACT, {0, 0, 108, 192}, false, 0};

    (void)state;
    for (int i = 0; i < 4; i++) {
        static const int steps[] = {1000, 12345, 1 << 30, 2147483647};
        struct canvas *canvas;

        skyline.step = steps[i];
        canvas = painted(skyline, everywhere);
        assert_int_equal(pixel(canvas, 84, 80), ACCENT);
        canvas_destroy(canvas);
        assert_false(rectangle_is_empty(skyline_damage(&skyline)));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_view_stands_where_the_design_has_it),
        cmocka_unit_test(test_nothing_is_painted_outside_the_stage),
        cmocka_unit_test(test_each_step_changes_something_and_only_inside_its_damage),
        cmocka_unit_test(
            test_a_step_painted_in_its_damage_alone_gives_the_whole_picture),
        cmocka_unit_test(test_any_step_can_be_painted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
