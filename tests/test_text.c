#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
test_text_that_does_not_fit_is_cut_at_a_whole_character(void **state)
{
    static const struct {
        size_t size;
        const char *wanted;
        bool fits;
    } cases[] = {
        {1, "", false},     {2, "a", false},    {3, "a", false},   {4, "aé", false},
        {5, "aé", false},   {6, "aé", false},   {7, "aé€", false}, {10, "aé€", false},
        {11, "aé€😀", true}, {12, "aé€😀", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *data = malloc(cases[i].size); /* so that a byte too many is noticed */
        struct text text;

        assert_int_equal(text_copy(data, cases[i].size, "aé€😀"), cases[i].fits);
        assert_string_equal(data, cases[i].wanted);
        text = text_begin(data, cases[i].size);
        text_format(&text, "%s", "aé€😀");
        assert_int_equal(text.truncated, !cases[i].fits);
        assert_int_equal(text.length, strlen(data));
        assert_true(strncmp("aé€😀", data, text.length) == 0);
        text_add(&text, "");
        assert_true(text_is_clean(data));
        free(data);
    }
}

static void
test_nothing_is_added_after_a_cut(void **state)
{
    char data[8];
    struct text text = text_begin(data, sizeof(data));

    (void)state;
    text_add(&text, "one ");
    text_format(&text, "%d", 12345);
    assert_true(text.truncated);
    text_add(&text, "x");
    text_add_bytes(&text, "y", 1);
    text_format(&text, "z");
    assert_string_equal(data, "one 123");
}

static void
test_broken_bytes_come_out_one_by_one(void **state)
{
    static const struct {
        const char *text;
        uint32_t characters[6];
    } cases[] = {
        {"aé€😀", {'a', 0xE9, 0x20AC, 0x1F600}},
        {"\xC3", {0xFFFD}},
        {"\x80z", {0xFFFD, 'z'}},
        {"\xC0\x80", {0xFFFD, 0xFFFD}},                         /* overlong */
        {"\xE0\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD}},             /* overlong */
        {"\xED\xA0\x80", {0xFFFD, 0xFFFD, 0xFFFD}},             /* surrogate */
        {"\xF4\x90\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}}, /* past the end */
        {"\xF0\x9F\x98", {0xFFFD, 0xFFFD, 0xFFFD}},
        {"\xEF\xBF\xBD", {0xFFFD}}, /* the real one */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *at = cases[i].text;

        for (size_t n = 0; n == 0 || cases[i].characters[n - 1] != 0; n++) {
            assert_int_equal(text_next(&at), cases[i].characters[n]);
        }
        assert_int_equal(*at, '\0');
    }
}

static void
test_every_character_is_encoded_and_read_back(void **state)
{
    (void)state;
    for (uint32_t character = 1; character <= 0x10FFFF; character++) {
        char bytes[5];
        const char *at = bytes;

        if (character >= 0xD800 && character <= 0xDFFF) {
            continue;
        }
        if (text_encode(character, bytes) != strlen(bytes) ||
            text_next(&at) != character || *at != '\0')
        {
            fail_msg("U+%04X", character);
        }
    }
}

static void
test_clean_text_has_no_control_characters(void **state)
{
    static const struct {
        const char *text;
        bool clean;
    } cases[] = {
        {"", true},          {"Zoë 😀", true},  {"\xEF\xBF\xBD", true},
        {"a\n", false},      {"\t", false},    {"\x7F", false},
        {"\xC2\x85", false}, {"a\xFF", false}, {"\x1B[0m", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(text_is_clean(cases[i].text), cases[i].clean);
    }
}

static void
test_folded_text_is_what_people_type(void **state)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"Ünver", "unver"},
        {"Zoë ÅNGSTRÖM Ñ", "zoe angstrom n"},
        {"Straße Þór Æ ÿ × ÷", "strasse thor ae y × ÷"},
        {"Łódź Wąchock ŻÓŁW", "lodz wachock zolw"},
        {"İstanbul ISPARTA ısı Şişli Ğ ğ", "istanbul isparta isi sisli g g"},
        {"Příliš žluťoučký kůň Ď", "prilis zlutoucky kun d"},
        {"Œuvre ĲSSEL ĳs Đ", "oeuvre ijssel ijs d"},
        {"e\xCC\x81t\xC3\xA9 i\xCC\x87", "ete i"}, /* combining accents */
        {"КИЇВ Ґанок Єнот Йод Ірпінь", "київ ґанок єнот йод ірпінь"},
        {"Ёлка", "ёлка"},
        {"مَـــوعِدٌ", "موعد"},
        {"Parkeer\u00ADkaart", "parkeerkaart"}, /* a soft hyphen */
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char folded[100], again[100];

        text_fold(folded, sizeof(folded), cases[i].text);
        assert_string_equal(folded, cases[i].folded);
        text_fold(again, sizeof(again), folded);
        assert_string_equal(again, folded);
    }
}

static void
test_base32_has_one_text_for_one_value(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        bool valid;
    } cases[] = {
        {"", 0, true},          {"CR", 1, true},
        {"CS", 1, false}, /* spare bits */
        {"cr", 1, false},       {"C", 1, false},
        {"CR0", 1, false},      {"CSQPYRK1", 5, true},
        {"CSQPYRKI", 5, false}, {"CSQPYRKL", 5, false},
        {"CSQPYRKO", 5, false}, {"CSQPYRKU", 5, false},
        {"CSQPYRK1", 4, false}, {"CSQPYRK1E8", 6, true},
        {"CSQP-YRK", 5, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint8_t bytes[8] = {0};
        char text[20];
        bool valid = text_base32_decode(bytes, cases[i].count, cases[i].text,
                                        strlen(cases[i].text));

        if (valid != cases[i].valid) {
            fail_msg("%s", cases[i].text);
        }
        if (valid) {
            assert_memory_equal(bytes, "foobar", cases[i].count);
            text_base32_encode(text, bytes, cases[i].count);
            assert_string_equal(text, cases[i].text);
        }
    }
    assert_false(text_base32_decode((uint8_t[1]){0}, 1, "C\0", 2));
}

static void
test_hexadecimal_is_read_in_both_cases(void **state)
{
    uint8_t bytes[3];
    char text[7];

    (void)state;
    assert_true(text_hex_decode(bytes, 3, "00fFA9"));
    text_hex_encode(text, bytes, 3);
    assert_string_equal(text, "00ffa9");
    assert_false(text_hex_decode(bytes, 3, "00fFA"));
    assert_false(text_hex_decode(bytes, 3, "00fFA99"));
    assert_false(text_hex_decode(bytes, 3, "00fFAg"));
    assert_true(text_hex_decode(bytes, 0, ""));
}

static void
test_a_value_in_a_url_means_nothing_there(void **state)
{
    char buffer[64], cut[9];
    struct text text = text_begin(buffer, sizeof(buffer));

    (void)state;
    text_add(&text, "x=");
    text_add_escaped(&text, "aZ09-._~");
    text_add_escaped(&text, " %/;=&?#+\xC3\xA9");
    assert_string_equal(buffer, "x=aZ09-._~%20%25%2F%3B%3D%26%3F%23%2B%C3%A9");
    text = text_begin(cut, sizeof(cut));
    text_add_escaped(&text, "////");
    assert_true(text.truncated);
}

static void
test_comparing(void **state)
{
    (void)state;
    assert_true(text_equal("a", "a"));
    assert_false(text_equal("a", "A"));
    assert_true(text_starts_with("balie", "bal"));
    assert_true(text_starts_with("balie", ""));
    assert_false(text_starts_with("bal", "balie"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_that_does_not_fit_is_cut_at_a_whole_character),
        cmocka_unit_test(test_nothing_is_added_after_a_cut),
        cmocka_unit_test(test_broken_bytes_come_out_one_by_one),
        cmocka_unit_test(test_every_character_is_encoded_and_read_back),
        cmocka_unit_test(test_clean_text_has_no_control_characters),
        cmocka_unit_test(test_folded_text_is_what_people_type),
        cmocka_unit_test(test_base32_has_one_text_for_one_value),
        cmocka_unit_test(test_hexadecimal_is_read_in_both_cases),
        cmocka_unit_test(test_a_value_in_a_url_means_nothing_there),
        cmocka_unit_test(test_comparing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
