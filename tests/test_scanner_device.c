#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/loop.h"
#include "base/text.h"
#include "device/input/input_kernel.h"
#include "device/scanner/scanner_maker.h"
#include "support/fake_evdev.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PATIENCE_MS 20000

/*
 * A folder of pipes in place of /dev/input, with the kiosk's input and its scanner both
 * on it. What a device is, a fake ioctl() tells.
 */
struct stage {
    char folder[64];
    struct loop *loop;
    struct display *display;
    struct input *input;
    struct scanner *scanner;
    struct fake_device devices[4];
    int pipes[4]; /* the writing ends; -1 */
    char text[SCANNER_TEXT_BYTES];
    int texts, keys, pointers;
    bool late;
};

static void
hear_text(void *data, const char *text)
{
    struct stage *stage = data;

    assert_true(text_is_clean(text));
    strcpy(stage->text, text);
    stage->texts++;
}

static void
hear_key(void *data, enum key key)
{
    struct stage *stage = data;

    (void)key;
    stage->keys++;
}

static void
hear_pointer(void *data, const struct pointer *pointer)
{
    struct stage *stage = data;

    (void)pointer;
    stage->pointers++;
}

static void
hear_late(void *data)
{
    ((struct stage *)data)->late = true;
}

static const struct fake_device fake_scanner = {
    .name = "Honeywell Imaging & Mobility 1900",
    .vendor = 0x0c2e,
    .product = 0x0b61,
    .keys = {KEY_1, KEY_A, EVDEV_KEY_ENTER, EVDEV_KEY_TAB, EVDEV_KEY_UP},
};

static struct stage *
stage_new(const char *device)
{
    struct stage *stage = calloc(1, sizeof(*stage));
    const struct display_listener listener = {
        .pointer = hear_pointer, .key = hear_key, .data = stage};
    struct input_options options = {.calibration = INPUT_CALIBRATION_NONE,
                                    .scanner = device};
    struct input_kernel input_kernel = {.control = fake_evdev_control};
    struct scanner_kernel kernel = {.control = fake_evdev_control};
    struct error error = {0};

    strcpy(stage->folder, "/tmp/loketzuil-scanner-XXXXXX");
    assert_non_null(mkdtemp(stage->folder));
    for (int i = 0; i < 4; i++) {
        stage->pipes[i] = -1;
    }
    stage->loop = loop_create();
    stage->display = display_memory_create(1000, 500);
    loop_add_timer(stage->loop, PATIENCE_MS, hear_late, stage);
    options.display = stage->display;
    input_kernel.folder = input_kernel.properties = stage->folder;
    kernel.folder = kernel.properties = stage->folder;
    stage->input =
        input_create_at(stage->loop, &input_kernel, &options, listener, &error);
    stage->scanner =
        scanner_evdev_create_at(stage->loop, &kernel, device,
                                (struct scanner_listener){hear_text, stage}, &error);
    assert_non_null(stage->input);
    assert_non_null(stage->scanner);
    return stage;
}

static void
plug(struct stage *stage, int number, const struct fake_device *device)
{
    char path[128], outside[128];

    stage->devices[number] = *device;
    snprintf(path, sizeof(path), "%s/event%d", stage->folder, number);
    snprintf(outside, sizeof(outside), "%s.new%d", stage->folder, number);
    fake_evdev_name(path, &stage->devices[number]);
    assert_int_equal(mkfifo(outside, 0600), 0);
    stage->pipes[number] = open(outside, O_RDWR | O_CLOEXEC);
    assert_true(stage->pipes[number] >= 0);
    assert_int_equal(rename(outside, path), 0);
    while (stage->devices[number].grabs == 0 && !stage->devices[number].held &&
           !stage->late)
    {
        loop_turn(stage->loop, 100);
    }
}

static void
unplug(struct stage *stage, int number)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/event%d", stage->folder, number);
    unlink(path);
    close(stage->pipes[number]);
    stage->pipes[number] = -1;
}

static void
stage_end(struct stage *stage)
{
    assert_false(stage->late);
    scanner_destroy(stage->scanner);
    input_destroy(stage->input);
    for (int i = 0; i < 4; i++) {
        if (stage->pipes[i] >= 0) {
            unplug(stage, i);
        }
    }
    assert_int_equal(rmdir(stage->folder), 0);
    fake_evdev_forget();
    display_destroy(stage->display);
    loop_destroy(stage->loop);
    free(stage);
}

static void
press(const struct stage *stage, int number, int code)
{
    struct input_event events[3];

    memset(events, 0, sizeof(events));
    events[0].type = EV_KEY;
    events[0].code = (__u16)code;
    events[0].value = 1;
    events[1] = events[0];
    events[1].value = 0;
    events[2].type = EV_SYN;
    assert_int_equal(write(stage->pipes[number], events, sizeof(events)),
                     sizeof(events));
}

static void
wait_for_texts(struct stage *stage, int count)
{
    while (stage->texts < count && !stage->late) {
        loop_turn(stage->loop, 100);
    }
    assert_int_equal(stage->texts, count);
}

static void
test_a_scanner_is_found_however_it_is_named(void **state)
{
    static const char *const names[] = {"0c2e:0b61", "0C2E:0B61", "Honeywell"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct stage *stage = stage_new(names[i]);

        plug(stage, 0, &fake_scanner);
        press(stage, 0, KEY_A);
        press(stage, 0, EVDEV_KEY_ENTER);
        wait_for_texts(stage, 1);
        assert_string_equal(stage->text, "a");
        assert_int_equal(stage->keys, 0);
        stage_end(stage);
    }
}

static void
test_another_keyboard_stays_a_keyboard(void **state)
{
    struct stage *stage = stage_new("0c2e:0b62");

    (void)state;
    plug(stage, 0, &fake_scanner);
    press(stage, 0, KEY_A);
    press(stage, 0, EVDEV_KEY_ENTER);
    while (stage->keys == 0 && !stage->late) {
        loop_turn(stage->loop, 100);
    }
    assert_int_equal(stage->keys, 1);
    assert_int_equal(stage->texts, 0);
    stage_end(stage);
}

/* Whatever a code holds: nobody who listens to keys hears of it. */
static void
test_no_code_is_ever_a_key(void **state)
{
    struct stage *stage = stage_new("Honeywell");
    uint32_t seed = 1;

    (void)state;
    plug(stage, 0, &fake_scanner);
    plug(stage, 1, &fake_keyboard);
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1664525u + 1013904223u;
        press(stage, 0, (int)(seed >> 16) % 256);
        if (i % 100 == 0) {
            loop_turn(stage->loop, 0);
        }
    }
    press(stage, 0, EVDEV_KEY_ENTER); /* ends whatever is under way */
    press(stage, 0, KEY_1);
    press(stage, 0, EVDEV_KEY_ENTER);
    while (strcmp(stage->text, "1") != 0 && !stage->late) {
        loop_turn(stage->loop, 100);
    }
    assert_int_equal(stage->keys, 0);
    assert_int_equal(stage->pointers, 0);
    press(stage, 1, EVDEV_KEY_ENTER); /* the kiosk's own keys are heard */
    while (stage->keys == 0 && !stage->late) {
        loop_turn(stage->loop, 100);
    }
    assert_int_equal(stage->keys, 1);
    stage_end(stage);
}

static void
test_a_scanner_that_is_pulled_out_leaves_nothing_behind(void **state)
{
    struct stage *stage = stage_new("Honeywell");

    (void)state;
    plug(stage, 0, &fake_scanner);
    press(stage, 0, KEY_A);
    unplug(stage, 0);
    plug(stage, 1, &fake_scanner);
    press(stage, 1, KEY_1);
    press(stage, 1, EVDEV_KEY_ENTER);
    wait_for_texts(stage, 1);
    assert_string_equal(stage->text, "1");
    stage_end(stage);
}

static void
test_a_scanner_that_others_hold_is_left_alone(void **state)
{
    struct fake_device held = fake_scanner;
    struct stage *stage = stage_new("Honeywell");

    (void)state;
    held.held = true;
    plug(stage, 0, &held);
    plug(stage, 1, &fake_scanner);
    press(stage, 0, KEY_A);
    press(stage, 0, EVDEV_KEY_ENTER);
    press(stage, 1, KEY_1);
    press(stage, 1, EVDEV_KEY_ENTER);
    wait_for_texts(stage, 1);
    assert_string_equal(stage->text, "1");
    assert_int_equal(stage->keys, 0);
    stage_end(stage);
}

/* --- on a line ---------------------------------------------------------------------
 */

static void
write_line(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

static void
test_a_scanner_on_a_line_is_read_to_each_line_end(void **state)
{
    static const struct {
        const char *sent, *heard;
        int texts;
    } cases[] = {
        {"H5A AQY\r", "H5A AQY", 1}, {"\r\n\r\n\nABC\r\n", "ABC", 1},
        {"A\nB\r\nC\n", "C", 3},     {"Caf\xc3\xa9\r", "Café", 1},
        {"bell\x07\r", "", 1},       {"broken\xc3\r", "", 1},
        {"\x1b[A\r", "", 1},
    };
    const struct serial_line line = {115200, SERIAL_PARITY_NONE, SERIAL_FLOW_NONE};
    struct stage stage = {.loop = loop_create()};
    int far = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    char path[64];
    struct scanner *scanner;

    (void)state;
    assert_true(far >= 0 && grantpt(far) == 0 && unlockpt(far) == 0);
    assert_int_equal(ptsname_r(far, path, sizeof(path)), 0);
    loop_add_timer(stage.loop, PATIENCE_MS, hear_late, &stage);
    scanner = scanner_serial_create(stage.loop, path, &line,
                                    (struct scanner_listener){hear_text, &stage});
    for (size_t i = 0; i < COUNT(cases); i++) {
        stage.texts = 0;
        write_line(far, cases[i].sent);
        wait_for_texts(&stage, cases[i].texts);
        assert_string_equal(stage.text, cases[i].heard);
    }
    stage.texts = 0;
    write_line(far, "HALF");
    loop_turn(stage.loop, 100);
    close(far); /* pulled out in the middle */
    loop_turn(stage.loop, 100);
    assert_int_equal(stage.texts, 0);
    assert_false(stage.late);
    scanner_destroy(scanner);
    loop_destroy(stage.loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_scanner_is_found_however_it_is_named),
        cmocka_unit_test(test_another_keyboard_stays_a_keyboard),
        cmocka_unit_test(test_no_code_is_ever_a_key),
        cmocka_unit_test(test_a_scanner_that_is_pulled_out_leaves_nothing_behind),
        cmocka_unit_test(test_a_scanner_that_others_hold_is_left_alone),
        cmocka_unit_test(test_a_scanner_on_a_line_is_read_to_each_line_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
