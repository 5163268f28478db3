#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/backoffice.h"
#include "base/sign.h"
#include "base/text.h"
#include "base/time.h"

/*
 * How many bookings a second a back office takes, each durable, over HTTP:
 *
 *     bench_bookings URL KEY_FILE LOCATION PRODUCT THREADS BOOKINGS
 *
 * The key must be of a claimed kiosk. Each booking is held, booked and cancelled
 * again, so that the book stays as it was. Prints one line.
 */

#define THREADS_MAX 64

struct booker {
    struct appointment_client *client;
    struct appointment_wish wish;
    size_t number, threads, bookings; /* to make */
    size_t made, taken, failed;
};

/* Its own days, so that bookers do not wait for each other's times. */
static bool
find_times(const struct booker *booker, struct appointment_time **times, size_t *count)
{
    struct date today = date_from_days(time_now_s() / 86400);
    struct error error;

    for (int day = 1 + (int)booker->number; day < 60; day += (int)booker->threads) {
        if (!booker->client->operations->times(booker->client->maker, &booker->wish,
                                               date_add(today, day), times, count,
                                               &error))
        {
            fprintf(stderr, "%s\n", error.message);
            return false;
        }
        if (*count > 0) {
            return true;
        }
    }
    fprintf(stderr, "no times are free\n");
    return false;
}

static void
book_once(struct booker *booker, int64_t start)
{
    const struct appointment_operations *operations = booker->client->operations;
    struct appointment_booking booking = {
        .wish = booker->wish,
        .start = start,
        .values = {{"lastName", "Bench"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };
    struct appointment appointment;
    struct error error;

    appointment_key_make(booking.key);
    if (operations->hold(booker->client->maker, &booking, &error) &&
        operations->book(booker->client->maker, &booking, &appointment, &error))
    {
        booker->made++;
        booker->failed +=
            !operations->cancel(booker->client->maker, appointment.id, &error);
    } else if (error.kind == ERROR_TAKEN) {
        booker->taken++;
    } else {
        booker->failed++;
    }
}

static void *
book_many(void *data)
{
    struct booker *booker = data;
    struct appointment_time *times;
    size_t count;

    if (!find_times(booker, &times, &count)) {
        booker->failed++;
        return NULL;
    }
    for (size_t i = 0; i < booker->bookings; i++) {
        book_once(booker, times[i % count].start);
    }
    free(times);
    return NULL;
}

static bool
begin(struct booker *booker, char **arguments, const struct sign_key *key,
      struct error *error)
{
    const struct backoffice_options options = {.url = arguments[1], .key = key};

    text_copy(booker->wish.location, sizeof(booker->wish.location), arguments[3]);
    text_copy(booker->wish.items[0].product, sizeof(booker->wish.items[0].product),
              arguments[4]);
    booker->wish.items[0].persons = 1;
    booker->wish.item_count = 1;
    booker->client = appointment_backoffice_create(&options, error);
    return booker->client != NULL;
}

static int
run(struct booker *bookers, size_t threads)
{
    pthread_t handles[THREADS_MAX];
    size_t made = 0, taken = 0, failed = 0;
    int64_t began = time_steady_ms();
    double seconds;

    for (size_t i = 0; i < threads; i++) {
        if (pthread_create(&handles[i], NULL, book_many, &bookers[i]) != 0) {
            perror("thread");
            return EXIT_FAILURE;
        }
    }
    for (size_t i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
        made += bookers[i].made;
        taken += bookers[i].taken;
        failed += bookers[i].failed;
        appointment_client_destroy(bookers[i].client);
    }
    seconds = (double)(time_steady_ms() - began) / 1000;
    printf("bookings %zu in %.2f s: %.0f bookings/s, %.0f durable writes/s, "
           "%zu threads, %zu taken, %zu failed\n",
           made, seconds, (double)made / seconds, 3 * (double)made / seconds, threads,
           taken, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    static struct booker bookers[THREADS_MAX];
    struct sign_key key;
    struct error error;
    long threads, bookings;

    if (argc != 7 || (threads = strtol(argv[5], NULL, 10)) < 1 ||
        threads > THREADS_MAX || (bookings = strtol(argv[6], NULL, 10)) < threads)
    {
        fprintf(stderr, "use: bench_bookings URL KEY_FILE LOCATION PRODUCT THREADS "
                        "BOOKINGS\n");
        return 2;
    }
    sign_start();
    if (!sign_key_open(argv[2], &key, &error)) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < (size_t)threads; i++) {
        bookers[i].number = i;
        bookers[i].threads = (size_t)threads;
        bookers[i].bookings = (size_t)(bookings / threads);
        if (!begin(&bookers[i], argv, &key, &error)) {
            fprintf(stderr, "%s\n", error.message);
            return EXIT_FAILURE;
        }
    }
    return run(bookers, (size_t)threads);
}
