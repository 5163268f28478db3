#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/html.h"
#include "base/text.h"

static void
test_elements_nest_and_close(void **state)
{
    struct html *html = html_create();

    (void)state;
    html_open(html, "html", "lang", "nl", NULL);
    html_open(html, "p", "class", "small", "id", NULL, NULL);
    html_text(html, "een ");
    html_line(html, "b", "twee", NULL);
    html_close(html);
    html_void(html, "input", "name", "start", "value", "1", NULL);
    html_close(html);
    assert_string_equal(html_done(html),
                        "<!DOCTYPE html>\n<html lang=\"nl\"><p class=\"small\">een "
                        "<b>twee</b></p><input name=\"start\" value=\"1\"></html>");
    html_destroy(html);
}

static void
test_nothing_from_outside_becomes_markup(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"a&b", "a&amp;b"},
        {"\"><img src=x>", "&quot;&gt;&lt;img src=x&gt;"},
        {"' onload='x", "&#39; onload=&#39;x"},
        {"&lt;", "&amp;lt;"},
        {"een\ntwee\r\tdrie\x07\x7f", "een\ntweedrie"},
        {"kapot\xff\xc3", "kapot\xef\xbf\xbd\xef\xbf\xbd"},
        {"caf\xc3\xa9 \xd9\x85 \xf0\x9f\x99\x82",
         "caf\xc3\xa9 \xd9\x85 \xf0\x9f\x99\x82"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct html *html = html_create();
        char expected[300] = "<!DOCTYPE html>\n<p title=\"";

        strcat(expected, cases[i].written);
        strcat(expected, "\">");
        strcat(expected, cases[i].written);
        strcat(expected, "</p>");
        html_line(html, "p", cases[i].text, "title", cases[i].text, NULL);
        assert_string_equal(html_done(html), expected);
        html_destroy(html);
    }
}

static void
test_a_long_page_is_whole(void **state)
{
    struct html *html = html_create();
    const char *text;
    size_t marks = 0;

    (void)state;
    html_open(html, "ul", NULL);
    for (int i = 0; i < 10000; i++) {
        html_line(html, "li", "<", NULL);
    }
    html_close(html);
    text = html_done(html);
    for (const char *at = text; (at = strstr(at, "<li>&lt;</li>")) != NULL; at++) {
        marks++;
    }
    assert_int_equal(marks, 10000);
    html_destroy(html);
}

/* --- any bytes ------------------------------------------------------------------- */

#define ROUNDS 20000
#define BYTES_MAX 40

static unsigned
next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (unsigned)(*seed >> 11);
}

/* Half of it is what markup is made of, or pieces of UTF-8 that may not fit. */
static void
random_text(uint64_t *seed, char text[BYTES_MAX + 1])
{
    static const char often[] = "<>&\"'=/;#x \n\r\t\x01\x7f\xc3\xa9\xf0\x9f\x99\x82"
                                "\xed\xa0\x80\xc0\xaf!-amplt";
    size_t length = next_random(seed) % (BYTES_MAX + 1);

    for (size_t i = 0; i < length; i++) {
        unsigned any = next_random(seed);

        text[i] = (any & 0x100) != 0 ? often[any % (sizeof(often) - 1)]
                                     : (char)(any % 255 + 1);
    }
    text[length] = '\0';
}

/* What a browser makes of it: the five references, and nothing else may begin with &.
 */
static const char *
read_reference(const char *at, char **target)
{
    static const struct {
        const char *reference;
        char is;
    } references[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
        size_t length = strlen(references[i].reference);

        if (strncmp(at, references[i].reference, length) == 0) {
            *(*target)++ = references[i].is;
            return at + length;
        }
    }
    fail_msg("%s", at);
    return NULL;
}

/* Up to `end`; fails where markup begins. */
static const char *
read_text(const char *at, const char *end, char *target)
{
    size_t length = strlen(end);

    while (strncmp(at, end, length) != 0) {
        assert_true(*at != '\0' && strchr("<>\"'", *at) == NULL);
        if (*at == '&') {
            at = read_reference(at, &target);
        } else {
            *target++ = *at++;
        }
    }
    *target = '\0';
    return at + length;
}

/* The text without control characters, and U+FFFD for what is no UTF-8. */
static void
expected_text(const char *text, char *target)
{
    uint32_t character;

    while ((character = text_next(&text)) != 0) {
        if (character == '\n' || (character >= 0x20 && character != 0x7f)) {
            target += text_encode(character, target);
        }
    }
    *target = '\0';
}

static void
test_any_bytes_stay_text(void **state)
{
    uint64_t seed = 20261122;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct html *html = html_create();
        char text[BYTES_MAX + 1], value[BYTES_MAX + 1];
        char found[8 * BYTES_MAX], expected[8 * BYTES_MAX];
        const char *at;

        random_text(&seed, text);
        random_text(&seed, value);
        html_line(html, "p", text, "title", value, NULL);
        at = html_done(html) + strlen("<!DOCTYPE html>\n");
        assert_memory_equal(at, "<p title=\"", strlen("<p title=\""));
        at = read_text(at + strlen("<p title=\""), "\">", found);
        expected_text(value, expected);
        assert_string_equal(found, expected);
        at = read_text(at, "</p>", found);
        expected_text(text, expected);
        assert_string_equal(found, expected);
        assert_string_equal(at, "");
        html_destroy(html);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements_nest_and_close),
        cmocka_unit_test(test_nothing_from_outside_becomes_markup),
        cmocka_unit_test(test_a_long_page_is_whole),
        cmocka_unit_test(test_any_bytes_stay_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
