#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/font.h"

#define PICTURE 512

static uint8_t picture[PICTURE][PICTURE];

struct ink {
    int pieces, left, right, top, bottom;
    uint64_t sum;
};

static void
add_ink(void *data, int x, int y, const uint8_t *mask, int width, int height,
        int stride)
{
    struct ink *ink = data;

    ink->pieces++;
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
            int value = mask[row * stride + column];
            int at_x = x + column, at_y = y + row;

            if (value == 0) {
                continue;
            }
            ink->sum += (uint64_t)value;
            ink->left = at_x < ink->left ? at_x : ink->left;
            ink->right = at_x > ink->right ? at_x : ink->right;
            ink->top = at_y < ink->top ? at_y : ink->top;
            ink->bottom = at_y > ink->bottom ? at_y : ink->bottom;
            if (at_x >= 0 && at_x < PICTURE && at_y >= 0 && at_y < PICTURE) {
                picture[at_y][at_x] = (uint8_t)value;
            }
        }
    }
}

static struct ink
draw(struct fonts *fonts, struct text_style style, const char *text, bool right_to_left)
{
    struct ink ink = {.left = 1 << 20, .top = 1 << 20, .right = -1, .bottom = -1};

    memset(picture, 0, sizeof(picture));
    fonts_draw(fonts, style, text, strlen(text), right_to_left, 100, 100, add_ink,
               &ink);
    return ink;
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

/* Measured by Chromium for the design's pictures (design/layout). */
static const struct {
    int px;
    enum weight weight;
    const char *text;
    int width;
} measured[] = {
    {44, WEIGHT_BOLD, "Paspoort aanvragen", 444},
    {34, WEIGHT_REGULAR, "Gemeente", 167},
    {34, WEIGHT_BOLD, "Voorbeeld", 173},
    {34, WEIGHT_REGULAR, "Bibliotheek De Linde", 329},
    {34, WEIGHT_BOLD, "dinsdag 14.05 uur", 300},
    {44, WEIGHT_REGULAR, "Goedemiddag", 294},
    {84, WEIGHT_BOLD, "Wat wilt u regelen?", 807},
    {34, WEIGHT_BOLD, "Nederlands", 196},
    {34, WEIGHT_REGULAR, "Türkçe", 106},
    {34, WEIGHT_REGULAR, "Українська", 183},
    {34, WEIGHT_REGULAR, "Polski", 93},
    {34, WEIGHT_REGULAR, "العربية", 86},
    {34, WEIGHT_BOLD, "العربية", 97},
    {34, WEIGHT_REGULAR, "مكتبة De Linde", 225},
    {34, WEIGHT_BOLD, "الثلاثاء 14:05", 192},
    {80, WEIGHT_BOLD, "بماذا يمكننا مساعدتك؟", 803},
    {44, WEIGHT_BOLD, "البحث عن", 192},
};

static void
test_widths_agree_with_the_design_within_two_percent(void **state)
{
    for (size_t i = 0; i < sizeof(measured) / sizeof(measured[0]); i++) {
        struct text_style style = {measured[i].px, measured[i].weight};
        int width =
            fonts_width(*state, style, measured[i].text, strlen(measured[i].text));

        if (abs(width - measured[i].width) * 100 > measured[i].width * 2) {
            fail_msg("%s: %d, not %d", measured[i].text, width, measured[i].width);
        }
    }
}

static void
test_ink_stays_within_the_measured_width(void **state)
{
    for (size_t i = 0; i < sizeof(measured) / sizeof(measured[0]); i++) {
        struct text_style style = {measured[i].px, measured[i].weight};
        int width =
            fonts_width(*state, style, measured[i].text, strlen(measured[i].text));

        for (int right_to_left = 0; right_to_left < 2; right_to_left++) {
            struct ink ink = draw(*state, style, measured[i].text, right_to_left);

            assert_true(ink.sum > 0);
            assert_true(ink.left >= 100 - 3);
            assert_true(ink.right <= 100 + width + 3);
            assert_true(ink.right >= 100 + width * 9 / 10);
        }
    }
}

static void
test_kerning_brings_letters_together(void **state)
{
    struct text_style style = {100, WEIGHT_REGULAR};
    int alone = fonts_width(*state, style, "A", 1) + fonts_width(*state, style, "V", 1);

    assert_true(fonts_width(*state, style, "AV", 2) < alone - 2);
    assert_int_equal(fonts_width(*state, style, "", 0), 0);
}

static void
test_capitals_stand_on_the_baseline(void **state)
{
    struct text_style style = {50, WEIGHT_REGULAR};
    struct ink ink = draw(*state, style, "H", false);

    assert_int_equal(fonts_cap_height(*state, style), 36);
    assert_int_equal(ink.bottom, 100 + fonts_ascent(style) - 1);
    assert_in_range(ink.bottom - ink.top + 1, 35, 37);
    assert_int_equal(fonts_height((struct text_style){44, WEIGHT_BOLD}), 60);
    assert_int_equal(fonts_height((struct text_style){34, WEIGHT_REGULAR}), 46);
    assert_int_equal(fonts_height((struct text_style){84, WEIGHT_BOLD}), 115);
    assert_int_equal(fonts_height((struct text_style){58, WEIGHT_ICON}), 58);
}

static void
test_a_time_inside_arabic_reads_from_left_to_right(void **state)
{
    static const char together[] = "موعد 12:30";
    struct text_style style = {40, WEIGHT_REGULAR};
    int width = fonts_width(*state, style, "12:30", 5);
    static uint8_t time_alone[PICTURE][PICTURE];

    draw(*state, style, "12:30", false);
    memcpy(time_alone, picture, sizeof(picture));
    draw(*state, style, together, true);
    /* The time stands at the left, as it looks alone; the word follows it. */
    for (int y = 0; y < PICTURE; y++) {
        assert_memory_equal(picture[y] + 90, time_alone[y] + 90, (size_t)width + 10);
    }
    assert_true(fonts_width(*state, style, together, sizeof(together) - 1) >
                width + 60);
}

static void
test_a_missing_letter_shows_the_replacement(void **state)
{
    struct text_style style = {60, WEIGHT_BOLD};
    static const char *const missing[] = {"\xF0\x9F\x98\x80", "\xFF", "字",
                                          "\xEF\xBF\xBF"};
    struct ink box = draw(*state, style, "\xEF\xBF\xBD", false);

    assert_true(box.sum > 0);
    for (size_t i = 0; i < sizeof(missing) / sizeof(missing[0]); i++) {
        struct ink ink = draw(*state, style, missing[i], false);

        assert_int_equal(ink.sum, box.sum);
        assert_int_equal(ink.left, box.left);
    }
}

static void
test_letters_missing_in_one_face_come_from_another(void **state)
{
    struct text_style regular = {40, WEIGHT_REGULAR}, icon = {40, WEIGHT_ICON};
    struct ink truck = draw(*state, icon, "\xEE\x95\x98", false);
    struct ink in_text = draw(*state, regular, "\xEE\x95\x98", false);

    assert_true(truck.sum > 0);
    assert_int_equal(truck.sum, in_text.sum);
    assert_int_equal(fonts_width(*state, icon, "\xEE\x95\x98", 3), 40);
    assert_true(draw(*state, icon, "A", false).sum > 0);
}

static void
test_what_is_never_seen_takes_no_width(void **state)
{
    struct text_style style = {40, WEIGHT_REGULAR};
    int width = fonts_width(*state, style, "voorbeeld", 9);

    assert_int_equal(fonts_width(*state, style,
                                 "voor\xC2\xAD"
                                 "beeld",
                                 11),
                     width);
    assert_int_equal(fonts_width(*state, style,
                                 "voor\xE2\x80\x8E"
                                 "beeld",
                                 12),
                     width);
    /* A no-break space is as wide as a space. */
    assert_int_equal(fonts_width(*state, style,
                                 "a\xC2\xA0"
                                 "b",
                                 4),
                     fonts_width(*state, style, "a b", 3));
}

static const struct {
    const char *text;
    int width;
    const char *lines; /* with "|" after each */
} broken[] = {
    {"Trouwen of samenwonen", 300, "Trouwen of|samenwonen|"},
    {"Trouwen of samenwonen", 1000, "Trouwen of samenwonen|"},
    {"Trouwen  of", 100, "Trouwen|of|"},
    {"ID-kaart", 100, "ID-|kaart|"},
    {"06-12345678 bellen", 100, "06-12345678|bellen|"},
    {"van -5 tot", 60, "van|-5|tot|"},
    {"14.05\xC2\xA0uur en", 60, "14.05\xC2\xA0uur|en|"},
    {"Hottentottententententoonstelling", 50, "Hottentottententententoonstelling|"},
    {"eerst\ndan", 1000, "eerst|dan|"},
    {"eerst\n\ndan", 1000, "eerst||dan|"},
    {"الانتقال إلى سكن جديد", 220, "الانتقال إلى|سكن جديد|"},
    {"einde ", 1000, "einde|"},
};

static void
test_lines_break_at_spaces_and_after_hyphens(void **state)
{
    struct text_style style = {44, WEIGHT_BOLD};

    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        const char *text = broken[i].text;
        size_t left = strlen(text);
        char lines[200] = "";

        while (left > 0) {
            size_t line, next;

            fonts_break(*state, style, text, left, broken[i].width, &line, &next);
            assert_true(line <= next && next > 0 && next <= left);
            strncat(lines, text, line);
            strcat(lines, "|");
            text += next;
            left -= next;
        }
        assert_string_equal(lines, broken[i].lines);
    }
}

static void
test_the_same_text_gives_the_same_ink_warm_or_cold(void **state)
{
    struct text_style style = {44, WEIGHT_BOLD};
    struct ink arabic = draw(*state, style, "الانتقال 12:30", true);
    struct ink latin = draw(*state, style, "Überweg", false);

    for (int px = 300; px < 400; px++) { /* more than the atlas holds */
        char text[] = "@WMÄ";

        draw(*state, (struct text_style){px, WEIGHT_BOLD}, text, false);
        draw(*state, (struct text_style){px, WEIGHT_BOLD}, "الشاشة", true);
    }
    assert_int_equal(draw(*state, style, "الانتقال 12:30", true).sum, arabic.sum);
    assert_int_equal(draw(*state, style, "Überweg", false).sum, latin.sum);
    fonts_forget(*state);
    assert_int_equal(draw(*state, style, "الانتقال 12:30", true).sum, arabic.sum);
}

/* What is remembered of one text is not taken for another's. */
static void
test_a_letter_has_its_own_width_after_any_other(void **state)
{
    static const enum weight weights[] = {WEIGHT_REGULAR, WEIGHT_BOLD};
    int cold[2][128];

    for (char letter = '!'; letter < 127; letter++) {
        for (int i = 0; i < 2; i++) {
            struct text_style style = {62, weights[i]};

            fonts_forget(*state);
            cold[i][(int)letter] = fonts_width(*state, style, &letter, 1);
        }
    }
    fonts_forget(*state);
    for (int i = 0; i < 2; i++) {
        for (char letter = '!'; letter < 127; letter++) {
            struct text_style style = {62, weights[i]};

            assert_int_equal(fonts_width(*state, style, &letter, 1),
                             cold[i][(int)letter]);
        }
    }
}

static void
test_a_missing_font_file_is_named(void **state)
{
    struct error error = {0};

    (void)state;
    assert_int_equal(setenv("LOKETZUIL_FONTS", "/nowhere", 1), 0);
    assert_null(fonts_open(&error));
    assert_int_equal(unsetenv("LOKETZUIL_FONTS"), 0);
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "NotoSans-Regular.ttf"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths_agree_with_the_design_within_two_percent),
        cmocka_unit_test(test_ink_stays_within_the_measured_width),
        cmocka_unit_test(test_kerning_brings_letters_together),
        cmocka_unit_test(test_capitals_stand_on_the_baseline),
        cmocka_unit_test(test_a_time_inside_arabic_reads_from_left_to_right),
        cmocka_unit_test(test_a_missing_letter_shows_the_replacement),
        cmocka_unit_test(test_letters_missing_in_one_face_come_from_another),
        cmocka_unit_test(test_what_is_never_seen_takes_no_width),
        cmocka_unit_test(test_lines_break_at_spaces_and_after_hyphens),
        cmocka_unit_test(test_the_same_text_gives_the_same_ink_warm_or_cold),
        cmocka_unit_test(test_a_letter_has_its_own_width_after_any_other),
        cmocka_unit_test(test_a_missing_font_file_is_named),
    };

    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
