#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/html.h"

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements_nest_and_close),
        cmocka_unit_test(test_nothing_from_outside_becomes_markup),
        cmocka_unit_test(test_a_long_page_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
