#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "device/printer/escpos_status.h"
#include "device/printer/printer_maker.h"
#include "device/printer/wire.h"

/*
 * One connection for each ticket and each question: many printers serve only one at
 * a time, and the technician's laptop must get its turn.
 */

#define HOST_BYTES 256
#define PORT_BYTES 6

struct network_printer {
    char host[HOST_BYTES], port[PORT_BYTES];
    int timeout_ms;
};

/* --- questions ----------------------------------------------------------- */

/* Waits for a byte of that kind; others are what nobody asked for. */
static enum wire_answer
wait_for_byte(int fd, enum escpos_byte wanted, int timeout_ms, uint8_t *byte)
{
    int64_t deadline_ms = time_steady_ms() + timeout_ms;
    struct escpos_sorter sorter = {0};
    enum wire_answer answer;

    do {
        answer = wire_read(fd, deadline_ms, byte);
    } while (answer == WIRE_BYTE && escpos_sort(&sorter, *byte) != wanted);
    return answer;
}

/* Asks all four in turn: an answer does not say which question it is to. */
static enum printer_state
ask(int fd, int timeout_ms, struct error *error)
{
    uint8_t answers[ESCPOS_QUESTION_COUNT];

    for (int i = 0; i < ESCPOS_QUESTION_COUNT; i++) {
        const uint8_t question[3] = {0x10, 0x04, (uint8_t)(i + 1)};
        size_t sent;

        wire_drain(fd);
        if (!wire_send(fd, question, sizeof(question), timeout_ms, &sent, error)) {
            error->kind = ERROR_OFFLINE;
            return PRINTER_OFFLINE;
        }
        switch (wait_for_byte(fd, ESCPOS_BYTE_STATUS, timeout_ms, &answers[i])) {
        case WIRE_BYTE:
            break;
        case WIRE_SILENT:
            error_set(error, ERROR_OFFLINE, "it does not answer a status question");
            return PRINTER_OFFLINE;
        case WIRE_CLOSED:
            error_set(error, ERROR_OFFLINE, "it closed the connection");
            return PRINTER_OFFLINE;
        }
    }
    return escpos_state(answers, error);
}

static enum printer_state
network_status(void *data, struct error *error)
{
    const struct network_printer *maker = data;
    int fd = wire_connect(maker->host, maker->port, maker->timeout_ms, error);
    enum printer_state state = PRINTER_OFFLINE;

    if (fd >= 0) {
        state = ask(fd, maker->timeout_ms, error);
        wire_close(fd);
    }
    return state;
}

/* --- printing ------------------------------------------------------------ */

/*
 * The printer answers GS r only when it has worked off all that was sent before;
 * the answers to questions inside the picture have then come and gone. A printer
 * that does not know GS r is waited for as long, and then asked how it is.
 */
static bool
wait_until_printed(int fd, int timeout_ms, struct error *error)
{
    static const uint8_t question[] = {0x1d, 'r', 1};
    uint8_t byte;
    size_t sent;
    enum printer_state state;

    if (!wire_send(fd, question, sizeof(question), timeout_ms, &sent, error) ||
        wait_for_byte(fd, ESCPOS_BYTE_DONE, timeout_ms, &byte) == WIRE_CLOSED)
    {
        return error_set(error, ERROR_UNCERTAIN,
                         "it closed the connection before it said that it had printed");
    }
    state = ask(fd, timeout_ms, error);
    if (state == PRINTER_OFFLINE) {
        error_prefix(error, "after printing");
        error->kind = ERROR_UNCERTAIN;
    } else if (!printer_state_can_print(state)) {
        error_prefix(error, "while printing");
    }
    return printer_state_can_print(state);
}

static bool
network_print(void *data, const struct bitmap *bitmap, const void *bytes, size_t length,
              struct error *error)
{
    const struct network_printer *maker = data;
    int fd = wire_connect(maker->host, maker->port, maker->timeout_ms, error);
    size_t sent;
    bool printed;

    (void)bitmap;
    if (fd < 0) {
        return false;
    }
    printed = printer_state_can_print(ask(fd, maker->timeout_ms, error)) &&
              wire_send(fd, bytes, length, maker->timeout_ms, &sent, error) &&
              wait_until_printed(fd, maker->timeout_ms, error);
    wire_close(fd);
    return printed;
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
address_read(const char *address, struct network_printer *maker, struct error *error)
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
    .print = network_print,
    .status = network_status,
    .destroy = free,
};

struct printer *
printer_network_create(const char *address, int timeout_ms, struct error *error)
{
    struct network_printer *maker = memory_allocate(1, sizeof(*maker));

    assert(timeout_ms > 0);
    maker->timeout_ms = timeout_ms;
    if (!address_read(address, maker, error)) {
        error_prefix(error, "printer network");
        free(maker);
        return NULL;
    }
    return printer_make("network", &operations, maker);
}
