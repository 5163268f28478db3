#include "device/input.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "device/input/input_kernel.h"

#define LOG_MODULE "input"
#include "base/log.h"

#define DEVICES_MAX 32
#define DEVICE_NUMBER_MAX 0x7FFF
#define EVENTS_AT_ONCE 64
#define PATH_BYTES 300
#define PROPERTIES_BYTES_MAX (64 * 1024)

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
    char wanted[EVDEV_NAME_BYTES]; /* part of the touchscreen's name */
    struct display_listener listener;
    int watch; /* inotify of the folder; -1 */
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

/* What udev wrote down of the device; NULL when there is no udev. */
static char *
properties_read(const struct input *input, int fd)
{
    char path[PATH_BYTES];
    struct error error = {0};
    struct stat status;
    size_t length;

    if (fstat(fd, &status) != 0) {
        return NULL;
    }
    snprintf(path, sizeof(path), "%s/c%u:%u", input->kernel.properties,
             major(status.st_rdev), minor(status.st_rdev));
    return file_read(path, PROPERTIES_BYTES_MAX, &length, &error);
}

static bool
is_wanted(const struct input *input, int fd, struct evdev_description *description,
          struct error *error)
{
    char *properties = properties_read(input, fd);
    bool described =
        evdev_describe(input->kernel.control, fd, properties, description, error);

    free(properties);
    if (described && strstr(description->name, input->wanted) == NULL) {
        description->abilities.touch = EVDEV_NO_TOUCH;
    }
    return described && (description->abilities.keys ||
                         description->abilities.touch != EVDEV_NO_TOUCH);
}

static void
device_start(struct input *input, int fd, int number,
             const struct evdev_description *description)
{
    static const char *const touches[] = {
        [EVDEV_NO_TOUCH] = "keys only",
        [EVDEV_ONE_FINGER] = "touch of one finger",
        [EVDEV_FINGERS] = "touch",
    };
    struct device *device = memory_allocate(1, sizeof(*device));
    const struct evdev_listener listener = {tell_touch, tell_key, read_state, device};

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
    log_info("event%d is %s: %s", number, description->name,
             touches[description->abilities.touch]);
}

/* "event3" → 3; -1 for another name. */
static int
number_of(const char *name)
{
    char *end;
    long number;

    if (!text_starts_with(name, "event") || name[5] < '0' || name[5] > '9') {
        return -1;
    }
    number = strtol(name + 5, &end, 10);
    return *end == '\0' && number <= DEVICE_NUMBER_MAX ? (int)number : -1;
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
device_look(struct input *input, const char *name)
{
    struct evdev_description description;
    struct error error = {0};
    char path[PATH_BYTES];
    int number = number_of(name), fd;

    if (number < 0 || is_open(input, number) || input->device_count == DEVICES_MAX) {
        return;
    }
    snprintf(path, sizeof(path), "%s/%s", input->kernel.folder, name);
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

static void
on_folder(void *data, int fd, short poll_events)
{
    struct input *input = data;
    _Alignas(struct inotify_event) char buffer[4096];
    ssize_t length;

    (void)poll_events;
    while ((length = read(fd, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const void *)(buffer + at);

            if (event->len > 0) {
                device_look(input, event->name);
            }
            at += (ssize_t)(sizeof(*event) + event->len);
        }
    }
}

static bool
folder_watch(struct input *input, struct error *error)
{
    int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (watch < 0 || inotify_add_watch(watch, input->kernel.folder,
                                       IN_CREATE | IN_MOVED_TO | IN_ATTRIB) < 0)
    {
        error_set(error, ERROR_DEVICE, "%s: %s", input->kernel.folder, strerror(errno));
        if (watch >= 0) {
            close(watch);
        }
        return false;
    }
    input->watch = watch;
    loop_add_fd(input->loop, watch, POLLIN, on_folder, input);
    return true;
}

static bool
folder_read(struct input *input, struct error *error)
{
    DIR *folder = opendir(input->kernel.folder);
    const struct dirent *entry;

    if (folder == NULL) {
        return error_set(error, ERROR_DEVICE, "%s: %s", input->kernel.folder,
                         strerror(errno));
    }
    while ((entry = readdir(folder)) != NULL) {
        device_look(input, entry->d_name);
    }
    closedir(folder);
    return true;
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
    input->listener = listener;
    input->watch = -1;
    /* Watches first: what comes while the folder is read isn't missed. */
    if (!folder_watch(input, error) || !folder_read(input, error)) {
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
    if (input->watch >= 0) {
        loop_remove_fd(input->loop, input->watch);
        close(input->watch);
    }
    free(input);
}
