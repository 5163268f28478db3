/*
 * Kiosks that have much to tell, against a running back office: what a second holds.
 *
 *     bench_load events|bookings|months|fields URL KEYS CLIENTS COUNT
 *
 * Client number n is the kiosk "bench-n" and signs with the key in KEYS/bench-n.key.
 * Each sends COUNT batches of 100 events, books COUNT times, or asks COUNT times which
 * days of a month are free, or only what has to be asked of a citizen, one after the
 * other; everything is made and signed before the clock starts, as far as it can be.
 * Prints "SECONDS CLIENT-CPU-SECONDS DONE P50 P99" when the back office has confirmed
 * every one; the last two are milliseconds of one turn.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "appointment/backoffice.h"
#include "base/http_client.h"
#include "base/memory.h"
#include "base/sign.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/event.h"
#include "usage/wire.h"

#define CLIENTS_MAX 16
#define BATCH 100
#define STARTS_MAX 4096
#define WEEKS 7 /* of the book that are booked; its horizon is 60 days */

struct batch {
    char *text;
    size_t length;
    char chain[100];
    struct signed_request signature;
};

struct client {
    int number;
    char name[USAGE_KIOSK_BYTES];
    struct sign_key key;
    double *took; /* seconds, of each turn */
    struct batch *batches;
    struct appointment_client *book;
    pthread_t thread;
};

struct load {
    const char *url;
    int count;
    struct client clients[CLIENTS_MAX];
    int client_count;
    struct appointment_wish wish;
    int64_t starts[STARTS_MAX];
    int start_count;
    pthread_barrier_t begin;
};

static struct load load;

static void
must(bool good, const struct error *error)
{
    if (!good) {
        fprintf(stderr, "bench_load: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
}

static double
seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- events --------------------------------------------------------------------------
 */

/* As visits make them: begun, information, started, completed, ended. */
static struct usage_event
event_of(int index, int64_t now)
{
    struct usage_event event = {
        .time = now,
        .product = "paspoort",
        .product_uri = "http://standaarden.overheid.nl/owms/terms/paspoort",
        .channel = CHANNEL_APPOINTMENT,
        .outcome = USAGE_OUTCOME_COMPLETED,
        .duration = USAGE_DURATION_UNDER_2_MIN,
    };
    static const enum usage_step steps[] = {USAGE_INFORMATION, USAGE_STARTED,
                                            USAGE_COMPLETED};
    int part = index % 5;

    event.kind = part == 0   ? USAGE_VISIT_BEGUN
                 : part == 4 ? USAGE_VISIT_ENDED
                             : USAGE_STEP;
    event.step = event.kind == USAGE_STEP ? steps[part - 1] : USAGE_INFORMATION;
    strcpy(event.screen, "done");
    return event;
}

static void
batch_make(const struct client *client, struct batch *batch,
           struct usage_position *position, uint8_t link[HASH_BYTES])
{
    char *at = batch->text = memory_allocate(BATCH, USAGE_EVENT_BYTES_MAX + 1);
    char hex[2 * HASH_BYTES + 1];
    int64_t now = time_now_s();

    text_hex_encode(hex, link, HASH_BYTES);
    snprintf(batch->chain, sizeof(batch->chain), WIRE_CHAIN_HEADER ": %s", hex);
    for (int i = 0; i < BATCH; i++) {
        struct usage_event event = event_of((int)position->sequence - 1, now);
        size_t length;

        *at++ = i == 0 ? '[' : ',';
        length = usage_event_write(&event, position, at);
        hash_link(link, at, length, link);
        at += length;
        position->sequence++;
    }
    *at++ = ']';
    batch->length = (size_t)(at - batch->text);
    signed_request_make(&batch->signature, &client->key, "POST", WIRE_EVENTS_PATH,
                        batch->text, batch->length, now);
}

static void
events_prepare(struct client *client)
{
    struct usage_position position = {.sequence = 1};
    uint8_t link[HASH_BYTES];

    text_copy(position.kiosk, sizeof(position.kiosk), client->name);
    random_bytes(position.stream, sizeof(position.stream));
    hash_bytes(position.stream, sizeof(position.stream), link);
    client->batches = memory_allocate((size_t)load.count, sizeof(*client->batches));
    for (int i = 0; i < load.count; i++) {
        batch_make(client, &client->batches[i], &position, link);
    }
}

static void
batch_send(struct http_client *http, const struct batch *batch, int through)
{
    const char *headers[] = {"Content-Type: " WIRE_BATCH_CONTENT_TYPE,
                             batch->chain,
                             batch->signature.digest,
                             batch->signature.input,
                             batch->signature.signature,
                             NULL};
    struct http_answer answer = {0};
    struct error error = {0};
    char url[200], expected[64];

    snprintf(url, sizeof(url), "%s" WIRE_EVENTS_PATH, load.url);
    must(http_client_send(http,
                          &(struct http_request){.method = "POST",
                                                 .url = url,
                                                 .headers = headers,
                                                 .body = batch->text,
                                                 .body_length = batch->length},
                          &answer, &error),
         &error);
    snprintf(expected, sizeof(expected), "\"acked_through\":%d", through);
    if (answer.status != 200 || strstr(answer.body, expected) == NULL) {
        fprintf(stderr, "bench_load: %d %s\n", answer.status, answer.body);
        exit(EXIT_FAILURE);
    }
    http_answer_finish(&answer);
}

static void
events_run(struct client *client)
{
    struct http_client *http = http_client_create();

    for (int i = 0; i < load.count; i++) {
        double begin = seconds(CLOCK_MONOTONIC);

        batch_send(http, &client->batches[i], (i + 1) * BATCH);
        client->took[i] = seconds(CLOCK_MONOTONIC) - begin;
    }
    http_client_destroy(http);
}

static void
events_finish(struct client *client)
{
    for (int i = 0; i < load.count; i++) {
        free(client->batches[i].text);
    }
    free(client->batches);
}

/* --- bookings ------------------------------------------------------------------------
 */

/* Every start of a day that leaves room for one appointment before the next. */
static void
add_starts(struct client *client, struct date date, int minutes)
{
    const struct appointment_operations *operations = client->book->operations;
    struct appointment_time *times;
    struct error error = {0};
    size_t count;

    must(operations->times(client->book->maker, &load.wish, date, &times, &count,
                           &error),
         &error);
    for (size_t i = 0; i < count && load.start_count < STARTS_MAX; i++) {
        int last = load.start_count - 1;

        if (last < 0 || times[i].start >= load.starts[last] + minutes * 60) {
            load.starts[load.start_count++] = times[i].start;
        }
    }
    free(times);
}

static void
find_starts(struct client *client)
{
    const struct appointment_operations *operations = client->book->operations;
    struct date today = date_from_days(time_now_s() / 86400);
    struct appointment_day *days;
    struct error error = {0};
    size_t count;
    int minutes;

    load.wish = (struct appointment_wish){
        .location = "gemeentehuis", .items = {{"paspoort", 1}}, .item_count = 1};
    must(operations->days(client->book->maker, &load.wish, date_add(today, 1),
                          date_add(today, 7 * WEEKS), &days, &count, &error),
         &error);
    for (size_t i = 0; i < count; i++) {
        if (!days[i].closed && days[i].free > 0) {
            must(operations->minutes(client->book->maker, &load.wish, days[i].date,
                                     &minutes, &error),
                 &error);
            add_starts(client, days[i].date, minutes);
        }
    }
    free(days);
    if (load.start_count == 0) {
        fprintf(stderr, "bench_load: nothing is free\n");
        exit(EXIT_FAILURE);
    }
}

static void
bookings_prepare(struct client *client)
{
    struct backoffice_options options = {.url = load.url, .key = &client->key};
    struct error error = {0};

    client->book = appointment_backoffice_create(&options, &error);
    must(client->book != NULL, &error);
    if (load.start_count == 0) {
        find_starts(client);
    }
}

/* As a kiosk does: the time is held when it is chosen, then booked. */
static void
bookings_run(struct client *client)
{
    const struct appointment_operations *operations = client->book->operations;
    int first = load.start_count / load.client_count * client->number;

    for (int i = 0; i < load.count; i++) {
        struct appointment_booking booking = {
            .wish = load.wish,
            .start = load.starts[(first + i) % load.start_count],
            .values = {{"lastName", "Jansen"}, {"phoneNumber", "0612345678"}},
            .value_count = 2,
        };
        struct appointment appointment;
        struct error error = {0};
        double begin = seconds(CLOCK_MONOTONIC);

        appointment_key_make(booking.key);
        must(operations->hold(client->book->maker, &booking, &error), &error);
        must(operations->book(client->book->maker, &booking, &appointment, &error),
             &error);
        client->took[i] = seconds(CLOCK_MONOTONIC) - begin;
    }
}

static void
bookings_finish(struct client *client)
{
    appointment_client_destroy(client->book);
}

/* --- questions -----------------------------------------------------------------------
 */

#define MONTH_DAYS 31

static void
ask_month(struct client *client)
{
    struct date today = date_from_days(time_now_s() / 86400);
    struct appointment_day *days;
    struct error error = {0};
    size_t count;

    must(client->book->operations->days(client->book->maker, &load.wish,
                                        date_add(today, 1), date_add(today, MONTH_DAYS),
                                        &days, &count, &error),
         &error);
    free(days);
}

static void
ask_fields(struct client *client)
{
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct error error = {0};
    size_t count;

    must(client->book->operations->fields(client->book->maker, &load.wish, fields,
                                          &count, &error),
         &error);
}

static void
ask_run(struct client *client, void (*ask)(struct client *client))
{
    ask(client); /* connected, and read once */
    for (int i = 0; i < load.count; i++) {
        double begin = seconds(CLOCK_MONOTONIC);

        ask(client);
        client->took[i] = seconds(CLOCK_MONOTONIC) - begin;
    }
}

static void
months_run(struct client *client)
{
    ask_run(client, ask_month);
}

static void
fields_run(struct client *client)
{
    ask_run(client, ask_fields);
}

/* --- all
 * ------------------------------------------------------------------------------
 */

static const struct work {
    const char *name;
    void (*prepare)(struct client *client);
    void (*run)(struct client *client);
    void (*finish)(struct client *client);
    int each; /* how many one turn makes */
} works[] = {
    {"events", events_prepare, events_run, events_finish, BATCH},
    {"bookings", bookings_prepare, bookings_run, bookings_finish, 1},
    {"months", bookings_prepare, months_run, bookings_finish, 1},
    {"fields", bookings_prepare, fields_run, bookings_finish, 1},
};

static const struct work *work;

static void *
client_thread(void *data)
{
    pthread_barrier_wait(&load.begin);
    work->run(data);
    return NULL;
}

static void
client_open(struct client *client, int number, const char *keys)
{
    struct error error = {0};
    char path[512];

    client->number = number;
    snprintf(client->name, sizeof(client->name), "bench-%d", number);
    snprintf(path, sizeof(path), "%s/%s.key", keys, client->name);
    must(sign_key_open(path, &client->key, &error), &error);
    client->took = memory_allocate((size_t)load.count, sizeof(client->took[0]));
    work->prepare(client);
}

static int
compare_seconds(const void *a, const void *b)
{
    const double *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

/* Of all turns of all clients. */
static void
print_percentiles(void)
{
    size_t count = (size_t)load.client_count * (size_t)load.count, used = 0;
    double *all = memory_allocate(count, sizeof(all[0]));

    for (int i = 0; i < load.client_count; i++) {
        memcpy(all + used, load.clients[i].took, (size_t)load.count * sizeof(all[0]));
        used += (size_t)load.count;
        free(load.clients[i].took);
    }
    qsort(all, count, sizeof(all[0]), compare_seconds);
    printf(" %.4f %.4f\n", all[count / 2] * 1e3, all[(count * 99 - 1) / 100] * 1e3);
    free(all);
}

static void
run(const char *keys)
{
    double begin_s, cpu_s;

    pthread_barrier_init(&load.begin, NULL, (unsigned)load.client_count + 1);
    for (int i = 0; i < load.client_count; i++) {
        client_open(&load.clients[i], i + 1, keys);
    }
    for (int i = 0; i < load.client_count; i++) {
        pthread_create(&load.clients[i].thread, NULL, client_thread, &load.clients[i]);
    }
    pthread_barrier_wait(&load.begin);
    begin_s = seconds(CLOCK_MONOTONIC);
    cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < load.client_count; i++) {
        pthread_join(load.clients[i].thread, NULL);
    }
    printf("%.6f %.6f %d", seconds(CLOCK_MONOTONIC) - begin_s,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_s,
           load.client_count * load.count * work->each);
    print_percentiles();
    for (int i = 0; i < load.client_count; i++) {
        work->finish(&load.clients[i]);
    }
    pthread_barrier_destroy(&load.begin);
}

int
main(int argc, char **argv)
{
    for (size_t i = 0; argc == 6 && i < sizeof(works) / sizeof(works[0]); i++) {
        if (strcmp(argv[1], works[i].name) == 0) {
            work = &works[i];
        }
    }
    if (work != NULL) {
        load.url = argv[2];
        load.client_count = atoi(argv[4]);
        load.count = atoi(argv[5]);
    }
    if (load.client_count < 1 || load.client_count > CLIENTS_MAX || load.count < 1) {
        fprintf(
            stderr,
            "use: bench_load events|bookings|months|fields URL KEYS CLIENTS COUNT\n");
        return 2;
    }
    sign_start();
    run(argv[3]);
    return EXIT_SUCCESS;
}
