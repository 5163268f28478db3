#include "base/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

/* Encodes and decodes; the caller frees. */
static uint8_t *
round_trip(const struct picture *picture, struct picture *read)
{
    struct error error = {0};
    size_t length;
    void *png = picture_encode(picture, &length);
    uint8_t *pixels = picture_decode(png, length, read, &error);

    free(png);
    if (pixels == NULL) {
        fail_msg("%s", error.message);
    }
    return pixels;
}

static void
test_colours_and_transparency_come_back(void **state)
{
    /* Two rows of two, with four bytes between the rows that are no pixels. */
    static const uint8_t pixels[] = {255, 0, 0,   255, 0, 255, 0, 128, 9, 9, 9, 9,
                                     0,   0, 255, 0,   1, 2,   3, 4,   9, 9, 9, 9};
    struct picture picture = {PICTURE_RGBA, 2, 2, 12, pixels}, read;
    uint8_t *back = round_trip(&picture, &read);

    (void)state;
    assert_int_equal(read.format, PICTURE_RGBA);
    assert_int_equal(read.width, 2);
    assert_int_equal(read.height, 2);
    assert_int_equal(read.stride, 8);
    assert_ptr_equal(read.pixels, back);
    assert_memory_equal(back, pixels, 8);
    assert_memory_equal(back + 8, pixels + 12, 8);
    free(back);
}

static void
test_grey_comes_back_as_opaque_colour(void **state)
{
    static const uint8_t pixels[] = {0, 127, 255};
    static const uint8_t wanted[] = {0,   0,   0,   255, 127, 127,
                                     127, 255, 255, 255, 255, 255};
    struct picture picture = {PICTURE_GREY, 3, 1, 3, pixels}, read;
    uint8_t *back = round_trip(&picture, &read);

    (void)state;
    assert_memory_equal(back, wanted, sizeof(wanted));
    free(back);
}

static void
test_a_set_bit_is_black_from_the_left(void **state)
{
    static const uint8_t pixels[] = {0xA0, 0x40}; /* x.x..... .x */
    struct picture picture = {PICTURE_BITMAP, 10, 1, 2, pixels}, read;
    uint8_t *back = round_trip(&picture, &read);

    (void)state;
    for (int x = 0; x < 10; x++) {
        assert_int_equal(back[4 * x], x == 0 || x == 2 || x == 9 ? 0 : 255);
        assert_int_equal(back[4 * x + 3], 255);
    }
    free(back);
}

static void
test_the_same_pixels_give_the_same_file(void **state)
{
    static const uint8_t pixels[64 * 64];
    struct picture picture = {PICTURE_GREY, 64, 64, 64, pixels}, read;
    char folder[] = "/tmp/loketzuil-picture-XXXXXX";
    char path[64];
    struct error error = {0};
    size_t first_length, second_length;
    void *first = picture_encode(&picture, &first_length);
    char *second;
    uint8_t *back;

    (void)state;
    assert_non_null(mkdtemp(folder));
    strcpy(path, folder);
    strcat(path, "/grey.png");
    assert_true(picture_write(&picture, path, &error));
    second = file_read(path, 100000, &second_length, &error);
    assert_non_null(second);
    assert_int_equal(first_length, second_length);
    assert_memory_equal(first, second, first_length);
    back = picture_read(path, &read, &error);
    assert_non_null(back);
    assert_int_equal(read.width, 64);
    unlink(path);
    rmdir(folder);
    assert_null(picture_read(path, &read, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(picture_write(&picture, path, &error));
    free(first);
    free(second);
    free(back);
}

static void
test_a_broken_file_says_how(void **state)
{
    static const uint8_t pixels[16];
    struct picture picture = {PICTURE_GREY, 4, 4, 4, pixels}, read;
    size_t length;
    uint8_t *png = picture_encode(&picture, &length);
    struct error error = {0};

    (void)state;
    assert_null(picture_decode("GIF89a..", 8, &read, &error));
    assert_string_equal(error.message, "picture: is no PNG");
    for (size_t cut = 0; cut < length; cut++) { /* cut off anywhere */
        error = (struct error){0};
        assert_null(picture_decode(png, cut, &read, &error));
        assert_null(read.pixels);
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_true(error.message[0] != '\0');
    }
    png[length - 20] ^= 1; /* in the pixels: their checksum no longer fits */
    assert_null(picture_decode(png, length, &read, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    free(png);
}

static void
test_a_picture_too_large_is_refused_before_it_takes_memory(void **state)
{
    uint8_t *pixels = calloc(1, PICTURE_SIDE_MAX + 1);
    struct picture picture = {PICTURE_GREY, PICTURE_SIDE_MAX + 1, 1,
                              PICTURE_SIDE_MAX + 1, pixels};
    struct picture read;
    struct error error = {0};
    size_t length;
    void *png = picture_encode(&picture, &length);

    (void)state;
    assert_null(picture_decode(png, length, &read, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    free(png);
    picture.width = PICTURE_SIDE_MAX;
    free(round_trip(&picture, &read));
    free(pixels);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours_and_transparency_come_back),
        cmocka_unit_test(test_grey_comes_back_as_opaque_colour),
        cmocka_unit_test(test_a_set_bit_is_black_from_the_left),
        cmocka_unit_test(test_the_same_pixels_give_the_same_file),
        cmocka_unit_test(test_a_broken_file_says_how),
        cmocka_unit_test(test_a_picture_too_large_is_refused_before_it_takes_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
