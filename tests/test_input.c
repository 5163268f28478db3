#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/loop.h"
#include "device/input/input_kernel.h"
#include "support/fake_evdev.h"

#include <linux/uinput.h>

#define PATIENCE_MS 20000

/*
 * A folder of pipes in place of /dev/input: reading, waiting and the coming and going
 * of devices are real; what a device is, a fake ioctl() tells.
 */
struct stage {
    char folder[64];
    struct fake_device devices[4];
    int pipes[4]; /* the writing ends; -1 */
    struct loop *loop;
    struct display *display;
    struct input *input;
    struct pointer pointers[32];
    size_t pointer_count;
    enum key keys[8];
    size_t key_count;
    bool plugs[4]; /* of headphones, as they were told of */
    size_t plug_count;
    bool late;
};

static void
hear_pointer(void *data, const struct pointer *pointer)
{
    struct stage *stage = data;

    assert_true(stage->pointer_count < 32);
    stage->pointers[stage->pointer_count++] = *pointer;
}

static void
hear_key(void *data, enum key key)
{
    struct stage *stage = data;

    assert_true(stage->key_count < 8);
    stage->keys[stage->key_count++] = key;
}

static void
hear_headphones(void *data, bool in)
{
    struct stage *stage = data;

    assert_true(stage->plug_count < 4);
    stage->plugs[stage->plug_count++] = in;
}

static void
hear_late(void *data)
{
    ((struct stage *)data)->late = true;
}

static struct stage *
stage_new(void)
{
    struct stage *stage = calloc(1, sizeof(*stage));

    strcpy(stage->folder, "/tmp/loketzuil-input-XXXXXX");
    assert_non_null(mkdtemp(stage->folder));
    for (int i = 0; i < 4; i++) {
        stage->pipes[i] = -1;
    }
    stage->loop = loop_create();
    stage->display = display_memory_create(1000, 500);
    loop_add_timer(stage->loop, PATIENCE_MS, hear_late, stage);
    return stage;
}

static char *
path_of(const struct stage *stage, int number, char path[128])
{
    snprintf(path, 128, "%s/event%d", stage->folder, number);
    return path;
}

static void
plug(struct stage *stage, int number, const struct fake_device *device, unsigned mode)
{
    char path[128], outside[128];

    stage->devices[number] = *device;
    fake_evdev_name(path_of(stage, number, path), &stage->devices[number]);
    /* Made outside and moved in: open for writing before anybody looks. */
    snprintf(outside, sizeof(outside), "%s.new%d", stage->folder, number);
    assert_int_equal(mkfifo(outside, 0600), 0);
    stage->pipes[number] = open(outside, O_RDWR | O_CLOEXEC);
    assert_true(stage->pipes[number] >= 0);
    assert_int_equal(chmod(outside, mode), 0);
    assert_int_equal(rename(outside, path), 0);
}

static void
unplug(struct stage *stage, int number)
{
    char path[128];

    unlink(path_of(stage, number, path));
    close(stage->pipes[number]);
    stage->pipes[number] = -1;
}

static void
stage_end(struct stage *stage)
{
    char path[128];

    assert_false(stage->late);
    input_destroy(stage->input);
    for (int i = 0; i < 4; i++) {
        if (stage->pipes[i] >= 0) {
            unplug(stage, i);
        }
    }
    snprintf(path, sizeof(path), "%s/c0:0", stage->folder);
    unlink(path);
    assert_int_equal(rmdir(stage->folder), 0);
    fake_evdev_forget();
    display_destroy(stage->display);
    loop_destroy(stage->loop);
    free(stage);
}

static void
listen_for(struct stage *stage, const char *device)
{
    const struct input_kernel kernel = {stage->folder, stage->folder,
                                        fake_evdev_control};
    const struct input_options options = {.display = stage->display,
                                          .calibration = INPUT_CALIBRATION_NONE,
                                          .device = device};
    struct error error = {0};

    stage->input =
        input_create_at(stage->loop, &kernel, &options,
                        (struct display_listener){.pointer = hear_pointer,
                                                  .key = hear_key,
                                                  .headphones = hear_headphones,
                                                  .data = stage},
                        &error);
    if (stage->input == NULL) {
        fail_msg("%s", error.message);
    }
}

/* Three numbers an event: type, code, value. */
static void
say(const struct stage *stage, int number, const int *numbers, size_t count)
{
    struct input_event events[16] = {0};

    for (size_t i = 0; i < count; i++) {
        events[i].type = (__u16)numbers[3 * i];
        events[i].code = (__u16)numbers[3 * i + 1];
        events[i].value = numbers[3 * i + 2];
    }
    assert_int_equal(write(stage->pipes[number], events, count * sizeof(events[0])),
                     (ssize_t)(count * sizeof(events[0])));
}

static void
touch(const struct stage *stage, int number, int tracking, int x, int y)
{
    const int numbers[] = {
        EV_ABS, ABS_MT_TRACKING_ID, tracking, EV_ABS, ABS_MT_POSITION_X, x,
        EV_ABS, ABS_MT_POSITION_Y,  y,        EV_SYN, SYN_REPORT,        0};

    say(stage, number, numbers, 4);
}

static void
click(const struct stage *stage, int number, int x, int y, int pressed)
{
    const int numbers[] = {EV_ABS, ABS_X,    x,       EV_ABS, ABS_Y,      y,
                           EV_KEY, BTN_LEFT, pressed, EV_SYN, SYN_REPORT, 0};

    say(stage, number, numbers, 4);
}

static void
serve_pointers(struct stage *stage, size_t count)
{
    while (stage->pointer_count < count && !stage->late) {
        loop_turn(stage->loop, -1);
    }
    assert_int_equal(stage->pointer_count, count);
}

static void
assert_pointer(const struct pointer *pointer, enum pointer_kind kind, int device, int x,
               int y)
{
    assert_int_equal(pointer->kind, kind);
    assert_int_equal(pointer->id >> 16, device);
    assert_int_equal(pointer->x, x);
    assert_int_equal(pointer->y, y);
}

static void
test_fingers_of_all_devices_come_in_pixels_of_the_canvas(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    plug(stage, 0, &fake_tablet, 0600);
    plug(stage, 3, &fake_touchscreen, 0600);
    listen_for(stage, NULL);
    click(stage, 0, 16384, 8192, 1);
    serve_pointers(stage, 1);
    touch(stage, 3, 1, 0, 9599);
    serve_pointers(stage, 2);
    click(stage, 0, 32767, 8192, 0);
    serve_pointers(stage, 3);
    assert_pointer(&stage->pointers[0], POINTER_DOWN, 0, 500, 125);
    assert_pointer(&stage->pointers[1], POINTER_DOWN, 3, 0, 499);
    assert_pointer(&stage->pointers[2], POINTER_UP, 0, 999, 125);
    assert_int_equal(stage->pointers[0].id, stage->pointers[2].id);
    assert_int_equal(stage->devices[0].grabs, 1);
    assert_int_equal(stage->devices[3].grabs, 1);
    stage_end(stage);
}

static void
test_a_device_may_come_later_go_and_come_back(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    listen_for(stage, "");
    plug(stage, 1, &fake_touchscreen, 0600);
    touch(stage, 1, 5, 8192, 4800);
    serve_pointers(stage, 1);
    assert_pointer(&stage->pointers[0], POINTER_DOWN, 1, 500, 250);
    unplug(stage, 1);
    serve_pointers(stage, 2);
    assert_pointer(&stage->pointers[1], POINTER_CANCEL, 1, 500, 250);
    plug(stage, 1, &fake_touchscreen, 0600);
    touch(stage, 1, 6, 0, 0);
    serve_pointers(stage, 3);
    assert_pointer(&stage->pointers[2], POINTER_DOWN, 1, 0, 0);
    stage_end(stage);
}

/* udev lets us in after the device has come; root needs no letting in. */
static void
test_a_device_is_read_when_its_rights_come(void **state)
{
    struct stage *stage = stage_new();
    char path[128];

    (void)state;
    listen_for(stage, NULL);
    plug(stage, 1, &fake_touchscreen, 0000);
    loop_turn(stage->loop, -1);
    assert_int_equal(chmod(path_of(stage, 1, path), 0600), 0);
    touch(stage, 1, 5, 8192, 4800);
    serve_pointers(stage, 1);
    assert_int_equal(stage->devices[1].grabs, 1);
    stage_end(stage);
}

static void
test_keys_are_heard(void **state)
{
    struct stage *stage = stage_new();
    const int numbers[] = {EV_KEY, EVDEV_KEY_TAB,   1, EV_SYN, SYN_REPORT, 0,
                           EV_KEY, EVDEV_KEY_ENTER, 1, EV_SYN, SYN_REPORT, 0};

    (void)state;
    plug(stage, 2, &fake_keyboard, 0600);
    listen_for(stage, "a touchscreen that isn't there");
    say(stage, 2, numbers, 4);
    while (stage->key_count < 2 && !stage->late) {
        loop_turn(stage->loop, -1);
    }
    assert_int_equal(stage->keys[0], KEY_NEXT);
    assert_int_equal(stage->keys[1], KEY_OK);
    stage_end(stage);
}

static void
test_headphones_are_told_of_as_they_come_and_go(void **state)
{
    struct stage *stage = stage_new();
    const int out[] = {EV_SW, SW_HEADPHONE_INSERT, 0, EV_SYN, SYN_REPORT, 0};
    const int in[] = {
        EV_SW, SW_HEADPHONE_INSERT, 1, EV_SW, SW_HEADPHONE_INSERT, 1, EV_SYN, 0, 0};

    (void)state;
    plug(stage, 0, &fake_socket, 0600);
    stage->devices[0].plugged = true; /* before the kiosk began */
    listen_for(stage, NULL);
    assert_int_equal(stage->plug_count, 1);
    assert_true(stage->plugs[0]);
    say(stage, 0, out, 2);
    say(stage, 0, in, 3); /* the same twice is told once */
    while (stage->plug_count < 3 && !stage->late) {
        loop_turn(stage->loop, -1);
    }
    assert_false(stage->plugs[1]);
    assert_true(stage->plugs[2]);
    unplug(stage, 0); /* the socket itself is gone: nobody wears them */
    while (stage->plug_count < 4 && !stage->late) {
        loop_turn(stage->loop, -1);
    }
    assert_int_equal(stage->plug_count, 4);
    assert_false(stage->plugs[3]);
    stage_end(stage);
}

static void
test_only_the_wanted_touchscreen_is_read(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    plug(stage, 0, &fake_tablet, 0600);
    plug(stage, 1, &fake_touchscreen, 0600);
    listen_for(stage, "ILITEK");
    click(stage, 0, 1, 1, 1);
    touch(stage, 1, 5, 8192, 4800);
    serve_pointers(stage, 1);
    assert_pointer(&stage->pointers[0], POINTER_DOWN, 1, 500, 250);
    assert_int_equal(stage->devices[0].grabs, 0);
    stage_end(stage);
}

static void
test_what_udev_says_is_read(void **state)
{
    static const char says[] = "E:LIBINPUT_IGNORE_DEVICE=1\n";
    struct stage *stage = stage_new();
    char path[128];
    int file;

    (void)state;
    snprintf(path, sizeof(path), "%s/c0:0", stage->folder); /* a pipe's numbers */
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(file, says, sizeof(says) - 1), sizeof(says) - 1);
    close(file);
    plug(stage, 1, &fake_touchscreen, 0600);
    listen_for(stage, NULL);
    assert_int_equal(stage->devices[1].grabs, 0);
    stage_end(stage);
}

static void
test_lost_events_are_asked_of_the_device(void **state)
{
    struct stage *stage = stage_new();
    const int lost[] = {EV_SYN, SYN_DROPPED, 0, EV_SYN, SYN_REPORT, 0};

    (void)state;
    plug(stage, 1, &fake_touchscreen, 0600);
    listen_for(stage, NULL);
    touch(stage, 1, 5, 0, 0);
    serve_pointers(stage, 1);
    stage->devices[1].contacts[0][0] = 5 + 1;
    stage->devices[1].contacts[0][1] = 8192;
    stage->devices[1].contacts[0][2] = 4800;
    say(stage, 1, lost, 2);
    serve_pointers(stage, 2);
    assert_pointer(&stage->pointers[1], POINTER_MOVE, 1, 500, 250);
    stage_end(stage);
}

static void
test_a_device_held_by_another_program_is_read_nevertheless(void **state)
{
    struct stage *stage = stage_new();
    struct fake_device held = fake_touchscreen;

    (void)state;
    held.held = true;
    plug(stage, 1, &held, 0600);
    listen_for(stage, NULL);
    touch(stage, 1, 5, 0, 0);
    serve_pointers(stage, 1);
    stage_end(stage);
}

static void
test_half_an_event_ends_a_device(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    plug(stage, 1, &fake_touchscreen, 0600);
    listen_for(stage, NULL);
    touch(stage, 1, 5, 0, 0);
    assert_int_equal(write(stage->pipes[1], "half", 4), 4);
    serve_pointers(stage, 2);
    assert_pointer(&stage->pointers[1], POINTER_CANCEL, 1, 0, 0);
    stage_end(stage);
}

static void
test_other_files_are_passed_over(void **state)
{
    static const char *const names[] = {"mouse0", "event", "event1x", "event-1",
                                        "event99999999999999999999"};
    struct stage *stage = stage_new();
    char path[128];

    (void)state;
    listen_for(stage, NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", stage->folder, names[i]);
        assert_int_equal(mkfifo(path, 0600), 0);
        fake_evdev_name(path, &stage->devices[0]);
    }
    loop_turn(stage->loop, -1);
    assert_int_equal(stage->devices[0].grabs, 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", stage->folder, names[i]);
        unlink(path);
    }
    stage_end(stage);
}

static void
test_no_folder_is_an_error_with_its_reason(void **state)
{
    struct stage *stage = stage_new();
    const struct input_kernel kernel = {"/nowhere/input", "/nowhere",
                                        fake_evdev_control};
    const struct input_options options = {.display = stage->display};
    struct error error = {0};

    (void)state;
    assert_null(input_create_at(stage->loop, &kernel, &options,
                                (struct display_listener){0}, &error));
    assert_int_equal(error.kind, ERROR_DEVICE);
    assert_string_equal(error.message, "/nowhere/input: No such file or directory");
    stage_end(stage);
}

static void
test_a_calibration_is_six_numbers(void **state)
{
    static const struct {
        const char *text;
        bool right;
    } cases[] = {
        {"1 0 0 0 1 0", true},    {" 0 -1 1.0 1e0 0 .5 ", true}, {"1 0 0 0 1", false},
        {"1 0 0 0 1 0 0", false}, {"1 0 0 0 1 zero", false},     {"", false},
        {"nan 0 0 0 1 0", false}, {"inf 0 0 0 1 0", false},      {"1,0,0,0,1,0", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double read[6] = {9, 9, 9, 9, 9, 9};

        assert_int_equal(input_calibration_parse(cases[i].text, read), cases[i].right);
        assert_true(cases[i].right == (read[0] < 8)); /* wrong: nothing changed */
    }
}

/* A touchscreen made by the kernel itself, where it lets us. */
static void
test_a_real_device_of_uinput_is_read(void **state)
{
    static const struct {
        __u16 code;
        int max;
    } axes[] = {{ABS_MT_SLOT, 4},
                {ABS_MT_TRACKING_ID, 65535},
                {ABS_MT_POSITION_X, 999},
                {ABS_MT_POSITION_Y, 499}};
    int maker = open("/dev/uinput", O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    const struct input_options options = {.calibration = INPUT_CALIBRATION_NONE,
                                          .device = "Loketzuil test touch"};
    struct uinput_setup setup = {.name = "Loketzuil test touch"};
    struct input_options with_display = options;
    struct error error = {0};
    struct stage *stage;

    (void)state;
    if (maker < 0) {
        print_message("there is no /dev/uinput here: not tested with a real device\n");
        return;
    }
    stage = stage_new();
    with_display.display = stage->display;
    ioctl(maker, UI_SET_EVBIT, EV_ABS);
    ioctl(maker, UI_SET_EVBIT, EV_KEY);
    ioctl(maker, UI_SET_KEYBIT, BTN_TOUCH);
    ioctl(maker, UI_SET_PROPBIT, INPUT_PROP_DIRECT);
    for (size_t i = 0; i < 4; i++) {
        struct uinput_abs_setup axis = {.code = axes[i].code,
                                        .absinfo = {.maximum = axes[i].max}};

        assert_true(ioctl(maker, UI_ABS_SETUP, &axis) >= 0);
    }
    assert_true(ioctl(maker, UI_DEV_SETUP, &setup) >= 0);
    assert_true(ioctl(maker, UI_DEV_CREATE) >= 0);
    stage->input = input_create(
        stage->loop, &with_display,
        (struct display_listener){.pointer = hear_pointer, .data = stage}, &error);
    assert_non_null(stage->input);
    stage->pipes[0] = maker;
    touch(stage, 0, 9, 500, 250);
    serve_pointers(stage, 1);
    assert_int_equal(stage->pointers[0].x, 500);
    assert_int_equal(stage->pointers[0].y, 250);
    touch(stage, 0, -1, 500, 250);
    serve_pointers(stage, 2);
    assert_int_equal(stage->pointers[1].kind, POINTER_UP);
    ioctl(maker, UI_DEV_DESTROY);
    close(maker);
    stage->pipes[0] = -1;
    stage_end(stage);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fingers_of_all_devices_come_in_pixels_of_the_canvas),
        cmocka_unit_test(test_a_device_may_come_later_go_and_come_back),
        cmocka_unit_test(test_a_device_is_read_when_its_rights_come),
        cmocka_unit_test(test_keys_are_heard),
        cmocka_unit_test(test_headphones_are_told_of_as_they_come_and_go),
        cmocka_unit_test(test_only_the_wanted_touchscreen_is_read),
        cmocka_unit_test(test_what_udev_says_is_read),
        cmocka_unit_test(test_lost_events_are_asked_of_the_device),
        cmocka_unit_test(test_a_device_held_by_another_program_is_read_nevertheless),
        cmocka_unit_test(test_half_an_event_ends_a_device),
        cmocka_unit_test(test_other_files_are_passed_over),
        cmocka_unit_test(test_no_folder_is_an_error_with_its_reason),
        cmocka_unit_test(test_a_calibration_is_six_numbers),
        cmocka_unit_test(test_a_real_device_of_uinput_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
