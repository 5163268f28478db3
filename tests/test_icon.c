#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "ui/font.h"
#include "ui/icon.h"

static void
test_icons_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(icon_code_point("local_shipping"), 0xE558);
    assert_int_equal(icon_code_point("access_time"), 0xE192);
    assert_int_equal(icon_code_point("wb_sunny"), 0xE430);
    assert_int_equal(icon_code_point("no_such_icon"), 0);
    assert_int_equal(icon_code_point(""), 0);
    for (size_t i = 1; i < icon_count(); i++) {
        assert_true(strcmp(icon_name(i - 1), icon_name(i)) < 0);
    }
    for (size_t i = 0; i < icon_count(); i++) {
        assert_true(icon_code_point(icon_name(i)) != 0);
    }
}

static void
test_arrows_turn_round_and_others_do_not(void **state)
{
    (void)state;
    assert_string_equal(icon_mirrored("arrow_back"), "arrow_forward");
    assert_string_equal(icon_mirrored("chevron_right"), "chevron_left");
    assert_string_equal(icon_mirrored("check"), "check");
    assert_true(icon_is_directional("chevron_left"));
    assert_false(icon_is_directional("local_shipping"));
    for (size_t i = 0; i < icon_count(); i++) {
        const char *other = icon_mirrored(icon_name(i));

        assert_true(icon_code_point(other) != 0);
        assert_string_equal(icon_mirrored(other), icon_name(i));
    }
}

static void
count_ink(void *data, int x, int y, const uint8_t *mask, int width, int height,
          int stride)
{
    uint64_t *hash = data;

    (void)x, (void)y;
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
            *hash = (*hash ^ mask[row * stride + column]) * 0x100000001B3u;
        }
    }
}

static uint64_t
picture_of(struct fonts *fonts, uint32_t code_point)
{
    struct text_style style = {48, WEIGHT_ICON};
    char text[5];
    size_t length = text_encode(code_point, text);
    uint64_t hash = 1;

    fonts_draw(fonts, style, text, length, false, 0, 0, count_ink, &hash);
    return hash;
}

static void
test_every_code_point_has_a_glyph_in_the_font(void **state)
{
    struct error error;
    struct fonts *fonts = fonts_open(&error);
    uint64_t missing;

    (void)state;
    assert_non_null(fonts);
    missing = picture_of(fonts, 0xF8FF);
    for (size_t i = 0; i < icon_count(); i++) {
        if (picture_of(fonts, icon_code_point(icon_name(i))) == missing) {
            fail_msg("%s is not in the font", icon_name(i));
        }
    }
    fonts_close(fonts);
}

/* Every "icon": "…" of the example municipality's catalogue. */
static void
test_every_icon_of_the_example_catalogue_exists(void **state)
{
    FILE *file = fopen("assets/example/catalogue.json", "r");
    char line[8192];
    size_t found = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL) {
        for (char *at = line; (at = strstr(at, "\"icon\":")) != NULL;) {
            char name[64];

            at += strlen("\"icon\":");
            assert_int_equal(sscanf(at, " \"%63[^\"]\"", name), 1);
            if (!icon_exists(name)) {
                fail_msg("no icon %s", name);
            }
            found++;
        }
    }
    fclose(file);
    assert_true(found > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_icons_are_found_by_name),
        cmocka_unit_test(test_arrows_turn_round_and_others_do_not),
        cmocka_unit_test(test_every_code_point_has_a_glyph_in_the_font),
        cmocka_unit_test(test_every_icon_of_the_example_catalogue_exists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
