#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/theme.h"

/* Copied from design/tokens.json: token, default, high-contrast. */
static const struct {
    const char *name;
    uint32_t normal, high_contrast;
} tokens[] = {
    {"stage", 0x0b333c, 0x000000},        {"stage-2", 0x124450, 0x000000},
    {"stage-3", 0x1c5866, 0x000000},      {"on-stage", 0xffffff, 0xffffff},
    {"on-stage-2", 0xcbdfe2, 0xffffff},   {"stage-line", 0x7fa3ab, 0xffffff},
    {"accent", 0xffc44d, 0xffe04a},       {"on-accent", 0x10242b, 0x000000},
    {"sheet", 0xf0f4f4, 0x000000},        {"card", 0xffffff, 0x000000},
    {"ink", 0x10242b, 0xffffff},          {"ink-2", 0x384a51, 0xffffff},
    {"border", 0x647a80, 0xffffff},       {"hairline", 0xd3dddf, 0xffffff},
    {"primary", 0x0b4f5c, 0xffe04a},      {"on-primary", 0xffffff, 0x000000},
    {"primary-down", 0x073840, 0xffffff}, {"primary-soft", 0xddebed, 0x000000},
    {"accent-soft", 0xfff1d1, 0x000000},  {"on-accent-soft", 0x4a3300, 0xffe04a},
    {"success", 0x0a5236, 0x7cf5b0},      {"success-soft", 0xdff1e7, 0x000000},
    {"danger", 0x8a1a1a, 0xffb3ac},       {"danger-soft", 0xfbe8e6, 0x000000},
    {"disabled", 0xe3e9ea, 0x000000},     {"on-disabled", 0x5a6b71, 0xb8b8b8},
    {"focus-in", 0xffc44d, 0x000000},     {"focus-out", 0x10242b, 0x4de1ff},
};

static enum color
color_named(const char *name)
{
    for (enum color color = 0; color < COLOR_COUNT; color++) {
        if (strcmp(theme_color_name(color), name) == 0) {
            return color;
        }
    }
    fail_msg("no colour %s", name);
    return COLOR_NONE;
}

static void
test_our_own_brand_gives_every_design_token(void **state)
{
    struct theme normal, high;

    (void)state;
    theme_make(&normal, THEME_BRAND_1, THEME_BRAND_2, false);
    theme_make(&high, THEME_BRAND_1, THEME_BRAND_2, true);
    for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
        enum color color = color_named(tokens[i].name);

        assert_int_equal(normal.rgb[color], tokens[i].normal);
        assert_int_equal(high.rgb[color], tokens[i].high_contrast);
    }
    assert_true(normal.scrim_alpha == 0.82 && high.scrim_alpha == 0.9);
}

static void
test_contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(fabs(theme_contrast(0x000000, 0xffffff) - 21.0) < 0.001);
    assert_true(fabs(theme_contrast(0xffffff, 0x000000) - 21.0) < 0.001);
    assert_true(fabs(theme_contrast(0x123456, 0x123456) - 1.0) < 0.001);
    assert_true(fabs(theme_contrast(0x767676, 0xffffff) - 4.54) < 0.005);
    assert_true(fabs(theme_contrast(0xcbdfe2, 0x0b333c) - 9.8) < 0.05);
}

static void
test_every_brand_becomes_a_theme_that_can_be_read(void **state)
{
    static const uint32_t levels[] = {0x00, 0x40, 0x80, 0xC0, 0xFF};
    struct error error;
    uint32_t brands[125];
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < 125; i++) {
        brands[count++] = levels[i / 25] << 16 | levels[i / 5 % 5] << 8 | levels[i % 5];
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            struct theme theme;

            theme_make(&theme, brands[i], brands[j], false);
            if (!theme_check(&theme, &error)) {
                fail_msg("%06x %06x: %s", brands[i], brands[j], error.message);
            }
        }
    }
}

static void
test_a_brand_shows_in_its_theme(void **state)
{
    struct theme theme;

    (void)state;
    theme_make(&theme, 0x8a0f2d, 0xffe600, false);
    assert_int_equal(theme.rgb[COLOR_PRIMARY], 0x8a0f2d); /* dark enough as it is */
    assert_int_equal(theme.rgb[COLOR_ACCENT], 0xffe600);
    assert_int_equal(theme.rgb[COLOR_PRIMARY_SOFT], 0xefdde2);
}

static void
test_our_own_themes_pass(void **state)
{
    struct theme theme;
    struct error error;

    (void)state;
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    assert_true(theme_check(&theme, &error));
    theme_make(&theme, 0x123456, 0x654321, true);
    assert_true(theme_check(&theme, &error));
}

static void
test_a_theme_that_cannot_be_read_is_refused_with_the_pair(void **state)
{
    static const struct {
        enum color color;
        uint32_t rgb;
        const char *says;
    } cases[] = {
        {COLOR_INK_2, 0x888888,
         "ink-2 #888888 on sheet #f0f4f4 has contrast 3.20:1, needs 7:1"},
        {COLOR_BORDER, 0xdddddd,
         "border #dddddd on card #ffffff has contrast 1.36:1, needs 3:1"},
        {COLOR_ACCENT, 0x0b333c,
         "accent #0b333c on stage #0b333c has contrast 1.00:1, needs 7:1"},
        {COLOR_BLACK, 0x111111, "black #111111 on white #ffffff"},
        {COLOR_FOCUS_OUT, 0xf0f0f0, "focus-out #f0f0f0 on sheet"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct theme theme;
        struct error error = {0};

        theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
        theme.rgb[cases[i].color] = cases[i].rgb;
        assert_false(theme_check(&theme, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("%s, not %s", error.message, cases[i].says);
        }
    }
}

static void
test_colours_are_six_digits(void **state)
{
    uint32_t rgb = 1;

    (void)state;
    assert_true(theme_color_parse("0b4f5C", &rgb));
    assert_int_equal(rgb, 0x0b4f5c);
    assert_false(theme_color_parse("", &rgb));
    assert_false(theme_color_parse("#0b4f5", &rgb));
    assert_false(theme_color_parse("0b4f5c0", &rgb));
    assert_int_equal(rgb, 0x0b4f5c);
}

static void
test_colours_that_are_none_give_our_own(void **state)
{
    struct theme own, made;
    struct error error = {0};

    (void)state;
    theme_make(&own, THEME_BRAND_1, THEME_BRAND_2, false);
    assert_true(theme_make_from(&made, "", "", &error));
    assert_memory_equal(made.rgb, own.rgb, sizeof(own.rgb));
    assert_true(theme_make_from(&made, "8a1a1a", "", &error));
    assert_memory_not_equal(made.rgb, own.rgb, sizeof(own.rgb));
    assert_false(theme_make_from(&made, "8a1a1a", "yellow", &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_memory_equal(made.rgb, own.rgb, sizeof(own.rgb));
}

static void
test_colours_can_be_set_by_name(void **state)
{
    static const struct {
        const char *colors, *says;
    } wrong[] = {
        {"ink-2", "ink-2: must be six hexadecimal digits, not \"\""},
        {"ink-2 9aa5", "ink-2: must be six hexadecimal digits, not \"9aa5\""},
        {"ink-2 9aa5a9ff", "ink-2: must be six hexadecimal digits"},
        {"ink 384a51, inkt 384a51", "there is no colour \"inkt\""},
        {"none 384a51", "there is no colour \"none\""},
    };
    struct theme theme, kept;
    struct error error = {0};

    (void)state;
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    assert_true(theme_set_colors(&theme, "", &error));
    assert_true(theme_set_colors(&theme, "ink-2 9aa5a9,accent  FFD166", &error));
    assert_int_equal(theme.rgb[COLOR_INK_2], 0x9aa5a9);
    assert_int_equal(theme.rgb[COLOR_ACCENT], 0xffd166);
    assert_false(theme_check(&theme, &error));
    assert_non_null(strstr(error.message, "ink-2 #9aa5a9 on sheet"));
    kept = theme;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_false(theme_set_colors(&theme, wrong[i].colors, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_non_null(strstr(error.message, wrong[i].says));
        assert_memory_equal(theme.rgb, kept.rgb, sizeof(kept.rgb));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_our_own_brand_gives_every_design_token),
        cmocka_unit_test(test_contrast_is_that_of_wcag),
        cmocka_unit_test(test_every_brand_becomes_a_theme_that_can_be_read),
        cmocka_unit_test(test_a_brand_shows_in_its_theme),
        cmocka_unit_test(test_our_own_themes_pass),
        cmocka_unit_test(test_a_theme_that_cannot_be_read_is_refused_with_the_pair),
        cmocka_unit_test(test_colours_are_six_digits),
        cmocka_unit_test(test_colours_that_are_none_give_our_own),
        cmocka_unit_test(test_colours_can_be_set_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
