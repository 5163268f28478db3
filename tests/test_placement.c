#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "device/display/placement.h"

static const int rotations[] = {0, 90, 180, 270};

/* A generator of our own: the same cases on every machine. */
static int
chance(uint32_t *seed, int below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (int)((*seed >> 8) % (uint32_t)below);
}

/* By the definition of turning, one pixel at a time and slowly. */
static uint32_t
expected_pixel(const struct placement *p, const uint32_t *canvas, int panel_x,
               int panel_y)
{
    int x = panel_x - p->x, y = panel_y - p->y;
    int width = p->canvas_width, height = p->canvas_height;
    int turns = p->rotation / 90;

    if (x < 0 || y < 0) {
        return 0;
    }
    x /= p->scale;
    y /= p->scale;
    for (int i = 0; i < turns; i++) { /* a quarter back: the size before it was … */
        int rest = turns - 1 - i;
        int height_before = rest % 2 == 0 ? height : width;
        int old_x = y, old_y = height_before - 1 - x;

        x = old_x;
        y = old_y;
        if (old_y < 0) {
            return 0;
        }
    }
    return x < width && y < height && x >= 0 && y >= 0 ? canvas[y * width + x] : 0;
}

static void
test_a_corner_goes_where_the_rotation_says(void **state)
{
    static const struct {
        int rotation;
        struct rectangle shown;
    } cases[] = {
        {0, {0, 0, 2, 3}},
        {90, {17, 0, 3, 2}},
        {180, {8, 17, 2, 3}},
        {270, {0, 8, 3, 2}},
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct placement p;
        struct rectangle shown;
        bool lies = cases[i].rotation % 180 != 0;

        assert_true(placement_make(&p, 10, 20, lies ? 20 : 10, lies ? 10 : 20,
                                   cases[i].rotation));
        shown = placement_to_panel(&p, (struct rectangle){0, 0, 2, 3});
        assert_memory_equal(&shown, &cases[i].shown, sizeof(shown));
    }
}

static void
test_a_canvas_is_enlarged_by_whole_pixels_and_centred(void **state)
{
    static const struct {
        int width, height, rotation, scale, x, y;
    } cases[] = {
        {1080, 1920, 0, 1, 0, 0},   {1920, 1080, 90, 1, 0, 0},
        {2160, 3840, 180, 2, 0, 0}, {3840, 2160, 270, 2, 0, 0},
        {1920, 1200, 90, 1, 0, 60}, {1920, 1080, 0, 0, 0, 0},
        {1079, 1920, 0, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct placement p;
        bool fits = placement_make(&p, 1080, 1920, cases[i].width, cases[i].height,
                                   cases[i].rotation);

        assert_int_equal(fits, cases[i].scale > 0);
        assert_int_equal(p.scale, cases[i].scale);
        if (fits) {
            assert_int_equal(p.x, cases[i].x);
            assert_int_equal(p.y, cases[i].y);
        }
    }
}

/* Whatever is changed, drawing the changed parts shows what drawing all would show. */
static void
test_drawing_parts_is_drawing_the_whole(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct placement p;
        int width = 1 + chance(&seed, 90), height = 1 + chance(&seed, 90);
        int panel_width = 1 + chance(&seed, 260), panel_height = 1 + chance(&seed, 260);
        size_t pitch = (size_t)panel_width + (size_t)chance(&seed, 3);
        uint32_t *canvas = calloc((size_t)(width * height), sizeof(*canvas));
        uint32_t *again = calloc((size_t)(width * height), sizeof(*canvas));
        uint32_t *panel = calloc(pitch * (size_t)panel_height, sizeof(*panel));

        if (placement_make(&p, width, height, panel_width, panel_height,
                           rotations[chance(&seed, 4)]))
        {
            struct rectangle whole = {0, 0, width, height};

            for (int i = 0; i < width * height; i++) {
                canvas[i] = 1 + (uint32_t)chance(&seed, 1 << 23);
            }
            placement_draw(&p, canvas, whole, panel, pitch);
            for (int change = 0; change < 4; change++) {
                struct rectangle part = {chance(&seed, width + 8) - 4,
                                         chance(&seed, height + 8) - 4,
                                         chance(&seed, width), chance(&seed, height)};
                struct rectangle inside = rectangle_intersection(part, whole), drawn,
                                 told;

                for (int y = inside.y; y < inside.y + inside.height; y++) {
                    for (int x = inside.x; x < inside.x + inside.width; x++) {
                        canvas[y * width + x] ^= 0x555555;
                    }
                }
                drawn = placement_draw(&p, canvas, part, panel, pitch);
                told = placement_to_panel(&p, part);
                assert_memory_equal(&drawn, &told, sizeof(drawn));
                assert_int_equal(drawn.width * drawn.height,
                                 inside.width * inside.height * p.scale * p.scale);
            }
            for (int y = 0; y < panel_height; y++) {
                for (int x = 0; x < panel_width; x++) {
                    assert_int_equal(panel[(size_t)y * pitch + (size_t)x],
                                     expected_pixel(&p, canvas, x, y));
                }
            }
            placement_read(&p, panel, pitch, again);
            assert_memory_equal(again, canvas, (size_t)(width * height) * 4);
        }
        free(canvas);
        free(again);
        free(panel);
    }
}

/* A finger on any pixel of the panel means the pixel of the canvas that it shows. */
static void
test_a_place_on_the_panel_is_the_canvas_pixel_shown_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct placement p;
        uint32_t canvas[7 * 5], panel[31 * 23] = {0};

        for (uint32_t j = 0; j < 7 * 5; j++) {
            canvas[j] = j + 1;
        }
        assert_true(placement_make(&p, 7, 5, 31, 23, rotations[i]));
        placement_draw(&p, canvas, (struct rectangle){0, 0, 7, 5}, panel, 31);
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 31; x++) {
                int canvas_x, canvas_y;

                placement_to_canvas(&p, x, y, &canvas_x, &canvas_y);
                assert_in_range(canvas_x, 0, 6);
                assert_in_range(canvas_y, 0, 4);
                if (panel[y * 31 + x] != 0) {
                    assert_int_equal(canvas[canvas_y * 7 + canvas_x],
                                     panel[y * 31 + x]);
                }
            }
        }
        /* Beside the canvas it is the nearest pixel: the panel's corner, its corner. */
        int corner_x, corner_y;

        placement_to_canvas(&p, 0, 0, &corner_x, &corner_y);
        assert_int_equal(canvas[corner_y * 7 + corner_x], panel[p.y * 31 + p.x]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_corner_goes_where_the_rotation_says),
        cmocka_unit_test(test_a_canvas_is_enlarged_by_whole_pixels_and_centred),
        cmocka_unit_test(test_drawing_parts_is_drawing_the_whole),
        cmocka_unit_test(test_a_place_on_the_panel_is_the_canvas_pixel_shown_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
