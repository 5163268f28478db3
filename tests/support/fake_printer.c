#include "fake_printer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

#define STREAM_BYTES_MAX (1 << 20)

const struct fake_printer_options fake_printer_fine = {
    .answers = {0x12, 0x12, 0x12, 0x12}};

struct fake_printer {
    struct fake_printer_options options;
    pthread_t thread;
    int listener, stop;
    char address[40];
    pthread_mutex_t lock; /* for what follows */
    uint8_t stream[STREAM_BYTES_MAX], printed[STREAM_BYTES_MAX];
    size_t length, at, printed_length;
    int answered;
};

static bool
require(bool holds, const char *what)
{
    if (!holds) {
        perror(what);
        abort();
    }
    return holds;
}

static void
answer(struct fake_printer *printer, int fd, uint8_t byte)
{
    static const uint8_t report[] = {0x14, 0x00, 0x00, 0x0f};

    if (printer->options.reports) {
        send(fd, report, sizeof(report), MSG_NOSIGNAL);
    }
    send(fd, &byte, 1, MSG_NOSIGNAL);
    printer->answered++;
}

static bool
is_out(const struct fake_printer *printer)
{
    return printer->options.paper_out_after != 0 &&
           printer->printed_length >= printer->options.paper_out_after;
}

/* Answers at once, wherever in the stream the three bytes stand. */
static void
answer_real_time(struct fake_printer *printer, int fd)
{
    const uint8_t *last = printer->stream + printer->length;

    if (printer->length < 3 || last[-3] != 0x10 || last[-2] != 0x04 || last[-1] < 1 ||
        last[-1] > 4 || printer->options.answers[last[-1] - 1] == 0)
    {
        return;
    }
    answer(printer, fd,
           is_out(printer) && last[-1] == 4 ? 0x72
                                            : printer->options.answers[last[-1] - 1]);
}

/* The length of the command at the front, 0 when it has not all come in. */
static size_t
command_length(const uint8_t *bytes, size_t left)
{
    size_t length = 3;

    if (left < 2) {
        return 0;
    }
    if (bytes[0] == 0x1b && bytes[1] == '@') {
        length = 2;
    } else if (bytes[0] == 0x1d && bytes[1] == 'V') {
        length = 4;
    } else if (bytes[0] == 0x1d && bytes[1] == 'v') {
        if (left < 8) {
            return 0;
        }
        length = 8 + (bytes[4] + 256u * bytes[5]) * (bytes[6] + 256u * bytes[7]);
    } else {
        require((bytes[0] == 0x10 && bytes[1] == 0x04) ||
                    (bytes[0] == 0x1b && bytes[1] == 'J') ||
                    (bytes[0] == 0x1d && bytes[1] == 'r'),
                "fake printer: a command it knows");
    }
    return left >= length ? length : 0;
}

/* Works off, in their order, the commands that are whole. */
static void
work(struct fake_printer *printer, int fd)
{
    size_t length;

    while ((length = command_length(printer->stream + printer->at,
                                    printer->length - printer->at)) > 0)
    {
        const uint8_t *command = printer->stream + printer->at;

        if (command[0] == 0x1d && command[1] == 'r') {
            if (!printer->options.ignores_done && !is_out(printer)) {
                answer(printer, fd, 0x00);
            }
        } else if (command[0] != 0x10) {
            memcpy(printer->printed + printer->printed_length, command, length);
            printer->printed_length += length;
        }
        printer->at += length;
    }
}

/* False when the printer lets go of the connection. */
static bool
take(struct fake_printer *printer, int fd, uint8_t byte)
{
    require(printer->length < STREAM_BYTES_MAX, "fake printer: room");
    printer->stream[printer->length++] = byte;
    answer_real_time(printer, fd);
    work(printer, fd);
    return printer->options.drops_after == 0 ||
           printer->length < printer->options.drops_after;
}

static bool
is_stopped(struct fake_printer *printer, int fd, short events)
{
    struct pollfd watched[2] = {{fd, events, 0}, {printer->stop, POLLIN, 0}};

    require(poll(watched, 2, -1) > 0, "fake printer: poll");
    return watched[1].revents != 0;
}

static void
babble(struct fake_printer *printer, int fd)
{
    static const uint8_t noise[64] = {0};

    while (!is_stopped(printer, fd, POLLOUT) &&
           send(fd, noise, sizeof(noise), MSG_NOSIGNAL) > 0)
    {
    }
}

static void
serve(struct fake_printer *printer, int fd)
{
    uint8_t bytes[512];
    ssize_t got;
    bool open = true;

    if (printer->options.babbles) {
        babble(printer, fd);
        return;
    }
    while (open && !is_stopped(printer, fd, POLLIN) &&
           (got = recv(fd, bytes, sizeof(bytes), 0)) > 0)
    {
        pthread_mutex_lock(&printer->lock);
        for (ssize_t i = 0; i < got && open; i++) {
            open = take(printer, fd, bytes[i]);
        }
        pthread_mutex_unlock(&printer->lock);
        if (printer->options.stalls_after != 0 &&
            printer->length >= printer->options.stalls_after)
        {
            is_stopped(printer, -1, 0); /* waits for just that */
            return;
        }
    }
}

static void *
run(void *data)
{
    struct fake_printer *printer = data;

    while (!is_stopped(printer, printer->listener, POLLIN)) {
        int fd = accept(printer->listener, NULL, NULL);

        require(fd >= 0, "fake printer: accept");
        pthread_mutex_lock(&printer->lock);
        printer->at = printer->length; /* what was cut off is not gone on with */
        pthread_mutex_unlock(&printer->lock);
        serve(printer, fd);
        close(fd);
    }
    return NULL;
}

struct fake_printer *
fake_printer_start(const struct fake_printer_options *options)
{
    struct fake_printer *printer = memory_allocate(1, sizeof(*printer));
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    const int buffer = 4096;

    printer->options = *options;
    printer->stop = eventfd(0, EFD_CLOEXEC);
    printer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(printer->stop >= 0 && printer->listener >= 0, "fake printer: sockets");
    /* Small, so that a printer that takes no more is noticed as in life. */
    setsockopt(printer->listener, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(bind(printer->listener, (struct sockaddr *)&address, size) == 0 &&
                listen(printer->listener, 4) == 0 &&
                getsockname(printer->listener, (struct sockaddr *)&address, &size) == 0,
            "fake printer: listen");
    snprintf(printer->address, sizeof(printer->address), "127.0.0.1:%d",
             ntohs(address.sin_port));
    pthread_mutex_init(&printer->lock, NULL);
    require(pthread_create(&printer->thread, NULL, run, printer) == 0,
            "fake printer: thread");
    return printer;
}

void
fake_printer_stop(struct fake_printer *printer)
{
    eventfd_write(printer->stop, 1);
    pthread_join(printer->thread, NULL);
    pthread_mutex_destroy(&printer->lock);
    close(printer->listener);
    close(printer->stop);
    free(printer);
}

const char *
fake_printer_address(const struct fake_printer *printer)
{
    return printer->address;
}

size_t
fake_printer_printed(struct fake_printer *printer, const uint8_t **bytes)
{
    size_t length;

    pthread_mutex_lock(&printer->lock);
    length = printer->printed_length;
    *bytes = printer->printed;
    pthread_mutex_unlock(&printer->lock);
    return length;
}

int
fake_printer_answered(struct fake_printer *printer)
{
    int answered;

    pthread_mutex_lock(&printer->lock);
    answered = printer->answered;
    pthread_mutex_unlock(&printer->lock);
    return answered;
}
