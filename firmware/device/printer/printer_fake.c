#include "device/printer_fake.h"

#include <arpa/inet.h>
#include <errno.h>
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
#include "base/text.h"
#include "device/printer/escpos_machine.h"
#include "device/printer/printer_maker.h"

#define LOG_MODULE "printer-fake"
#include "base/log.h"

#define SLOW_BYTES 256 /* at a time, and so long between them */
#define SLOW_MS 20
#define HOLD_MS 20 /* between two looks whether it takes more again */

struct printer_fake {
    pthread_t thread;
    int listener, stop, port;
    int client;           /* who sends now; -1. The thread's */
    struct printer *kept; /* where tickets go, NULL: nowhere */
    pthread_mutex_t lock; /* for what follows */
    struct escpos_machine *machine;
    struct printer_fake_play play;
    int tickets;
};

/* --- what the machine says; under the lock ----------------------------------- */

static void
send_answer(void *data, const uint8_t *bytes, size_t length)
{
    const struct printer_fake *fake = data;

    if (fake->client >= 0) {
        send(fake->client, bytes, length, MSG_NOSIGNAL);
    }
}

static void
keep_ticket(void *data, const struct bitmap *bitmap, const uint8_t *bytes,
            size_t length)
{
    struct printer_fake *fake = data;
    struct error error = {0};

    fake->tickets++;
    if (fake->kept != NULL && !printer_print(fake->kept, bitmap, bytes, length, &error))
    {
        log_warning("%s", error.message);
    }
}

/* --- the thread -------------------------------------------------------------- */

/* True when it has to end; else something came, or the time is over. */
static bool
is_stopped(const struct printer_fake *fake, int fd, short events, int timeout_ms)
{
    struct pollfd watched[2] = {{fd, events, 0}, {fake->stop, POLLIN, 0}};

    poll(watched, 2, timeout_ms);
    return watched[1].revents != 0;
}

static struct printer_fake_play
play_now(struct printer_fake *fake)
{
    struct printer_fake_play play;

    pthread_mutex_lock(&fake->lock);
    play = fake->play;
    pthread_mutex_unlock(&fake->lock);
    return play;
}

/* False when it lets go of who sends. */
static bool
take(struct printer_fake *fake, const uint8_t *bytes, size_t length)
{
    bool keeps = true;

    pthread_mutex_lock(&fake->lock);
    for (size_t i = 0; i < length && keeps; i++) {
        keeps = machine_take(fake->machine, bytes[i]);
    }
    pthread_mutex_unlock(&fake->lock);
    return keeps;
}

static bool
is_full(struct printer_fake *fake)
{
    bool full;

    pthread_mutex_lock(&fake->lock);
    full = machine_is_full(fake->machine);
    pthread_mutex_unlock(&fake->lock);
    return full;
}

/* What a printer can't take stays on the way: that is how it is noticed. False when
 * who sends is gone. */
static bool
hold(const struct printer_fake *fake, int fd)
{
    struct pollfd watched = {fd, POLLRDHUP, 0};

    return !is_stopped(fake, -1, 0, HOLD_MS) &&
           (poll(&watched, 1, 0) == 0 ||
            (watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0);
}

/* False when who sends is gone, or let go of. */
static bool
serve_some(struct printer_fake *fake, int fd, const struct printer_fake_play *play)
{
    static const uint8_t noise[64] = {0};
    uint8_t bytes[512];
    ssize_t got;

    if (play->babbles) {
        return send(fd, noise, sizeof(noise), MSG_NOSIGNAL) > 0;
    }
    got = recv(fd, bytes, play->slow ? SLOW_BYTES : sizeof(bytes), MSG_DONTWAIT);
    if (got < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    return got > 0 && take(fake, bytes, (size_t)got);
}

static void
serve(struct printer_fake *fake, int fd)
{
    for (;;) {
        struct printer_fake_play play = play_now(fake);
        short events = play.babbles ? POLLOUT : POLLIN;

        if (is_full(fake)) {
            if (!hold(fake, fd)) {
                return;
            }
        } else if (is_stopped(fake, fd, events, -1) || !serve_some(fake, fd, &play) ||
                   (play.slow && is_stopped(fake, -1, 0, SLOW_MS)))
        {
            return;
        }
    }
}

static void
set_client(struct printer_fake *fake, int fd)
{
    pthread_mutex_lock(&fake->lock);
    fake->client = fd;
    if (fd >= 0) {
        machine_reconnect(fake->machine);
    }
    pthread_mutex_unlock(&fake->lock);
}

static void *
run(void *data)
{
    struct printer_fake *fake = data;

    while (!is_stopped(fake, fake->listener, POLLIN, -1)) {
        int fd = accept(fake->listener, NULL, NULL);

        if (fd >= 0) {
            set_client(fake, fd);
            serve(fake, fd);
            set_client(fake, -1);
            close(fd);
        }
    }
    return NULL;
}

/* --- life -------------------------------------------------------------------- */

static bool
listen_at(struct printer_fake *fake, int port, struct error *error)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof(address);
    const int buffer = 4096, yes = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fake->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    /* Small, so that a printer that takes no more is noticed as in life. */
    setsockopt(fake->listener, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
    setsockopt(fake->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (fake->listener < 0 ||
        bind(fake->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(fake->listener, 4) != 0 ||
        getsockname(fake->listener, (struct sockaddr *)&address, &size) != 0)
    {
        return error_set(error, ERROR_DEVICE, "port %d: %s", port, strerror(errno));
    }
    fake->port = ntohs(address.sin_port);
    return true;
}

struct printer_fake *
printer_fake_start(const struct printer_fake_options *options, struct error *error)
{
    struct printer_fake *fake = memory_allocate(1, sizeof(*fake));

    fake->client = -1;
    fake->stop = eventfd(0, EFD_CLOEXEC);
    fake->play = *printer_fake_play_of("ok");
    fake->machine = machine_create(
        options, (struct machine_listener){send_answer, keep_ticket, fake});
    pthread_mutex_init(&fake->lock, NULL);
    if (options->folder != NULL) {
        fake->kept = printer_file_create(options->folder, error);
    }
    if ((options->folder == NULL || fake->kept != NULL) &&
        listen_at(fake, options->port, error) &&
        pthread_create(&fake->thread, NULL, run, fake) == 0)
    {
        return fake;
    }
    error_prefix(error, "printer fake");
    eventfd_write(fake->stop, 1);
    fake->thread = 0;
    printer_fake_stop(fake);
    return NULL;
}

void
printer_fake_stop(struct printer_fake *fake)
{
    if (fake == NULL) {
        return;
    }
    eventfd_write(fake->stop, 1);
    if (fake->thread != 0) {
        pthread_join(fake->thread, NULL);
    }
    pthread_mutex_destroy(&fake->lock);
    if (fake->listener >= 0) {
        close(fake->listener);
    }
    close(fake->stop);
    machine_destroy(fake->machine);
    printer_destroy(fake->kept);
    free(fake);
}

int
printer_fake_port(const struct printer_fake *fake)
{
    return fake->port;
}

void
printer_fake_set(struct printer_fake *fake, const struct printer_fake_play *play)
{
    pthread_mutex_lock(&fake->lock);
    fake->play = *play;
    machine_play(fake->machine, play);
    pthread_mutex_unlock(&fake->lock);
}

int
printer_fake_tickets(struct printer_fake *fake, char last[PRINTER_PATH_BYTES])
{
    int tickets;

    pthread_mutex_lock(&fake->lock);
    tickets = fake->tickets;
    if (fake->kept == NULL || !printer_last(fake->kept, last)) {
        last[0] = '\0';
    }
    pthread_mutex_unlock(&fake->lock);
    return tickets;
}

int
printer_fake_answered(struct printer_fake *fake)
{
    int answered;

    pthread_mutex_lock(&fake->lock);
    answered = machine_answered(fake->machine);
    pthread_mutex_unlock(&fake->lock);
    return answered;
}

size_t
printer_fake_printed(struct printer_fake *fake, const uint8_t **bytes)
{
    size_t length;

    pthread_mutex_lock(&fake->lock);
    length = machine_printed(fake->machine, bytes);
    pthread_mutex_unlock(&fake->lock);
    return length;
}

/* --- the maker --------------------------------------------------------------- */

struct fake_maker {
    struct printer_fake *fake;
    struct printer *network;
};

static bool
maker_print(void *data, const struct bitmap *bitmap, const void *bytes, size_t length,
            struct error *error)
{
    const struct fake_maker *maker = data;

    return maker->network->operations->print(maker->network->maker, bitmap, bytes,
                                             length, error);
}

static enum printer_state
maker_status(void *data, struct error *error)
{
    const struct fake_maker *maker = data;

    return maker->network->operations->status(maker->network->maker, error);
}

static bool
maker_probe(void *data, struct printer_traits *traits, struct error *error)
{
    const struct fake_maker *maker = data;

    return maker->network->operations->probe(maker->network->maker, traits, error);
}

static bool
maker_play(void *data, const char *name)
{
    const struct fake_maker *maker = data;
    const struct printer_fake_play *play = printer_fake_play_of(name);

    if (play != NULL) {
        printer_fake_set(maker->fake, play);
    }
    return play != NULL;
}

static bool
maker_last(void *data, char path[PRINTER_PATH_BYTES])
{
    const struct fake_maker *maker = data;

    return printer_fake_tickets(maker->fake, path) > 0;
}

static void
maker_destroy(void *data)
{
    struct fake_maker *maker = data;

    printer_destroy(maker->network);
    printer_fake_stop(maker->fake);
    free(maker);
}

static const struct printer_operations operations = {
    .print = maker_print,
    .status = maker_status,
    .probe = maker_probe,
    .play = maker_play,
    .last = maker_last,
    .destroy = maker_destroy,
};

struct printer *
printer_fake_create(const char *folder, int roll_mm, int timeout_ms,
                    struct error *error)
{
    const struct printer_fake_options options = {.folder = folder,
                                                 .maker = "LOKETZUIL",
                                                 .model = "fake",
                                                 .knife = true,
                                                 .roll_mm = roll_mm};
    const struct printer_manners manners = {timeout_ms, false};
    struct printer_fake *fake = printer_fake_start(&options, error);
    struct fake_maker *maker;
    char address[40];

    if (fake == NULL) {
        return NULL;
    }
    maker = memory_allocate(1, sizeof(*maker));
    snprintf(address, sizeof(address), "127.0.0.1:%d", fake->port);
    maker->fake = fake;
    maker->network = printer_network_create(address, &manners, error);
    return printer_make("fake", &operations, maker);
}
