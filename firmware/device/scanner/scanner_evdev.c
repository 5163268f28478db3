#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/input/evdev_folder.h"
#include "device/scanner/scanner_maker.h"
#include "device/scanner/wedge_parse.h"

#define LOG_MODULE "scanner"
#include "base/log.h"

#define KEYBOARDS_MAX 4 /* one scanner may show as several */
#define EVENTS_AT_ONCE 64

struct keyboard {
    struct evdev_scanner *scanner;
    int fd, number; /* of /dev/input/event<number> */
    struct wedge_parser parser;
};

struct evdev_scanner {
    struct loop *loop;
    struct scanner_kernel kernel;
    char device[EVDEV_MATCH_BYTES];
    struct scanner_listener listener;
    struct evdev_folder *folder;
    struct keyboard *keyboards[KEYBOARDS_MAX];
    size_t keyboard_count;
};

static void
keyboard_close(struct keyboard *keyboard)
{
    struct evdev_scanner *scanner = keyboard->scanner;

    for (size_t i = 0; i < scanner->keyboard_count; i++) {
        if (scanner->keyboards[i] == keyboard) {
            scanner->keyboards[i] = scanner->keyboards[--scanner->keyboard_count];
        }
    }
    loop_remove_fd(scanner->loop, keyboard->fd);
    close(keyboard->fd); /* lets go of it too */
    memory_wipe(keyboard, sizeof(*keyboard));
    free(keyboard);
}

static void
on_keyboard(void *data, int fd, short poll_events)
{
    struct keyboard *keyboard = data;
    struct input_event events[EVENTS_AT_ONCE];
    ssize_t length;

    (void)poll_events;
    while ((length = read(fd, events, sizeof(events))) > 0) {
        wedge_parse(&keyboard->parser, events, (size_t)length / sizeof(events[0]));
        if ((size_t)length % sizeof(events[0]) != 0) {
            break; /* the kernel gives whole events only: it isn't one */
        }
    }
    memory_wipe(events, sizeof(events));
    if (length >= 0 || (errno != EAGAIN && errno != EINTR)) {
        log_warning("event%d is gone", keyboard->number);
        keyboard_close(keyboard);
    }
}

static bool
is_open(const struct evdev_scanner *scanner, int number)
{
    for (size_t i = 0; i < scanner->keyboard_count; i++) {
        if (scanner->keyboards[i]->number == number) {
            return true;
        }
    }
    return false;
}

/* Without having it to ourselves its codes would be typed elsewhere too. */
static void
keyboard_start(struct evdev_scanner *scanner, int fd, int number)
{
    const evdev_control control = scanner->kernel.control;
    int clock = CLOCK_MONOTONIC;
    struct keyboard *keyboard;

    if (control(fd, EVIOCGRAB, (void *)1) < 0) {
        log_error("event%d is left alone, since another program holds it: %s", number,
                  strerror(errno));
        close(fd);
        return;
    }
    control(fd, EVIOCSCLOCKID, &clock); /* else a clock that is set makes a pause */
    keyboard = memory_allocate(1, sizeof(*keyboard));
    keyboard->scanner = scanner;
    keyboard->fd = fd;
    keyboard->number = number;
    wedge_parser_init(&keyboard->parser, scanner->listener);
    scanner->keyboards[scanner->keyboard_count++] = keyboard;
    loop_add_fd(scanner->loop, fd, POLLIN, on_keyboard, keyboard);
    log_info("event%d is the scanner", number);
}

static void
look(void *data, int number, const char *path)
{
    struct evdev_scanner *scanner = data;
    char *properties;
    bool wanted;
    int fd;

    if (is_open(scanner, number) || scanner->keyboard_count == KEYBOARDS_MAX) {
        return;
    }
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return; /* the input says so too; what is not ready yet is told again */
    }
    properties = evdev_properties_read(scanner->kernel.properties, fd);
    wanted = evdev_matches(scanner->kernel.control, fd, properties, scanner->device);
    free(properties);
    if (wanted) {
        keyboard_start(scanner, fd, number);
    } else {
        close(fd);
    }
}

static void
evdev_destroy(void *data)
{
    struct evdev_scanner *scanner = data;

    while (scanner->keyboard_count > 0) {
        keyboard_close(scanner->keyboards[0]);
    }
    evdev_folder_close(scanner->folder);
    free(scanner);
}

struct scanner *
scanner_evdev_create_at(struct loop *loop, const struct scanner_kernel *kernel,
                        const char *device, struct scanner_listener listener,
                        struct error *error)
{
    struct evdev_scanner *scanner = memory_allocate(1, sizeof(*scanner));

    scanner->loop = loop;
    scanner->kernel = *kernel;
    scanner->listener = listener;
    text_copy(scanner->device, sizeof(scanner->device), device);
    scanner->folder = evdev_folder_open(loop, kernel->folder, look, scanner, error);
    if (scanner->folder == NULL) {
        error_prefix(error, "scanner evdev");
        evdev_destroy(scanner);
        return NULL;
    }
    if (scanner->keyboard_count == 0) {
        log_warning("no scanner yet");
    }
    return scanner_make(evdev_destroy, scanner);
}

static int
control_kernel(int fd, unsigned long request, void *argument)
{
    return ioctl(fd, request, argument);
}

struct scanner *
scanner_evdev_create(struct loop *loop, const char *device,
                     struct scanner_listener listener, struct error *error)
{
    const struct scanner_kernel kernel = {"/dev/input", "/run/udev/data",
                                          control_kernel};

    return scanner_evdev_create_at(loop, &kernel, device, listener, error);
}
