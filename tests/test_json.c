#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct json *
parse(const char *text)
{
    struct error error = {0};
    struct json *root = json_parse(text, strlen(text), &error);

    if (root == NULL) {
        fail_msg("%s", error.message);
    }
    return root;
}

static void
test_a_tree_keeps_values_order_and_lines(void **state)
{
    struct json *root = parse("{\n \"naam\": \"Zo\\u00eb \\ud83d\\ude00\",\n"
                              " \"aantal\": -9223372036854775808,\n"
                              " \"lijst\": [1, 2.5, true,\n null, 9223372036854775808]"
                              "\n}\n");
    const struct json *list = json_member(root, "lijst");
    const struct json *item = json_first(list);

    (void)state;
    assert_int_equal(json_type(root), JSON_OBJECT);
    assert_int_equal(json_count(root), 3);
    assert_null(json_name(root));
    assert_null(json_next(root));
    assert_string_equal(json_string(json_member(root, "naam")), "Zoë 😀");
    assert_int_equal(json_line(json_member(root, "naam")), 2);
    assert_true(json_integer(json_member(root, "aantal")) == INT64_MIN);
    assert_int_equal(json_line(list), 4);
    assert_string_equal(json_name(list), "lijst");
    assert_int_equal(json_integer(item), 1);
    assert_true(json_number(item) == 1.0);
    item = json_next(item);
    assert_true(json_number(item) == 2.5);
    item = json_next(item);
    assert_true(json_boolean(item));
    item = json_next(item);
    assert_int_equal(json_type(item), JSON_NULL);
    assert_int_equal(json_line(item), 5);
    item = json_next(item);
    assert_int_equal(json_type(item), JSON_NUMBER); /* too large for int64_t */
    assert_null(json_next(item));
    assert_null(json_name(item));
    assert_null(json_member(root, "niets"));
    assert_null(json_member(list, "naam"));
    assert_null(json_member(NULL, "naam"));
    json_destroy(root);
    json_destroy(NULL);
}

static void
test_what_is_not_json_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "line 1: "},
        {"  \n ", "line 2: "},
        {"{\n\"a\": 1,\n}", "line 3: parse error"},
        {"[1] [2]", "line 1: parse error"},
        {"[1", "line 1: parse error"},
        {"{\"a\":1 // no\n}", "line 1: lexical error"},
        {"[\"a\nb\"]", "line 1: lexical error"},
        {"[01]", "line 1: "},
        {"[nul]", "line 1: lexical error"},
        {"[NaN]", "line 1: lexical error"},
        {"[1e999]", "line 1: number is too large"},
        {"{\"a\":1,\n\"b\":2,\n\"a\":3}", "line 3: a: name is used twice"},
        {"[\n\"\\u0000\"]", "line 2: text holds a NUL character"},
        {"[\n\"\\ud83d\"]", "line 2: text holds half a surrogate pair"},
        {"[\n\"\\ud83dx\"]", "line 2: text holds half a surrogate pair"},
        {"[\n\"\\ude00\\ud83d\"]", "line 2: text holds half a surrogate pair"},
        {"[\n\"\xff\"]", "line 2: "},
        {"[\"\xc0\x80\"]", "line 1: "},
        {"[\"\xed\xa0\x80\"]", "line 1: "},
        {"{\"\xed\xa0\x80\":1}", "line 1: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error = {0};
        struct json *root = json_parse(cases[i].text, strlen(cases[i].text), &error);

        if (root != NULL || strstr(error.message, cases[i].message) != error.message) {
            fail_msg("%s: %s", cases[i].text, error.message);
        }
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
}

static void
test_an_escaped_backslash_begins_no_escape(void **state)
{
    struct json *root = parse("[\"\\\\u0000\\\\ud800\"]");

    (void)state;
    assert_string_equal(json_string(json_first(root)), "\\u0000\\ud800");
    json_destroy(root);
}

static void
test_a_nul_in_the_middle_is_refused(void **state)
{
    struct error error = {0};

    (void)state;
    assert_null(json_parse("[1]\0", 4, &error));
    assert_null(json_parse("[\"a\0b\"]", 7, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
}

static void
test_nesting_has_a_bottom(void **state)
{
    char text[2 * JSON_DEPTH_MAX + 3];
    struct error error = {0};
    struct json *root;

    (void)state;
    memset(text, '[', JSON_DEPTH_MAX);
    memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    root = json_parse(text, 2 * JSON_DEPTH_MAX, &error);
    assert_non_null(root);
    json_destroy(root);
    memset(text, '[', JSON_DEPTH_MAX + 1);
    memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    assert_null(json_parse(text, 2 * JSON_DEPTH_MAX + 2, &error));
    assert_string_equal(error.message, "line 1: nested too deeply");
}

static void
test_many_members_and_long_texts_are_fine(void **state)
{
    struct json_writer *writer = json_writer_create();
    struct error error = {0};
    struct json *root;
    char *long_text = test_malloc(40001);
    size_t length;

    (void)state;
    memset(long_text, 'x', 40000);
    long_text[40000] = '\0';
    json_write_object(writer);
    for (int i = 0; i < 20000; i++) {
        char name[16];

        snprintf(name, sizeof(name), "n%d", i);
        json_write_name(writer, name);
        json_write_integer(writer, i);
    }
    json_write_name(writer, "long");
    json_write_text(writer, long_text);
    json_write_end(writer);
    json_writer_text(writer, &length);
    root = json_parse(json_writer_text(writer, NULL), length, &error);
    assert_non_null(root);
    assert_int_equal(json_count(root), 20001);
    assert_int_equal(json_integer(json_member(root, "n19999")), 19999);
    assert_string_equal(json_string(json_member(root, "long")), long_text);
    json_destroy(root);
    json_writer_destroy(writer);
    test_free(long_text);
}

static void
test_required_members_say_what_is_wrong(void **state)
{
    struct json *root = parse("{\"t\": \"abc\",\n\"n\": 7,\n\"half\": 0.5,\n"
                              "\"yes\": true, \"at\": \"2026-08-21T15:40:00+02:00\"}");
    struct error error = {0};
    char text[4] = "";
    int64_t integer = 0;
    bool boolean = false;

    (void)state;
    assert_true(json_get_text(root, "t", text, sizeof(text), &error));
    assert_string_equal(text, "abc");
    assert_false(json_get_text(root, "t", text, 3, &error));
    assert_string_equal(error.message, "line 1: t: must be at most 2 bytes long");
    assert_false(json_get_text(root, "n", text, sizeof(text), &error));
    assert_string_equal(error.message, "line 2: n: must be text, not whole number");
    assert_false(json_get_text(root, "no", text, sizeof(text), &error));
    assert_string_equal(error.message, "line 1: no: is missing");
    assert_true(json_get_integer(root, "n", 7, 7, &integer, &error));
    assert_int_equal(integer, 7);
    assert_false(json_get_integer(root, "n", 1, 6, &integer, &error));
    assert_string_equal(error.message, "line 2: n: must be a whole number from 1 to 6");
    assert_false(json_get_integer(root, "half", 0, 6, &integer, &error));
    assert_string_equal(error.message,
                        "line 3: half: must be a whole number from 0 to 6");
    assert_false(json_get_integer(root, "no", 0, 6, &integer, &error));
    assert_true(json_get_boolean(root, "yes", &boolean, &error));
    assert_true(boolean);
    assert_false(json_get_boolean(root, "n", &boolean, &error));
    assert_true(json_get_instant(root, "at", &integer, &error));
    assert_int_equal(integer, 1787319600);
    assert_false(json_get_instant(root, "t", &integer, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    json_destroy(root);
}

static void
test_written_text_is_read_back(void **state)
{
    struct json_writer *writer = json_writer_create();
    size_t length;

    (void)state;
    json_write_object(writer);
    json_write_name(writer, "a\"b");
    json_write_text(writer, "line\nback\\slash\ttab \x7f é \xff.");
    json_write_name(writer, "list");
    json_write_array(writer);
    json_write_integer(writer, INT64_MIN);
    json_write_number(writer, 0.1);
    json_write_number(writer, 1.0 / 3);
    json_write_boolean(writer, true);
    json_write_boolean(writer, false);
    json_write_null(writer);
    json_write_array(writer);
    json_write_end(writer);
    json_write_object(writer);
    json_write_end(writer);
    json_write_end(writer);
    json_write_end(writer);
    assert_string_equal(
        json_writer_text(writer, &length),
        "{\"a\\\"b\":\"line\\nback\\\\slash\\u0009tab \\u007f é \xef\xbf"
        "\xbd.\",\"list\":[-9223372036854775808,0.1,0.3333333333333333,"
        "true,false,null,[],{}]}");
    assert_int_equal(length, strlen(json_writer_text(writer, NULL)));
    json_writer_destroy(writer);
    json_writer_destroy(NULL);
}

static void
test_a_copy_is_the_same_text(void **state)
{
    static const char text[] =
        "{\"a\":[1,-2.5,true,null,\"\\\"é\\n\"],\"b\":{\"c\":{},\"d\":[]}}";
    struct error error;
    struct json *root = json_parse(text, strlen(text), &error);
    struct json_writer *writer = json_writer_create();

    (void)state;
    assert_non_null(root);
    json_write_copy(writer, root);
    assert_string_equal(json_writer_text(writer, NULL), text);
    json_writer_destroy(writer);
    json_destroy(root);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tree_keeps_values_order_and_lines),
        cmocka_unit_test(test_what_is_not_json_is_refused_with_its_line),
        cmocka_unit_test(test_an_escaped_backslash_begins_no_escape),
        cmocka_unit_test(test_a_nul_in_the_middle_is_refused),
        cmocka_unit_test(test_nesting_has_a_bottom),
        cmocka_unit_test(test_many_members_and_long_texts_are_fine),
        cmocka_unit_test(test_required_members_say_what_is_wrong),
        cmocka_unit_test(test_written_text_is_read_back),
        cmocka_unit_test(test_a_copy_is_the_same_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
