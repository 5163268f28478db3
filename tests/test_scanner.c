#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "device/scanner/scanner_maker.h"
#include "device/scanner/wedge_parse.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TEXTS_MAX 16

/* --- a code is typed ------------------------------------------------------------- */

struct heard {
    char texts[TEXTS_MAX][SCANNER_TEXT_BYTES];
    size_t count;
};

static void
hear(void *data, const char *text)
{
    struct heard *heard = data;

    assert_true(strlen(text) < SCANNER_TEXT_BYTES);
    assert_true(text_is_clean(text));
    if (heard->count < TEXTS_MAX) {
        strcpy(heard->texts[heard->count], text);
    }
    heard->count++;
}

/* The key of a letter on a US keyboard, told apart from the table that is tested. */
static int
key_of(char letter, bool *shift)
{
    static const char plain[] =
        "  1234567890-=  qwertyuiop[]  asdfghjkl;'` \\zxcvbnm,./";
    static const char upper[] =
        "  !@#$%^&*()_+  QWERTYUIOP{}  ASDFGHJKL:\"~ |ZXCVBNM<>?";
    const char *at = letter == ' ' ? NULL : strchr(plain, letter);

    *shift = false;
    if (letter == ' ') {
        return KEY_SPACE;
    }
    if (at != NULL) {
        return (int)(at - plain);
    }
    *shift = true;
    at = strchr(upper, letter);
    assert_non_null(at);
    return (int)(at - upper);
}

struct typist {
    struct input_event events[30000];
    size_t count;
    int64_t at_ms;
};

static struct typist typist;

static void
type_event(int type, int code, int value)
{
    struct input_event *event = &typist.events[typist.count++];

    assert_true(typist.count <= COUNT(typist.events));
    memset(event, 0, sizeof(*event));
    event->input_event_sec = typist.at_ms / 1000;
    event->input_event_usec = typist.at_ms % 1000 * 1000;
    event->type = (__u16)type;
    event->code = (__u16)code;
    event->value = value;
}

static void
type_key(int key)
{
    typist.at_ms += 2;
    type_event(EV_KEY, key, 1);
    type_event(EV_SYN, SYN_REPORT, 0);
    type_event(EV_KEY, key, 0);
    type_event(EV_SYN, SYN_REPORT, 0);
}

static void
type_text(const char *text)
{
    for (; *text != '\0'; text++) {
        bool shift;
        int key = key_of(*text, &shift);

        if (shift) {
            type_event(EV_KEY, KEY_LEFTSHIFT, 1);
        }
        type_key(key);
        if (shift) {
            type_event(EV_KEY, KEY_LEFTSHIFT, 0);
        }
    }
}

static void
typist_begin(void)
{
    typist.count = 0;
    typist.at_ms = 1000000;
}

static struct heard
listen_to_typist(void)
{
    struct heard heard = {.count = 0};
    struct wedge_parser parser;

    wedge_parser_init(&parser, (struct scanner_listener){hear, &heard});
    wedge_parse(&parser, typist.events, typist.count);
    return heard;
}

static void
assert_heard(struct heard heard, size_t count, const char *first, const char *second)
{
    assert_int_equal(heard.count, count);
    if (first != NULL) {
        assert_string_equal(heard.texts[0], first);
    }
    if (second != NULL) {
        assert_string_equal(heard.texts[1], second);
    }
}

static void
test_every_letter_of_a_us_keyboard_is_read(void **state)
{
    char all[96] = "";

    (void)state;
    for (int i = 0; i < 95; i++) {
        all[i] = (char)(' ' + i);
    }
    typist_begin();
    type_text(all);
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, all, NULL);
}

static void
test_enter_and_tab_end_a_code_and_an_empty_one_is_nothing(void **state)
{
    (void)state;
    typist_begin();
    type_key(KEY_ENTER);
    type_text("AB");
    type_key(KEY_TAB);
    type_key(KEY_TAB);
    type_text("CD");
    type_key(KEY_KPENTER);
    assert_heard(listen_to_typist(), 2, "AB", "CD");
}

static void
test_capitals_are_turned_round_by_the_lock(void **state)
{
    (void)state;
    typist_begin();
    type_key(KEY_CAPSLOCK);
    type_text("Ab1!");
    type_key(KEY_CAPSLOCK);
    type_text("Ab");
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, "aB1!Ab", NULL);
}

static void
test_half_a_code_is_nothing(void **state)
{
    (void)state;
    typist_begin();
    type_text("HALF");
    assert_heard(listen_to_typist(), 0, NULL, NULL);
    typist.at_ms += SCAN_PAUSE_MS + 1;
    type_text("WHOLE");
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, "WHOLE", NULL);
    /* Nor is the end of one whose beginning stood still. */
    typist_begin();
    type_text("HALF");
    typist.at_ms += SCAN_PAUSE_MS + 1;
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 0, NULL, NULL);
    /* A clock that goes back makes no code of two halves. */
    typist_begin();
    type_text("HALF");
    typist.at_ms -= 5000;
    type_text("WHOLE");
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, "WHOLE", NULL);
}

static void
test_what_is_no_text_is_scanned_and_not_read(void **state)
{
    static const int keys[] = {KEY_UP,         KEY_ESC,      KEY_F1,
                               KEY_BACKSPACE,  EVDEV_KEY_OK, KEY_DELETE,
                               EVDEV_KEY_BACK, KEY_VOLUMEUP, KEY_102ND};
    static const int chords[] = {KEY_LEFTCTRL, KEY_LEFTALT, KEY_RIGHTALT, KEY_LEFTMETA};

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        typist_begin();
        type_text("AB");
        type_key(keys[i]);
        type_text("CD");
        type_key(KEY_ENTER);
        assert_heard(listen_to_typist(), 1, "", NULL);
    }
    for (size_t i = 0; i < COUNT(chords); i++) {
        typist_begin();
        type_text("AB");
        type_event(EV_KEY, chords[i], 1);
        type_text("c");
        type_key(KEY_ENTER);
        type_event(EV_KEY, chords[i], 0);
        type_text("D");
        type_key(KEY_ENTER);
        type_text("E");
        type_key(KEY_ENTER);
        assert_heard(listen_to_typist(), 2, "", "E");
    }
}

static void
test_a_code_that_is_too_long_is_not_cut(void **state)
{
    char text[4097];
    struct heard heard;

    (void)state;
    memset(text, 'A', 4096);
    text[4096] = '\0';
    typist_begin();
    type_text(text);
    type_key(KEY_ENTER);
    type_text("B");
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 2, "", "B");
    text[SCANNER_TEXT_BYTES - 1] = '\0';
    typist_begin();
    type_text(text);
    type_key(KEY_ENTER);
    heard = listen_to_typist();
    assert_heard(heard, 1, text, NULL);
}

static void
test_lost_events_lose_the_code(void **state)
{
    (void)state;
    typist_begin();
    type_text("AB");
    type_event(EV_SYN, SYN_DROPPED, 0);
    type_text("CD");
    type_key(KEY_ENTER);
    type_text("EF");
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, "EF", NULL);
}

/* A key that is held repeats: a scanner never means that. */
static void
test_repeats_are_ignored(void **state)
{
    (void)state;
    typist_begin();
    type_text("A");
    type_event(EV_KEY, KEY_A, 2);
    type_event(EV_KEY, KEY_ENTER, 2);
    type_key(KEY_ENTER);
    assert_heard(listen_to_typist(), 1, "A", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_letter_of_a_us_keyboard_is_read),
        cmocka_unit_test(test_enter_and_tab_end_a_code_and_an_empty_one_is_nothing),
        cmocka_unit_test(test_capitals_are_turned_round_by_the_lock),
        cmocka_unit_test(test_half_a_code_is_nothing),
        cmocka_unit_test(test_what_is_no_text_is_scanned_and_not_read),
        cmocka_unit_test(test_a_code_that_is_too_long_is_not_cut),
        cmocka_unit_test(test_lost_events_lose_the_code),
        cmocka_unit_test(test_repeats_are_ignored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
