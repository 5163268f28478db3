#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/printer/escpos_talk.h"
#include "device/printer/printer_maker.h"
#include "device/printer/wire.h"

/*
 * ESC/POS printers, by the three ways that they are reached. The way is opened for each
 * ticket and each question: many printers serve only one at a time, so the technician's
 * laptop gets its turn, and one that was pulled out is found again.
 */

#define HOST_BYTES 256
#define PORT_BYTES 6

struct escpos_printer {
    int (*open)(const struct escpos_printer *maker, struct error *error);
    int timeout_ms;
    bool mute;                               /* it answers nothing */
    char host[HOST_BYTES], port[PORT_BYTES]; /* network */
    char path[PRINTER_PATH_BYTES];           /* usb, serial */
    struct serial_line line;                 /* serial */
};

static int
open_network(const struct escpos_printer *maker, struct error *error)
{
    return wire_connect(maker->host, maker->port, maker->timeout_ms, error);
}

static int
open_usb(const struct escpos_printer *maker, struct error *error)
{
    return wire_open_usb(maker->path, error);
}

static int
open_serial(const struct escpos_printer *maker, struct error *error)
{
    return serial_open(maker->path, &maker->line, error);
}

static enum printer_state
escpos_status(void *data, struct error *error)
{
    const struct escpos_printer *maker = data;
    int fd = maker->open(maker, error);
    enum printer_state state = PRINTER_OFFLINE;

    if (fd >= 0) {
        state = maker->mute ? PRINTER_OK : talk_status(fd, maker->timeout_ms, error);
        wire_close(fd);
    }
    return state;
}

static bool
escpos_print(void *data, const struct bitmap *bitmap, const void *bytes, size_t length,
             struct error *error)
{
    const struct escpos_printer *maker = data;
    int fd = maker->open(maker, error);
    bool printed = false;

    (void)bitmap;
    if (fd >= 0) {
        printed = maker->mute
                      ? talk_print_blindly(fd, maker->timeout_ms, bytes, length, error)
                      : talk_print(fd, maker->timeout_ms, bytes, length, error);
        if (printed || error->kind == ERROR_UNCERTAIN) {
            wire_close(fd);
        } else {
            wire_abort(fd);
        }
    }
    return printed;
}

static bool
escpos_probe(void *data, struct printer_traits *traits, struct error *error)
{
    const struct escpos_printer *maker = data;
    int fd = maker->mute ? -1 : maker->open(maker, error);
    bool good = maker->mute;

    *traits = (struct printer_traits){.roll_mm = 0};
    if (fd >= 0) {
        good = printer_state_can_print(talk_status(fd, maker->timeout_ms, error)) &&
               talk_probe(fd, maker->timeout_ms, traits, error);
        wire_close(fd);
    }
    return good;
}

/* --- making -------------------------------------------------------------- */

/* The end of the host in `address`, and where its port begins or NULL. */
static const char *
host_end(const char *address, const char **port)
{
    const char *end = address[0] == '[' ? strchr(address, ']') : strchr(address, ':');

    *port = NULL;
    if (address[0] == '[' && end != NULL) {
        *port = end[1] == ':' ? end + 2 : NULL;
        return end[1] == ':' || end[1] == '\0' ? end : NULL;
    }
    if (end != NULL) {
        *port = end + 1;
        return end;
    }
    return address[0] == '[' ? NULL : address + strlen(address);
}

static bool
is_port(const char *text)
{
    size_t length = strspn(text, "0123456789");
    long number = strtol(text, NULL, 10);

    return length > 0 && length < PORT_BYTES && text[length] == '\0' && number >= 1 &&
           number <= 65535;
}

static bool
address_read(const char *address, struct escpos_printer *maker, struct error *error)
{
    const char *begin = address[0] == '[' ? address + 1 : address;
    const char *port;
    const char *end = host_end(address, &port);
    size_t length = end != NULL ? (size_t)(end - begin) : 0;

    if (length == 0 || length >= HOST_BYTES || (port != NULL && !is_port(port))) {
        return error_set(error, ERROR_BAD_INPUT,
                         "address must be HOST, HOST:PORT or [IPV6]:PORT");
    }
    memcpy(maker->host, begin, length);
    return text_copy(maker->port, sizeof(maker->port), port != NULL ? port : "9100");
}

static const struct printer_operations operations = {
    .print = escpos_print,
    .status = escpos_status,
    .probe = escpos_probe,
    .destroy = free,
};

static struct escpos_printer *
escpos_make(int (*open)(const struct escpos_printer *maker, struct error *error),
            const struct printer_manners *manners)
{
    struct escpos_printer *maker = memory_allocate(1, sizeof(*maker));

    assert(manners->timeout_ms > 0);
    maker->open = open;
    maker->timeout_ms = manners->timeout_ms;
    maker->mute = manners->mute;
    return maker;
}

struct printer *
printer_network_create(const char *address, const struct printer_manners *manners,
                       struct error *error)
{
    struct escpos_printer *maker = escpos_make(open_network, manners);

    if (!address_read(address, maker, error)) {
        error_prefix(error, "printer network");
        free(maker);
        return NULL;
    }
    return printer_make("network", &operations, maker);
}

struct printer *
printer_usb_create(const char *path, const struct printer_manners *manners)
{
    struct escpos_printer *maker = escpos_make(open_usb, manners);

    text_copy(maker->path, sizeof(maker->path), path);
    return printer_make("usb", &operations, maker);
}

struct printer *
printer_serial_create(const char *path, const struct serial_line *line,
                      const struct printer_manners *manners)
{
    struct escpos_printer *maker = escpos_make(open_serial, manners);

    text_copy(maker->path, sizeof(maker->path), path);
    maker->line = *line;
    return printer_make("serial", &operations, maker);
}
