/*
 * A book that has grown, and what it takes to say which days of a month are free in it.
 *
 *     bench_book fill DATABASE COUNT      makes that many appointments, half of them
 * past bench_book month DATABASE TURNS     asks so often, without HTTP: for callgrind
 *
 * In the example municipality, with 32 desks at each place, as many at every time that
 * is on offer within the book's horizon.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/store.h"
#include "base/time.h"
#include "catalogue/catalogue.h"

#define CATALOGUE "assets/example/catalogue.json"
#define THREADS 64
#define DAY_S 86400
#define OFFERED_MAX 8192

static int64_t behind_s; /* how far the clock is put back */
static struct catalogue *catalogue;
static struct store *store;
static struct book *book;
static struct offer {
    const struct location *location;
    int64_t start;
} offers[OFFERED_MAX];
static size_t offered;
static atomic_int next;
static int wanted;

static int64_t
clock_of_bench(void)
{
    return time_now_s() - behind_s;
}

static void
must(bool good, const struct error *error)
{
    if (!good) {
        fprintf(stderr, "bench_book: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
}

static void
open_book(const char *path)
{
    struct book_options options = {
        .ticket_address = "HTTPS://AFSPRAAK.VOORBEELD.NL/T/",
        .desks = "32",
        .keep_days = 10,
        .arrive_before = 30,
        .arrive_after = 10,
    };
    struct error error = {0};

    sign_start();
    sign_key_generate(&options.ticket_key);
    catalogue = catalogue_open(CATALOGUE, &error);
    must(catalogue != NULL, &error);
    store = store_open(path, clock_of_bench, &error);
    must(store != NULL, &error);
    options.catalogue = catalogue;
    options.store = store;
    book = book_open(&options, &error);
    must(book != NULL, &error);
}

static void
close_book(void)
{
    book_close(book);
    store_close(store);
    catalogue_destroy(catalogue);
}

static struct book_wish
wish_of(const char *location)
{
    struct book_wish wish;
    struct error error = {0};

    must(book_wish_begin(book, location, &wish, &error), &error);
    must(book_wish_add(book, &wish, "paspoort", 1, &error), &error);
    return wish;
}

/* --- filling ------------------------------------------------------------------------
 */

/* Every start that a citizen could choose, at every place. */
static void
find_starts(void)
{
    struct date today = date_from_days(clock_of_bench() / DAY_S);

    offered = 0;
    for (size_t i = 0; i < catalogue->location_count; i++) {
        struct book_wish wish = wish_of(catalogue->locations[i].id);

        for (int day = 1; day < BOOK_HORIZON_DAYS; day++) {
            struct book_time *times;
            struct error error = {0};
            size_t count;

            must(book_times(book, &wish, date_add(today, day), &times, &count, &error),
                 &error);
            for (size_t j = 0; j < count && offered < OFFERED_MAX; j++) {
                offers[offered++] = (struct offer){wish.location, times[j].start};
            }
            free(times);
        }
    }
}

static void
book_one(int number)
{
    static const struct book_value person[] = {{"lastName", "Jansen"},
                                               {"phoneNumber", "0612345678"}};
    const struct offer *offer = &offers[(size_t)number % offered];
    char key[BOOK_KEY_BYTES];
    struct book_wish wish = wish_of(offer->location->id);
    const struct book_request request = {
        .key = key,
        .kiosk = "bench",
        .wish = &wish,
        .start = offer->start,
        .values = person,
        .value_count = 2,
    };
    struct booking booking;
    struct error error = {0};

    snprintf(key, sizeof(key), "%016llx%016x", (unsigned long long)behind_s, number);
    must(book_confirm(book, &request, &booking, NULL, &error), &error);
}

static void *
fill_thread(void *data)
{
    int number;

    (void)data;
    while ((number = atomic_fetch_add(&next, 1)) < wanted) {
        book_one(number);
    }
    return NULL;
}

/* As many at each start: its desks fill up evenly. */
static void
fill(const char *path, int count, int64_t back_s)
{
    pthread_t threads[THREADS];

    behind_s = back_s;
    wanted = count;
    atomic_store(&next, 0);
    open_book(path);
    find_starts();
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, fill_thread, NULL);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    close_book();
}

/* --- asking -------------------------------------------------------------------------
 */

static void
ask_month(const char *path, int turns)
{
    struct date today = date_from_days(time_now_s() / DAY_S);

    open_book(path);
    for (int i = 0; i < turns; i++) {
        struct book_wish wish = wish_of("gemeentehuis");
        struct book_day *days;
        struct error error = {0};
        size_t count;

        must(book_days(book, &wish, date_add(today, 1), date_add(today, 31), &days,
                       &count, &error),
             &error);
        free(days);
    }
    close_book();
}

int
main(int argc, char **argv)
{
    int count = argc == 4 ? atoi(argv[3]) : 0;

    if (count > 0 && strcmp(argv[1], "fill") == 0) {
        fill(argv[2], count / 2, (BOOK_HORIZON_DAYS + 1) * DAY_S);
        fill(argv[2], count - count / 2, 0);
    } else if (count > 0 && strcmp(argv[1], "month") == 0) {
        ask_month(argv[2], count);
    } else {
        fprintf(stderr, "use: bench_book fill|month DATABASE COUNT\n");
        return 2;
    }
    return EXIT_SUCCESS;
}
