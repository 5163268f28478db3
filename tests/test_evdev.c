#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "device/input/evdev_parse.h"
#include "support/fake_evdev.h"

/* One letter a touch: D down, M move, U up, C cancel; then finger:x,y in thousandths.
 */
struct heard {
    char text[512];
    struct text written;
    struct evdev_state state; /* what the device would answer */
    bool mute;
    int asked;
};

static const double straight[6] = {1, 0, 0, 0, 1, 0};
static const struct evdev_abilities fingers = {.touch = EVDEV_FINGERS,
                                               .x = {0, 999},
                                               .y = {0, 999},
                                               .slot_count = 5,
                                               .keys = true};
static const struct evdev_abilities one_finger = {
    .touch = EVDEV_ONE_FINGER, .button = BTN_TOUCH, .x = {0, 999}, .y = {0, 999}};

static void
hear_touch(void *data, enum pointer_kind kind, int finger, double across, double down)
{
    struct heard *heard = data;

    text_format(&heard->written, "%c%d:%d,%d ", "DMUC"[kind], finger,
                (int)(across * 1000), (int)(down * 1000));
}

static void
hear_key(void *data, enum key key)
{
    static const char *const names[] = {"next",   "previous", "ok",     "back",
                                        "repeat", "louder",   "softer", "faster",
                                        "slower", "down",     "up"};
    struct heard *heard = data;

    text_format(&heard->written, "%s ", names[key]);
}

static void
hear_headphones(void *data, bool in)
{
    struct heard *heard = data;

    text_format(&heard->written, "headphones %s ", in ? "in" : "out");
}

static bool
answer_state(void *data, struct evdev_state *state)
{
    struct heard *heard = data;

    heard->asked++;
    *state = heard->state;
    return !heard->mute;
}

static struct evdev_parser
parser_new(struct heard *heard, const struct evdev_abilities *abilities,
           const double calibration[6])
{
    struct evdev_parser parser;

    *heard = (struct heard){0};
    heard->written = text_begin(heard->text, sizeof(heard->text));
    for (int i = 0; i < EVDEV_SLOTS_MAX; i++) {
        heard->state.contacts[i].tracking = -1;
    }
    evdev_parser_init(&parser, abilities, calibration,
                      (struct evdev_listener){hear_touch, hear_key, hear_headphones,
                                              answer_state, heard});
    return parser;
}

static void
send_event(struct evdev_parser *parser, int type, int code, int value)
{
    const struct input_event event = {
        .type = (__u16)type, .code = (__u16)code, .value = value};

    evdev_parse(parser, &event, 1);
}

/*
 * A stream by words: "slot N", "id N", "x N", "y N", "tool N", "X N", "Y N" (of one
 * finger), "touch N", "key CODE" (down and up), "down CODE", "up CODE", "held CODE",
 * "lost", and "." for a report.
 */
static void
play(struct evdev_parser *parser, const char *stream)
{
    static const struct {
        const char *word;
        int type, code;
    } words[] = {
        {"slot", EV_ABS, ABS_MT_SLOT},
        {"id", EV_ABS, ABS_MT_TRACKING_ID},
        {"x", EV_ABS, ABS_MT_POSITION_X},
        {"y", EV_ABS, ABS_MT_POSITION_Y},
        {"tool", EV_ABS, ABS_MT_TOOL_TYPE},
        {"X", EV_ABS, ABS_X},
        {"Y", EV_ABS, ABS_Y},
        {"touch", EV_KEY, BTN_TOUCH},
    };
    char word[16];
    int length;

    for (; sscanf(stream, " %15s%n", word, &length) == 1; stream += length) {
        int value = 0, more = 0;

        if (strcmp(word, ".") == 0) {
            send_event(parser, EV_SYN, SYN_REPORT, 0);
            continue;
        }
        if (strcmp(word, "lost") == 0) {
            send_event(parser, EV_SYN, SYN_DROPPED, 0);
            continue;
        }
        assert_int_equal(sscanf(stream + length, "%d%n", &value, &more), 1);
        length += more;
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
            if (strcmp(word, words[i].word) == 0) {
                send_event(parser, words[i].type, words[i].code, value);
            }
        }
        if (strcmp(word, "down") == 0 || strcmp(word, "key") == 0) {
            send_event(parser, EV_KEY, value, 1);
        }
        if (strcmp(word, "held") == 0) {
            send_event(parser, EV_KEY, value, 2);
        }
        if (strcmp(word, "up") == 0 || strcmp(word, "key") == 0) {
            send_event(parser, EV_KEY, value, 0);
        }
    }
}

static void
test_streams_of_fingers_mean_touches(void **state)
{
    static const struct {
        const char *stream, *heard;
    } cases[] = {
        {"id 7 x 100 y 200 . x 110 . y 220 . id -1 .",
         "D7:100,200 M7:110,200 M7:110,220 U7:110,220 "},
        /* Nothing is told before its report. */
        {"id 7 x 100 y 200", ""},
        /* A second finger is told of with its own id; lifts are told apart. */
        {"id 7 x 100 y 200 slot 1 id 8 x 900 y 800 . slot 0 id -1 . slot 1 x 901 . id "
         "-1 .",
         "D7:100,200 D8:900,800 U7:100,200 M8:901,800 U8:901,800 "},
        /* The kernel leaves out what did not change, also from the finger before. */
        {"id 7 x 100 y 200 . id -1 . id 8 . id -1 .",
         "D7:100,200 U7:100,200 D8:100,200 U8:100,200 "},
        /* A move in the report of the lift counts. */
        {"id 7 x 100 y 200 . x 500 id -1 .", "D7:100,200 U7:500,200 "},
        /* Another finger in the slot at once: the first lifts where it was. */
        {"id 7 x 100 y 200 . id 8 x 500 .", "D7:100,200 U7:100,200 D8:500,200 "},
        /* A palm, from its start and later. */
        {"id 7 tool 2 x 100 y 200 . x 300 . id -1 . id 8 x 5 .", "D8:5,200 "},
        {"id 7 x 100 y 200 . tool 2 . x 300 . tool 0 . x 400 . id -1 .",
         "D7:100,200 C7:100,200 "},
        /* More fingers than we follow. */
        {"slot 16 id 9 x 1 y 1 . slot 0 id 10 x 2 y 2 .", "D10:2,2 "},
        {"slot -1 id 9 x 1 y 1 .", ""},
        /* The finger that a device tells of twice comes once. */
        {"id 7 x 100 y 200 touch 1 X 100 Y 200 . id -1 touch 0 .",
         "D7:100,200 U7:100,200 "},
        /* Outside the axis is at its end. */
        {"id 7 x -50 y 2000 .", "D7:0,1000 "},
        /* A move without change, and reports without anything. */
        {". . id 7 x 1 y 1 . . . id -1 . .", "D7:1,1 U7:1,1 "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct heard heard;
        struct evdev_parser parser = parser_new(&heard, &fingers, straight);

        play(&parser, cases[i].stream);
        assert_string_equal(heard.text, cases[i].heard);
    }
}

static void
test_one_finger_and_its_button_mean_touches(void **state)
{
    static const struct {
        const char *stream, *heard;
    } cases[] = {
        {"X 100 Y 200 touch 1 . X 110 . touch 0 .",
         "D1:100,200 M1:110,200 U1:110,200 "},
        {"X 100 Y 200 . touch 1 . touch 0 . touch 1 .",
         "D1:100,200 U1:100,200 D2:100,200 "},
        {"X 100 . Y 3 . X 5 .", ""},
        {"touch 1 . lost X 9 touch 0 .", "D1:0,0 C1:0,0 "},
        {"down 28 . up 28 .", ""}, /* no keyboard */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct heard heard;
        struct evdev_parser parser = parser_new(&heard, &one_finger, straight);

        play(&parser, cases[i].stream);
        assert_string_equal(heard.text, cases[i].heard);
    }
}

static void
test_a_calibration_turns_and_shifts_touches(void **state)
{
    static const struct {
        double calibration[6];
        const char *heard;
    } cases[] = {
        {{0, -1, 1, 1, 0, 0}, "D7:799,100 "},  /* a quarter clockwise */
        {{-1, 0, 1, 0, -1, 1}, "D7:899,799 "}, /* half round */
        {{0, 1, 0, -1, 0, 1}, "D7:200,899 "},  {{2, 0, -0.1, 0, 0.5, 0}, "D7:101,100 "},
        {{1, 0, 5, 0, 1, -5}, "D7:1000,0 "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct heard heard;
        struct evdev_parser parser = parser_new(&heard, &fingers, cases[i].calibration);

        play(&parser, "id 7 x 100 y 200 .");
        assert_string_equal(heard.text, cases[i].heard);
    }
}

static void
test_after_lost_events_the_state_is_asked(void **state)
{
    struct heard heard;
    struct evdev_parser parser = parser_new(&heard, &fingers, straight);

    (void)state;
    play(&parser,
         "id 7 x 100 y 200 . slot 1 id 8 x 300 y 300 . slot 2 id 9 . slot 3 id 4 .");
    heard.written = text_begin(heard.text, sizeof(heard.text));
    heard.state.contacts[0] = (struct evdev_contact){7, 150, 250, MT_TOOL_FINGER};
    heard.state.contacts[1] = (struct evdev_contact){12, 400, 400, MT_TOOL_FINGER};
    heard.state.contacts[3] = (struct evdev_contact){4, 1, 1, MT_TOOL_PALM};
    heard.state.contacts[4] = (struct evdev_contact){20, 600, 600, MT_TOOL_FINGER};
    heard.state.slot = 4;
    /* What comes between the loss and the next report is half a story. */
    play(&parser, "lost slot 0 id -1 x 999 key 28 .");
    assert_string_equal(heard.text, "M7:150,250 C8:300,300 D12:400,400 C9:0,0 C4:0,0 "
                                    "D20:600,600 ");
    heard.written = text_begin(heard.text, sizeof(heard.text));
    play(&parser, "x 601 .");
    assert_string_equal(heard.text, "M20:601,600 ");
    /* The device does not answer: all is taken back. */
    heard.written = text_begin(heard.text, sizeof(heard.text));
    heard.mute = true;
    play(&parser, "lost . slot 0 id 30 .");
    assert_string_equal(heard.text, "C7:150,250 C12:400,400 C20:601,600 D30:150,250 ");
    assert_int_equal(heard.asked, 3);
}

static void
test_a_finger_that_rests_at_the_start_is_ignored(void **state)
{
    struct heard heard, other;
    struct evdev_parser first = parser_new(&heard, &fingers, straight), parser;

    (void)state, (void)first;
    heard.state.contacts[0] = (struct evdev_contact){7, 100, 200, MT_TOOL_FINGER};
    evdev_parser_init(&parser, &fingers, straight,
                      (struct evdev_listener){hear_touch, hear_key, hear_headphones,
                                              answer_state, &heard});
    play(&parser, "x 110 . id -1 . id 8 .");
    assert_string_equal(heard.text, "D8:110,200 ");
    first = parser_new(&other, &one_finger, straight);
    other.state.contacts[0] = (struct evdev_contact){0, 100, 200, MT_TOOL_FINGER};
    evdev_parser_init(&parser, &one_finger, straight,
                      (struct evdev_listener){hear_touch, hear_key, hear_headphones,
                                              answer_state, &other});
    play(&parser, "X 110 . touch 0 . touch 1 .");
    assert_string_equal(other.text, "D1:110,200 ");
}

static void
test_a_device_that_goes_takes_its_fingers_along(void **state)
{
    struct heard heard;
    struct evdev_parser parser = parser_new(&heard, &fingers, straight);

    (void)state;
    play(&parser, "id 7 x 100 y 200 .");
    evdev_parser_cancel(&parser);
    evdev_parser_cancel(&parser);
    assert_string_equal(heard.text, "D7:100,200 C7:100,200 ");
}

static void
test_keys_have_their_meaning_once_a_press(void **state)
{
    static const struct {
        int code;
        const char *heard;
    } cases[] = {
        {15, "next "},      {108, "down "},   {106, "next "}, {103, "up "},
        {105, "previous "}, {28, "ok "},      {96, "ok "},    {352, "ok "},
        {1, "back "},       {14, "back "},    {158, "back "}, {59, "repeat "},
        {115, "louder "},   {114, "softer "}, {407, "next "}, {412, "previous "},
        {30, ""},           {272, ""},        {0, ""},        {767, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct heard heard;
        struct evdev_parser parser = parser_new(&heard, &fingers, straight);
        char stream[64];

        snprintf(stream, sizeof(stream), "down %d . held %d . up %d .", cases[i].code,
                 cases[i].code, cases[i].code);
        play(&parser, stream);
        assert_string_equal(heard.text, cases[i].heard);
    }
}

static void
test_tab_with_shift_goes_back(void **state)
{
    struct heard heard;
    struct evdev_parser parser = parser_new(&heard, &fingers, straight);

    (void)state;
    play(&parser, "down 42 key 15 key 108 up 42 key 15 down 54 key 15");
    assert_string_equal(heard.text, "previous down next previous ");
}

/* --- what a device is -------------------------------------------------------- */

static void
test_devices_are_chosen_by_what_they_can_and_what_udev_says(void **state)
{
    static const struct {
        const struct fake_device *device;
        const char *properties;
        int touch;
        bool keys, read;
    } cases[] = {
        {&fake_tablet, NULL, EVDEV_ONE_FINGER, false, true},
        {&fake_touchscreen, NULL, EVDEV_FINGERS, false, true},
        {&fake_touchscreen, "I:1\nE:ID_INPUT=1\nE:ID_INPUT_TOUCHSCREEN=1\n",
         EVDEV_FINGERS, false, true},
        {&fake_touchpad, NULL, EVDEV_NO_TOUCH, false, false},
        {&fake_touchpad, "E:ID_INPUT_TOUCHSCREEN=1\n", EVDEV_ONE_FINGER, false, true},
        {&fake_touchscreen, "E:ID_INPUT_TOUCHPAD=1", EVDEV_NO_TOUCH, false, false},
        {&fake_touchscreen, "E:LIBINPUT_IGNORE_DEVICE=1\n", EVDEV_NO_TOUCH, false,
         false},
        {&fake_touchscreen, "E:LIBINPUT_IGNORE_DEVICE=10\nE:X_ID_INPUT_TOUCHPAD=1\n",
         EVDEV_FINGERS, false, true},
        {&fake_keyboard, "E:ID_INPUT_KEYBOARD=1\n", EVDEV_NO_TOUCH, true, true},
        {NULL, NULL, EVDEV_NO_TOUCH, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fake_device device =
            cases[i].device != NULL ? *cases[i].device : (struct fake_device){0};
        struct evdev_description description;
        struct error error = {0};
        bool read;

        fake_evdev_set(0, cases[i].device != NULL ? &device : NULL);
        read = evdev_describe(fake_evdev_control, 0, cases[i].properties, &description,
                              &error);
        assert_int_equal(read, cases[i].read);
        assert_int_equal(error.kind == ERROR_NONE, cases[i].read);
        if (read) {
            assert_string_equal(description.name, device.name);
            assert_int_equal(description.abilities.touch, cases[i].touch);
            assert_int_equal(description.abilities.keys, cases[i].keys);
        }
        fake_evdev_forget();
    }
}

static void
test_the_state_of_a_device_is_read(void **state)
{
    struct fake_device device = fake_touchscreen, tablet = fake_tablet;
    struct evdev_description description;
    struct evdev_state read;
    struct error error = {0};

    (void)state;
    device.contacts[2][0] = 78;
    device.contacts[2][1] = 1000;
    device.contacts[2][2] = 2000;
    device.contacts[2][3] = MT_TOOL_PALM;
    device.axes[2].value = 2;
    fake_evdev_set(0, &device);
    assert_true(evdev_describe(fake_evdev_control, 0, NULL, &description, &error));
    assert_int_equal(description.abilities.slot_count, 10);
    assert_true(evdev_read_state(fake_evdev_control, 0, &description.abilities, &read));
    assert_int_equal(read.slot, 2);
    for (int i = 0; i < EVDEV_SLOTS_MAX; i++) {
        assert_int_equal(read.contacts[i].tracking, i == 2 ? 77 : -1);
    }
    assert_int_equal(read.contacts[2].x, 1000);
    assert_int_equal(read.contacts[2].y, 2000);
    assert_int_equal(read.contacts[2].tool, MT_TOOL_PALM);
    device.mute = true;
    assert_false(
        evdev_read_state(fake_evdev_control, 0, &description.abilities, &read));

    tablet.pressed[0] = BTN_LEFT;
    tablet.axes[0].value = 300;
    tablet.axes[1].value = 400;
    fake_evdev_set(0, &tablet);
    assert_true(evdev_describe(fake_evdev_control, 0, NULL, &description, &error));
    assert_int_equal(description.abilities.button, BTN_LEFT);
    assert_true(evdev_read_state(fake_evdev_control, 0, &description.abilities, &read));
    assert_int_equal(read.contacts[0].tracking, 0);
    assert_int_equal(read.contacts[0].x, 300);
    assert_int_equal(read.contacts[0].y, 400);
    fake_evdev_forget();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams_of_fingers_mean_touches),
        cmocka_unit_test(test_one_finger_and_its_button_mean_touches),
        cmocka_unit_test(test_a_calibration_turns_and_shifts_touches),
        cmocka_unit_test(test_after_lost_events_the_state_is_asked),
        cmocka_unit_test(test_a_finger_that_rests_at_the_start_is_ignored),
        cmocka_unit_test(test_a_device_that_goes_takes_its_fingers_along),
        cmocka_unit_test(test_keys_have_their_meaning_once_a_press),
        cmocka_unit_test(test_tab_with_shift_goes_back),
        cmocka_unit_test(test_devices_are_chosen_by_what_they_can_and_what_udev_says),
        cmocka_unit_test(test_the_state_of_a_device_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
