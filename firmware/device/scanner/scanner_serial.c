#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/time.h"
#include "device/scanner/scan_line.h"
#include "device/scanner/scanner_maker.h"

#define LOG_MODULE "scanner"
#include "base/log.h"

#define LOOK_AGAIN_MS 5000 /* for one that is not there */
#define READ_BYTES 256

struct serial_scanner {
    struct loop *loop;
    char *path;
    struct serial_line line;
    struct scanner_listener listener;
    int fd, timer; /* one of them: it is there, or looked for */
    bool missed;   /* that it is not there was said */
    struct scan_line scan;
};

static void look(void *data);

static void
look_later(struct serial_scanner *scanner)
{
    scanner->timer = loop_add_timer(scanner->loop, LOOK_AGAIN_MS, look, scanner);
}

static void
let_go(struct serial_scanner *scanner)
{
    if (scanner->fd >= 0) {
        loop_remove_fd(scanner->loop, scanner->fd);
        close(scanner->fd);
        scanner->fd = -1;
    }
    scan_line_forget(&scanner->scan);
}

static void
take(struct serial_scanner *scanner, const char *bytes, size_t length)
{
    int64_t now_ms = time_steady_ms();

    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r' || bytes[i] == '\n') {
            scan_line_end(&scanner->scan, now_ms, scanner->listener);
        } else {
            scan_line_add(&scanner->scan, bytes[i], now_ms);
        }
    }
}

static void
on_line(void *data, int fd, short poll_events)
{
    struct serial_scanner *scanner = data;
    char bytes[READ_BYTES];
    ssize_t length;

    (void)poll_events;
    while ((length = read(fd, bytes, sizeof(bytes))) > 0) {
        take(scanner, bytes, (size_t)length);
    }
    memory_wipe(bytes, sizeof(bytes));
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
        log_warning("%s is gone", scanner->path);
        let_go(scanner);
        look_later(scanner);
    }
}

static void
look(void *data)
{
    struct serial_scanner *scanner = data;
    struct error error = {.kind = ERROR_NONE};

    scanner->timer = 0;
    scanner->fd = serial_open(scanner->path, &scanner->line, &error);
    if (scanner->fd >= 0) {
        scanner->missed = false;
        loop_add_fd(scanner->loop, scanner->fd, POLLIN, on_line, scanner);
        log_info("%s is the scanner", scanner->path);
        return;
    }
    if (!scanner->missed) {
        log_warning("no scanner yet: %s", error.message);
        scanner->missed = true;
    }
    look_later(scanner);
}

static void
serial_destroy(void *data)
{
    struct serial_scanner *scanner = data;

    let_go(scanner);
    loop_remove_timer(scanner->loop, scanner->timer);
    free(scanner->path);
    free(scanner);
}

struct scanner *
scanner_serial_create(struct loop *loop, const char *path,
                      const struct serial_line *line, struct scanner_listener listener)
{
    struct serial_scanner *scanner = memory_allocate(1, sizeof(*scanner));

    scanner->loop = loop;
    scanner->path = memory_copy_text(path);
    scanner->line = *line;
    scanner->listener = listener;
    look(scanner);
    return scanner_make(serial_destroy, scanner);
}
