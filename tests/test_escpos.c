#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "ticket/escpos.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PAPER_ROWS_MAX 2000
#define PAPER_STRIDE_MAX 80

/*
 * A printer on paper of our own, written from the manual and not from the encoder:
 * it does what the bytes say and fails the test at one that it does not know.
 */
struct paper {
    bool dots[PAPER_ROWS_MAX][PAPER_STRIDE_MAX * 8];
    int row, columns;
    int commands, bands, rows_max, feed;
    bool initialised, cut;
};

static struct paper paper;

static size_t
print_raster(const uint8_t *bytes, size_t left)
{
    unsigned columns = bytes[4] + 256u * bytes[5], rows = bytes[6] + 256u * bytes[7];
    size_t at = 8;

    assert_true(left >= 8 + (size_t)columns * rows);
    assert_int_equal(bytes[3], 0); /* neither doubled in width nor in height */
    assert_true(columns <= PAPER_STRIDE_MAX);
    assert_true(rows > 0);
    paper.columns = (int)columns * 8;
    paper.bands++;
    paper.rows_max = (int)rows > paper.rows_max ? (int)rows : paper.rows_max;
    for (unsigned y = 0; y < rows; y++) {
        for (unsigned x = 0; x < columns; x++) {
            uint8_t byte = bytes[at++];

            for (unsigned dot = 0; dot < 8; dot++, byte = (uint8_t)(byte << 1)) {
                paper.dots[paper.row][x * 8 + dot] = byte >= 0x80;
            }
        }
        paper.row++;
    }
    return at;
}

static void
print(const uint8_t *bytes, size_t length)
{
    size_t at = 0;

    memset(&paper, 0, sizeof(paper));
    while (at < length) {
        const uint8_t *command = bytes + at;
        size_t left = length - at;

        assert_true(!paper.cut || command[1] == 0x61); /* nothing is drawn after it */
        assert_true(left >= 2);
        paper.commands++;
        if (command[0] == 0x1b && command[1] == 0x40) {
            assert_int_equal(paper.commands, 1);
            paper.initialised = true;
            at += 2;
        } else if (command[0] == 0x1d && command[1] == 0x76 && left >= 8) {
            assert_int_equal(command[2], 0x30);
            at += print_raster(command, left);
        } else if (command[0] == 0x1b && command[1] == 0x4a && left >= 3) {
            paper.feed += command[2];
            at += 3;
        } else if (command[0] == 0x1d && command[1] == 0x56 && left >= 4) {
            assert_int_equal(command[2], 66); /* feed, then cut partially */
            paper.cut = true;
            at += 4;
        } else if (command[0] == 0x1d && command[1] == 0x61 && left >= 3) {
            assert_int_equal(command[2] != 0, !paper.cut);
            at += 3;
        } else {
            fail_msg("byte %zu: no command that the printer knows", at);
        }
    }
}

/* Noise, padding bits included. */
static struct bitmap
noise(int width, int height, uint32_t seed)
{
    struct bitmap bitmap = {width, height, NULL};
    size_t count = bitmap_stride(&bitmap) * (size_t)height;

    bitmap.rows = memory_allocate(count, 1);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        bitmap.rows[i] = (uint8_t)(seed >> 24);
    }
    return bitmap;
}

static void
assert_same_on_paper(const struct bitmap *bitmap)
{
    assert_int_equal(paper.row, bitmap->height);
    assert_int_equal(paper.columns, (bitmap->width + 7) / 8 * 8);
    for (int y = 0; y < bitmap->height; y++) {
        for (int x = 0; x < paper.columns; x++) {
            bool black = x < bitmap->width && bitmap_is_black(bitmap, x, y);

            /* A dot that was added is told from a fault by its neighbours. */
            bool added = x % 8 == 4 && paper.dots[y][x - 1] && !black;

            if (paper.dots[y][x] != black && !added) {
                fail_msg("dot %d of row %d is not what was drawn", x, y);
            }
        }
    }
}

static void
test_the_paper_shows_every_dot_that_was_drawn(void **state)
{
    static const struct {
        int width, height, bands;
    } cases[] = {
        {576, 1200, 7}, {384, 900, 5}, {576, 192, 1}, {576, 193, 2},
        {576, 191, 1},  {1, 1, 1},     {7, 3, 1},     {9, 400, 3},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bitmap bitmap = noise(cases[i].width, cases[i].height, (uint32_t)i);
        size_t length;
        uint8_t *bytes = escpos_encode(&bitmap, &length);

        print(bytes, length);
        assert_same_on_paper(&bitmap);
        assert_int_equal(paper.bands, cases[i].bands);
        assert_true(paper.rows_max <= ESCPOS_BAND_ROWS);
        free(bytes);
        free(bitmap.rows);
    }
}

static void
test_a_ticket_begins_clean_and_ends_cut(void **state)
{
    struct bitmap bitmap = noise(576, 300, 1);
    size_t length;
    uint8_t *bytes = escpos_encode(&bitmap, &length);

    (void)state;
    print(bytes, length);
    assert_true(paper.initialised);
    assert_true(paper.feed >= 80); /* a centimetre, past the tear bar */
    assert_true(paper.cut);
    free(bytes);
    free(bitmap.rows);
}

static void
test_one_black_dot_has_known_bytes(void **state)
{
    static const uint8_t expected[] = {
        0x1b, 0x40, 0x1d, 0x61, 0x0e, 0x1d, 0x76, 0x30, 0,  2, 0,    2,    0, 0,
        0,    0x00, 0x40, 0x1b, 0x4a, 96,   0x1d, 0x56, 66, 0, 0x1d, 0x61, 0};
    struct bitmap bitmap = {12, 2, memory_allocate(4, 1)};
    size_t length;
    uint8_t *bytes;

    (void)state;
    bitmap_blacken(&bitmap, 9, 1);
    bytes = escpos_encode(&bitmap, &length);
    assert_int_equal(length, sizeof(expected));
    assert_memory_equal(bytes, expected, length);
    free(bytes);
    free(bitmap.rows);
}

/* Of all that a real-time command can begin with, wherever in a row or between two. */
static bool
holds_an_order(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if (bytes[i] == 0x10 &&
            (bytes[i + 1] == 0x04 || bytes[i + 1] == 0x05 || bytes[i + 1] == 0x14))
        {
            return true;
        }
    }
    return false;
}

static void
test_no_picture_is_an_order_to_the_printer(void **state)
{
    static const uint8_t pairs[][2] = {{0x10, 0x04}, {0x10, 0x05}, {0x10, 0x14},
                                       {0x04, 0x10}, {0x05, 0x10}, {0x10, 0x10}};

    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        for (int width = 8; width <= 40; width += 8) {
            struct bitmap bitmap = noise(width, 2 * ESCPOS_BAND_ROWS + 16, (uint32_t)i);
            size_t count = bitmap_stride(&bitmap) * (size_t)bitmap.height, length;
            uint8_t *bytes;

            for (size_t j = 0; j < count; j++) {
                bitmap.rows[j] = pairs[i][j % 2];
            }
            bytes = escpos_encode(&bitmap, &length);
            assert_false(holds_an_order(bytes, length));
            print(bytes, length);
            assert_same_on_paper(&bitmap);
            free(bytes);
            free(bitmap.rows);
        }
    }
}

static void
test_only_a_lone_dot_gets_a_neighbour(void **state)
{
    struct bitmap bitmap = noise(576, 1000, 5);
    size_t length, added = 0;
    uint8_t *bytes = escpos_encode(&bitmap, &length);

    (void)state;
    print(bytes, length);
    for (int y = 0; y < bitmap.height; y++) {
        for (int x = 0; x < bitmap.width; x++) {
            added += paper.dots[y][x] && !bitmap_is_black(&bitmap, x, y);
        }
    }
    assert_true(added > 0 && added < 20); /* noise: three in 65536 bytes */
    assert_false(holds_an_order(bytes, length));
    free(bytes);
    free(bitmap.rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_paper_shows_every_dot_that_was_drawn),
        cmocka_unit_test(test_a_ticket_begins_clean_and_ends_cut),
        cmocka_unit_test(test_one_black_dot_has_known_bytes),
        cmocka_unit_test(test_no_picture_is_an_order_to_the_printer),
        cmocka_unit_test(test_only_a_lone_dot_gets_a_neighbour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
