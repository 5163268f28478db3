#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/canvas.h"

#define WIDTH 160
#define HEIGHT 120
#define PAPER 0xF0F4F4u
#define INK 0x10242Bu

static struct canvas *
canvas_new(void)
{
    struct canvas *canvas = canvas_create(WIDTH, HEIGHT);

    canvas_fill(canvas, (struct rectangle){0, 0, WIDTH, HEIGHT}, PAPER);
    return canvas;
}

static uint32_t
pixel(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels[y * canvas->width + x];
}

static const uint8_t chequers[4 * 4 * 4] = {
    255, 0,   0,   255, 0,   255, 0,   255, 0,   0,   255, 128, 9,   9,   9,   0,
    255, 0,   0,   255, 0,   255, 0,   255, 0,   0,   255, 128, 9,   9,   9,   0,
    0,   0,   0,   255, 255, 255, 255, 255, 0,   0,   0,   255, 255, 255, 255, 255,
    255, 255, 255, 255, 0,   0,   0,   255, 255, 255, 255, 255, 0,   0,   0,   255,
};

/* Everything that can be painted, some of it half outside. */
static void
paint_all(struct canvas *canvas, struct fonts *fonts)
{
    struct rectangle tile = {10, 12, 101, 67};
    struct text_style style = {30, WEIGHT_BOLD};

    canvas_shadow(canvas, tile, 14, 0x0B333C);
    canvas_fill_round(canvas, tile, 14, CORNERS_ALL, 0xFFFFFF);
    canvas_outline(canvas, tile, 14, CORNERS_ALL, 2, 0x647A80);
    canvas_outline(canvas, (struct rectangle){-20, 70, 90, 90}, 30, CORNERS_TOP, 6,
                   INK);
    canvas_fill_round(canvas, (struct rectangle){100, -8, 80, 40}, 99,
                      CORNERS_BOTTOM_START, 0xFFC44D);
    canvas_circle(canvas, 120.5, 80.25, 25.7, 0x0B4F5C);
    canvas_circle(canvas, 3, 3, 1, 0xFF0000);
    canvas_fill(canvas, (struct rectangle){140, 60, 40, 9}, 0x123456);
    canvas_veil(canvas, (struct rectangle){60, 60, 300, 20}, 0x000000, 77);
    canvas_picture(canvas, (struct rectangle){5, 80, 37, 29}, chequers, 4, 4, 8);
    canvas_picture(canvas, (struct rectangle){150, 100, 3, 2}, chequers, 4, 4, 0);
    canvas_text(canvas, fonts, style, "Überweg", 8, false, 20, 30, INK);
    canvas_text(canvas, fonts, style, "موعد 12:30", 14, true, 60, 80, INK);
}

static void
test_plain_fills_are_exact_and_clipped(void **state)
{
    struct canvas *canvas = canvas_new();
    size_t filled = 0;

    (void)state;
    canvas_clip(canvas, (struct rectangle){20, -5, 50, 30});
    assert_int_equal(canvas->clip.y, 0);
    assert_int_equal(canvas->clip.height, 25);
    canvas_fill(canvas, (struct rectangle){10, 10, 30, 30}, INK);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            filled += pixel(canvas, x, y) == INK;
        }
    }
    assert_int_equal(filled, 20 * 15);
    assert_int_equal(pixel(canvas, 20, 10), INK);
    assert_int_equal(pixel(canvas, 19, 10), PAPER);
    canvas_fill(canvas, (struct rectangle){0, 0, -5, 10}, 0);
    canvas_clip(canvas, (struct rectangle){500, 500, 10, 10});
    canvas_fill(canvas, (struct rectangle){0, 0, WIDTH, HEIGHT}, 0);
    assert_int_equal(pixel(canvas, 0, 0), PAPER);
    canvas_destroy(canvas);
}

static void
test_rounded_corners_are_smooth_and_alike(void **state)
{
    struct canvas *canvas = canvas_new();
    struct rectangle area = {10, 10, 80, 60};
    int shades = 0;

    (void)state;
    canvas_fill_round(canvas, area, 20, CORNERS_ALL, INK);
    assert_int_equal(pixel(canvas, 10, 10), PAPER);
    assert_int_equal(pixel(canvas, 30, 10), INK);
    assert_int_equal(pixel(canvas, 10, 30), INK);
    assert_int_equal(pixel(canvas, 50, 40), INK);
    /* On the diagonal the arc lies 20 - 20/√2 = 5.86 from the corner. */
    assert_int_equal(pixel(canvas, 14, 14), PAPER);
    assert_int_equal(pixel(canvas, 17, 17), INK);
    for (int y = 0; y < 60; y++) {
        for (int x = 0; x < 80; x++) {
            uint32_t at = pixel(canvas, 10 + x, 10 + y);

            shades += at != PAPER && at != INK;
            assert_int_equal(at, pixel(canvas, 10 + 79 - x, 10 + y));
            assert_int_equal(at, pixel(canvas, 10 + x, 10 + 59 - y));
        }
    }
    assert_in_range(shades, 60, 200);
    canvas_destroy(canvas);
}

static void
test_only_the_asked_corners_are_round(void **state)
{
    static const struct {
        unsigned bit;
        int x, y;
    } corners[] = {{CORNERS_TOP_START, 10, 10},
                   {CORNERS_TOP_END, 89, 10},
                   {CORNERS_BOTTOM_START, 10, 69},
                   {CORNERS_BOTTOM_END, 89, 69}};

    (void)state;
    for (unsigned bits = 0; bits <= CORNERS_ALL; bits++) {
        struct canvas *filled = canvas_new(), *outlined = canvas_new();
        struct rectangle area = {10, 10, 80, 60};

        canvas_fill_round(filled, area, 20, bits, INK);
        canvas_outline(outlined, area, 20, bits, 3, INK);
        for (size_t i = 0; i < 4; i++) {
            uint32_t expected = (bits & corners[i].bit) != 0 ? PAPER : INK;

            assert_int_equal(pixel(filled, corners[i].x, corners[i].y), expected);
            assert_int_equal(pixel(outlined, corners[i].x, corners[i].y), expected);
        }
        canvas_destroy(filled);
        canvas_destroy(outlined);
    }
}

static void
test_an_outline_lies_inside_its_area_and_leaves_the_middle(void **state)
{
    struct canvas *canvas = canvas_new();

    (void)state;
    canvas_outline(canvas, (struct rectangle){10, 10, 80, 60}, 20, CORNERS_ALL, 3, INK);
    assert_int_equal(pixel(canvas, 50, 9), PAPER);
    assert_int_equal(pixel(canvas, 50, 10), INK);
    assert_int_equal(pixel(canvas, 50, 12), INK);
    assert_int_equal(pixel(canvas, 50, 13), PAPER);
    assert_int_equal(pixel(canvas, 89, 40), INK);
    assert_int_equal(pixel(canvas, 86, 40), PAPER);
    assert_int_equal(pixel(canvas, 50, 69), INK);
    assert_int_equal(pixel(canvas, 50, 70), PAPER);
    canvas_destroy(canvas);
}

static void
test_a_circle_has_the_area_of_a_circle(void **state)
{
    static const double radii[] = {0.5, 1, 3.7, 10, 40.25};

    (void)state;
    for (size_t i = 0; i < sizeof(radii) / sizeof(radii[0]); i++) {
        struct canvas *canvas = canvas_create(WIDTH, HEIGHT);
        double sum = 0;

        canvas_circle(canvas, 60.3, 55.8, radii[i], 0xFF);
        for (int at = 0; at < WIDTH * HEIGHT; at++) {
            sum += canvas->pixels[at] / 255.0;
        }
        assert_true(fabs(sum - 3.14159265 * radii[i] * radii[i]) <
                    0.02 + 0.01 * radii[i] * radii[i]);
        canvas_destroy(canvas);
    }
}

static void
test_a_shadow_is_soft_below_and_gone_far_away(void **state)
{
    struct canvas *canvas = canvas_create(WIDTH, HEIGHT);
    struct rectangle area = {40, 30, 80, 50};
    uint32_t below, side;

    (void)state;
    canvas_fill(canvas, (struct rectangle){0, 0, WIDTH, HEIGHT}, 0xFFFFFF);
    canvas_shadow(canvas, area, 14, 0x000000);
    below = 255 - (pixel(canvas, 80, 82) & 0xFF);
    side = 255 - (pixel(canvas, 36, 55) & 0xFF);
    assert_in_range(below, 10, 20);
    assert_in_range(side, 5, 12);
    assert_int_equal(pixel(canvas, 80, 55), pixel(canvas, 79, 55));
    assert_int_equal(pixel(canvas, 10, 55), 0xFFFFFF);
    assert_int_equal(pixel(canvas, 80, 2), 0xFFFFFF);
    canvas_destroy(canvas);
}

static void
test_a_veil_mixes_and_its_ends_are_exact(void **state)
{
    struct canvas *canvas = canvas_new();
    struct rectangle all = {0, 0, WIDTH, HEIGHT};

    (void)state;
    canvas_veil(canvas, all, 0x0B333C, 0);
    assert_int_equal(pixel(canvas, 5, 5), PAPER);
    canvas_veil(canvas, all, 0x000000, 128);
    assert_int_equal(pixel(canvas, 5, 5), 0x787A7A);
    canvas_veil(canvas, all, 0x0B333C, 255);
    assert_int_equal(pixel(canvas, 5, 5), 0x0B333C);
    canvas_destroy(canvas);
}

static void
test_a_picture_is_averaged_down_and_doubled_up(void **state)
{
    static const uint8_t halves[2 * 4] = {255, 255, 255, 255, 0, 0, 0, 255};
    struct canvas *canvas = canvas_new();

    (void)state;
    canvas_picture(canvas, (struct rectangle){0, 0, 1, 1}, halves, 2, 1, 0);
    assert_int_equal(pixel(canvas, 0, 0), 0x808080);
    canvas_picture(canvas, (struct rectangle){10, 10, 8, 4}, halves, 2, 1, 0);
    assert_int_equal(pixel(canvas, 13, 13), 0xFFFFFF);
    assert_int_equal(pixel(canvas, 14, 10), 0x000000);
    assert_int_equal(pixel(canvas, 18, 10), PAPER);
    canvas_picture(canvas, (struct rectangle){40, 40, 4, 4}, chequers, 4, 4, 0);
    assert_int_equal(pixel(canvas, 40, 40), 0xFF0000);
    assert_int_equal(pixel(canvas, 43, 40), PAPER); /* clear */
    assert_int_equal(pixel(canvas, 42, 40), 0x787AFA);
    canvas_picture(canvas, (struct rectangle){60, 60, 40, 40}, chequers, 4, 4, 20);
    assert_int_equal(pixel(canvas, 60, 60), PAPER);
    canvas_destroy(canvas);
}

static void
test_painting_twice_gives_the_same_pixels(void **state)
{
    struct canvas *cold = canvas_new(), *warm = canvas_new();

    paint_all(warm, *state);
    canvas_fill(warm, (struct rectangle){0, 0, WIDTH, HEIGHT}, PAPER);
    paint_all(warm, *state);
    paint_all(cold, *state);
    assert_memory_equal(warm->pixels, cold->pixels, WIDTH * HEIGHT * 4);
    canvas_destroy(warm);
    canvas_destroy(cold);
}

static void
test_painting_under_any_clip_gives_the_same_pixels_inside_it(void **state)
{
    struct canvas *whole = canvas_new();
    uint32_t seed = 20261122;

    paint_all(whole, *state);
    for (int i = 0; i < 300; i++) {
        struct canvas *part = canvas_new();
        int numbers[4];

        for (int j = 0; j < 4; j++) {
            seed = seed * 1664525u + 1013904223u;
            numbers[j] = (int)(seed >> 8) % (j % 2 == 0 ? WIDTH : HEIGHT);
        }
        struct rectangle clip = {numbers[0], numbers[1], numbers[2] / 2 + 1,
                                 numbers[3] / 2 + 1};

        canvas_clip(part, clip);
        paint_all(part, *state);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assert_int_equal(pixel(part, x, y), rectangle_contains(clip, x, y)
                                                        ? pixel(whole, x, y)
                                                        : PAPER);
            }
        }
        canvas_destroy(part);
    }
    canvas_destroy(whole);
}

static int
open_fonts(void **state)
{
    struct error error;

    *state = fonts_open(&error);
    return *state != NULL ? 0 : -1;
}

static int
close_fonts(void **state)
{
    fonts_close(*state);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_fills_are_exact_and_clipped),
        cmocka_unit_test(test_rounded_corners_are_smooth_and_alike),
        cmocka_unit_test(test_only_the_asked_corners_are_round),
        cmocka_unit_test(test_an_outline_lies_inside_its_area_and_leaves_the_middle),
        cmocka_unit_test(test_a_circle_has_the_area_of_a_circle),
        cmocka_unit_test(test_a_shadow_is_soft_below_and_gone_far_away),
        cmocka_unit_test(test_a_veil_mixes_and_its_ends_are_exact),
        cmocka_unit_test(test_a_picture_is_averaged_down_and_doubled_up),
        cmocka_unit_test(test_painting_twice_gives_the_same_pixels),
        cmocka_unit_test(test_painting_under_any_clip_gives_the_same_pixels_inside_it),
    };

    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
