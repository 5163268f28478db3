#include "device/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/input/evdev_folder.h"
#include "device/input/input_kernel.h"

#define LOG_MODULE "input"
#include "base/log.h"

#define DEVICES_MAX 32
#define EVENTS_AT_ONCE 64

struct device {
    struct input *input;
    int fd, number; /* of /dev/input/event<number> */
    struct evdev_description description;
    struct evdev_parser parser;
};

struct input {
    struct loop *loop;
    struct input_kernel kernel;
    const struct display *display;
    double calibration[6];
    char wanted[EVDEV_NAME_BYTES];     /* part of the touchscreen's name */
    char headphones[EVDEV_NAME_BYTES]; /* part of the socket's name */
    char scanner[EVDEV_MATCH_BYTES];
    struct display_listener listener;
    struct evdev_folder *folder;
    struct device *devices[DEVICES_MAX];
    size_t device_count;
};

/* --- what a device says ------------------------------------------------------ */

static void
tell_touch(void *data, enum pointer_kind kind, int finger, double across, double down)
{
    const struct device *device = data;
    const struct input *input = device->input;
    struct pointer pointer = {
        .kind = kind,
        .id = device->number << 16 | (finger & 0xFFFF), /* no two devices share it */
    };

    if (input->listener.pointer != NULL) {
        display_locate(input->display, across, down, &pointer.x, &pointer.y);
        input->listener.pointer(input->listener.data, &pointer);
    }
}

static void
tell_key(void *data, enum key key)
{
    const struct device *device = data;

    if (device->input->listener.key != NULL) {
        device->input->listener.key(device->input->listener.data, key);
    }
}

static void
tell_headphones(void *data, bool in)
{
    const struct device *device = data;

    if (device->input->listener.headphones != NULL) {
        device->input->listener.headphones(device->input->listener.data, in);
    }
}

static bool
read_state(void *data, struct evdev_state *state)
{
    const struct device *device = data;

    return evdev_read_state(device->input->kernel.control, device->fd,
                            &device->description.abilities, state);
}

static void
device_close(struct device *device)
{
    struct input *input = device->input;

    for (size_t i = 0; i < input->device_count; i++) {
        if (input->devices[i] == device) {
            input->devices[i] = input->devices[--input->device_count];
        }
    }
    evdev_parser_cancel(&device->parser);
    loop_remove_fd(input->loop, device->fd);
    close(device->fd); /* lets go of it too */
    free(device);
}

static void
on_device(void *data, int fd, short poll_events)
{
    struct device *device = data;
    struct input_event events[EVENTS_AT_ONCE];
    ssize_t length;

    (void)poll_events;
    while ((length = read(fd, events, sizeof(events))) > 0) {
        evdev_parse(&device->parser, events, (size_t)length / sizeof(events[0]));
        if ((size_t)length % sizeof(events[0]) != 0) {
            break; /* the kernel gives whole events only: it isn't one */
        }
    }
    if (length >= 0 || (errno != EAGAIN && errno != EINTR)) {
        log_warning("event%d (%s) is gone", device->number, device->description.name);
        device_close(device);
    }
}

/* --- finding devices --------------------------------------------------------- */

static bool
is_wanted(const struct input *input, int fd, struct evdev_description *description,
          struct error *error)
{
    char *properties = evdev_properties_read(input->kernel.properties, fd);
    bool described =
        evdev_describe(input->kernel.control, fd, properties, description, error);

    if (evdev_matches(input->kernel.control, fd, properties, input->scanner)) {
        described = error_set(error, ERROR_NOT_FOUND, "is the scanner");
    }
    free(properties);
    if (described && strstr(description->name, input->wanted) == NULL) {
        description->abilities.touch = EVDEV_NO_TOUCH;
    }
    if (described && strstr(description->name, input->headphones) == NULL) {
        description->abilities.headphones = false;
    }
    return described &&
           (description->abilities.keys || description->abilities.headphones ||
            description->abilities.touch != EVDEV_NO_TOUCH);
}

static void
device_start(struct input *input, int fd, int number,
             const struct evdev_description *description)
{
    static const char *const touches[] = {
        [EVDEV_NO_TOUCH] = "no touch",
        [EVDEV_ONE_FINGER] = "touch of one finger",
        [EVDEV_FINGERS] = "touch",
    };
    struct device *device = memory_allocate(1, sizeof(*device));
    const struct evdev_listener listener = {tell_touch, tell_key, tell_headphones,
                                            read_state, device};

    device->input = input;
    device->fd = fd;
    device->number = number;
    device->description = *description;
    if (input->kernel.control(fd, EVIOCGRAB, (void *)1) < 0) {
        log_warning("event%d (%s) is read by others too: %s", number, description->name,
                    strerror(errno));
    }
    evdev_parser_init(&device->parser, &description->abilities, input->calibration,
                      listener);
    input->devices[input->device_count++] = device;
    loop_add_fd(input->loop, fd, POLLIN, on_device, device);
    log_info("event%d is %s: %s%s", number, description->name,
             touches[description->abilities.touch],
             description->abilities.headphones ? ", headphones" : "");
}

static bool
is_open(const struct input *input, int number)
{
    for (size_t i = 0; i < input->device_count; i++) {
        if (input->devices[i]->number == number) {
            return true;
        }
    }
    return false;
}

static void
device_look(void *data, int number, const char *path)
{
    struct input *input = data;
    struct evdev_description description;
    struct error error = {0};
    int fd;

    if (is_open(input, number) || input->device_count == DEVICES_MAX) {
        return;
    }
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        /* A new one may be opened only when udev is done with it: that is told too. */
        log_warning("%s: %s", path, strerror(errno));
    } else if (is_wanted(input, fd, &description, &error)) {
        device_start(input, fd, number, &description);
    } else {
        log_debug("%s (%s): %s", path, description.name, error.message);
        close(fd);
    }
}

/* --- life -------------------------------------------------------------------- */

bool
input_calibration_parse(const char *text, double calibration[6])
{
    double read[6];
    char *end;

    for (int i = 0; i < 6; i++) {
        read[i] = strtod(text, &end);
        if (end == text || !isfinite(read[i])) {
            return false;
        }
        text = end;
    }
    if (text[strspn(text, " \t")] != '\0') {
        return false;
    }
    memcpy(calibration, read, sizeof(read));
    return true;
}

struct input *
input_create_at(struct loop *loop, const struct input_kernel *kernel,
                const struct input_options *options, struct display_listener listener,
                struct error *error)
{
    struct input *input = memory_allocate(1, sizeof(*input));

    assert(options->display != NULL);
    input->loop = loop;
    input->kernel = *kernel;
    input->display = options->display;
    memcpy(input->calibration, options->calibration, sizeof(input->calibration));
    if (options->device != NULL) {
        text_copy(input->wanted, sizeof(input->wanted), options->device);
    }
    if (options->headphones != NULL) {
        text_copy(input->headphones, sizeof(input->headphones), options->headphones);
    }
    if (options->scanner != NULL) {
        text_copy(input->scanner, sizeof(input->scanner), options->scanner);
    }
    input->listener = listener;
    input->folder = evdev_folder_open(loop, kernel->folder, device_look, input, error);
    if (input->folder == NULL) {
        input_destroy(input);
        return NULL;
    }
    if (input->device_count == 0) {
        log_warning("no touchscreen and no keys yet");
    }
    return input;
}

static int
control_kernel(int fd, unsigned long request, void *argument)
{
    return ioctl(fd, request, argument);
}

struct input *
input_create(struct loop *loop, const struct input_options *options,
             struct display_listener listener, struct error *error)
{
    const struct input_kernel kernel = {"/dev/input", "/run/udev/data", control_kernel};

    return input_create_at(loop, &kernel, options, listener, error);
}

void
input_destroy(struct input *input)
{
    if (input == NULL) {
        return;
    }
    input->listener = (struct display_listener){0}; /* its owner is going too */
    while (input->device_count > 0) {
        device_close(input->devices[0]);
    }
    evdev_folder_close(input->folder);
    free(input);
}
