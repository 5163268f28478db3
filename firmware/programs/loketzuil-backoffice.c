#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/errands.h"
#include "backoffice/hand_over.h"
#include "backoffice/http_server.h"
#include "backoffice/office.h"
#include "backoffice/office_settings.h"
#include "backoffice/public.h"
#include "backoffice/queue.h"
#include "backoffice/staff_pages.h"
#include "backoffice/store.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"
#include "base/theme.h"
#include "base/time.h"
#include "base/translation.h"
#include "catalogue/catalogue.h"

#define LOG_MODULE "backoffice"
#include "base/log.h"

#define OPENAPI_BYTES_MAX (1024 * 1024)

static void
stop(void *data)
{
    loop_stop(data);
}

/* The one line that scripts wait for. */
static void
say_ready(const struct office_settings *settings, int port)
{
    bool six = strchr(settings->listen, ':') != NULL;

    printf("listening on %s://%s%s%s:%d\n",
           settings->certificate[0] != '\0' ? "https" : "http", six ? "[" : "",
           settings->listen, six ? "]" : "", port);
    fflush(stdout);
}

/* Whose routes the server has. */
struct services {
    struct office *office;
    struct book *book;
    struct queue *queue;
    struct hand_overs *hand_overs;
    struct public_pages *pages;
    struct staff_pages *staff;
};

static struct http_server *
start_server(const struct office_settings *settings, const struct services *services,
             struct error *error)
{
    const struct http_server_options options = {
        .address = settings->listen,
        .port = settings->port,
        .certificate_path = settings->certificate,
        .key_path = settings->key,
    };
    struct http_server *server = http_server_create();
    const struct http_route *routes;
    size_t route_count;

    office_add_routes(server, services->office);
    routes = book_routes(&route_count);
    http_server_add(server, routes, route_count, services->book);
    routes = queue_routes(&route_count);
    http_server_add(server, routes, route_count, services->queue);
    routes = hand_over_routes(&route_count);
    http_server_add(server, routes, route_count, services->hand_overs);
    routes = public_routes(&route_count);
    http_server_add(server, routes, route_count, services->pages);
    routes = staff_routes(&route_count);
    http_server_add(server, routes, route_count, services->staff);
    if (!http_server_start(server, &options, error)) {
        http_server_destroy(server);
        return NULL;
    }
    return server;
}

/* --- the book, and what is forgotten
 * ----------------------------------------------------------------------
 */

#define TIDY_MS (10 * 60 * 1000)

struct tidying {
    struct loop *loop;
    struct book *book;
    struct queue *queue;
    struct hand_overs *hand_overs;
    struct store *store;
    struct staff_pages *staff;
    int errand_days;
};

/* Expired holds go soon, persons whose date has passed go within the hour. */
static void
tidy(void *data)
{
    struct tidying *tidying = data;
    struct error error;
    bool more = true;

    if (!hand_overs_tidy(tidying->hand_overs, &error)) {
        log_error("tidying the hand-overs: %s", error.message);
    }
    if (!errands_tidy(tidying->store, tidying->errand_days, &error)) {
        log_error("tidying the errands: %s", error.message);
    }
    if (!queue_tidy(tidying->queue, &error)) {
        log_error("tidying the queue: %s", error.message);
    }
    if (!staff_pages_tidy(tidying->staff, &error)) {
        log_error("tidying who was signed in: %s", error.message);
    }
    while (more) {
        if (!book_tidy(tidying->book, &more, &error)) {
            log_error("tidying the book: %s", error.message);
        }
    }
    loop_add_timer(tidying->loop, TIDY_MS, tidy, tidying);
}

static struct book *
open_book(const struct office_settings *settings, const struct office *office,
          const struct catalogue *catalogue, struct error *error)
{
    const struct book_options options = {
        .store = office->store,
        .catalogue = catalogue,
        .ticket_key = office->ticket,
        .ticket_address = catalogue->municipality.ticket_address,
        .desks = settings->desks,
        .keep_days = settings->keep_days,
        .arrive_before = settings->arrive_before,
        .arrive_after = settings->arrive_after,
        .seal_key = office->seal,
        .lease_slots = settings->lease_slots,
        .lease_days = settings->lease_days,
        .lease_products = settings->lease_products,
    };

    return book_open(&options, error);
}

/* --- what citizens see ---------------------------------------------------------- */

struct face {
    struct translation *translations[LANGUAGE_COUNT];
    struct theme theme, contrast;
};

/* What is missing is said, and no reason not to take in what kiosks count. */
static void
open_face(struct face *face, const struct office_settings *settings,
          struct error *error)
{
    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        face->translations[i] =
            translation_open(settings->translations, language_code(i), error);
        if (face->translations[i] == NULL &&
            (error->kind != ERROR_NOT_FOUND || i == LANGUAGE_NL))
        {
            log_warning("the public page lacks texts: %s", error->message);
        }
    }
    theme_make(&face->contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    if (!theme_make_from(&face->theme, settings->color_1, settings->color_2, error)) {
        log_warning("the house colours are used instead: %s", error->message);
    }
}

static void
close_face(struct face *face)
{
    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(face->translations[i]);
    }
}

static struct public_pages *
open_pages(const struct office_settings *settings, const struct face *face,
           struct book *book, struct queue *queue, struct error *error)
{
    const struct public_options options = {
        .book = book,
        .queue = queue,
        .translations = (const struct translation *const *)face->translations,
        .theme = &face->theme,
        .contrast = &face->contrast,
        .style = settings->style,
        .logo = settings->logo,
    };

    return public_open(&options, error);
}

static struct staff_pages *
open_staff(const struct office_settings *settings, const struct face *face,
           struct book *book, const struct office *office, struct queue *queue,
           struct error *error)
{
    const struct staff_options options = {
        .store = office->store,
        .book = book,
        .queue = queue,
        .translation = face->translations[LANGUAGE_NL],
        .theme = &face->theme,
        .contrast = &face->contrast,
        .folder = settings->staff,
        .has_logo = settings->logo[0] != '\0',
        .secure = settings->certificate[0] != '\0',
    };

    return staff_pages_open(&options, error);
}

static int
run(const struct office_settings *settings, struct error *error)
{
    struct office office = {0};
    struct loop *loop = NULL;
    struct store *store = NULL;
    struct zone *zone = NULL;
    struct http_server *server = NULL;
    struct catalogue *catalogue = NULL;
    struct book *book = NULL;
    struct queue *queue = NULL;
    struct hand_overs *hand_overs = NULL;
    struct public_pages *pages = NULL;
    struct staff_pages *staff = NULL;
    struct face face = {0};
    struct tidying tidying;
    char *openapi = NULL;
    size_t length;
    int status = EXIT_FAILURE;

    /* First: threads that are started later inherit that signals wait for the loop. */
    loop = loop_create();
    loop_add_signal(loop, SIGTERM, stop, loop);
    loop_add_signal(loop, SIGINT, stop, loop);
    if ((zone = zone_open(settings->zone, error)) == NULL ||
        (openapi = file_read(settings->openapi, OPENAPI_BYTES_MAX, &length, error)) ==
            NULL ||
        (catalogue = catalogue_open(settings->catalogue, error)) == NULL ||
        (store = store_open(settings->database, NULL, error)) == NULL)
    {
        goto end;
    }
    office = (struct office){
        .store = store, .zone = zone, .catalogue = catalogue, .openapi = openapi};
    if (!office_open_keys(&office, settings->database, error)) {
        goto end;
    }
    hand_overs = hand_overs_create(&(struct hand_over_options){
        .store = store, .zone = zone, .valid_days = settings->hand_over_days});
    open_face(&face, settings, error);
    if ((book = open_book(settings, &office, catalogue, error)) == NULL) {
        goto end;
    }
    queue = queue_create(store, book);
    if ((pages = open_pages(settings, &face, book, queue, error)) == NULL) {
        goto end;
    }
    staff = open_staff(settings, &face, book, &office, queue, error);
    if (staff == NULL) {
        goto end;
    }
    server = start_server(settings,
                          &(struct services){.office = &office,
                                             .book = book,
                                             .queue = queue,
                                             .hand_overs = hand_overs,
                                             .pages = pages,
                                             .staff = staff},
                          error);
    if (server == NULL) {
        goto end;
    }
    tidying = (struct tidying){.loop = loop,
                               .book = book,
                               .queue = queue,
                               .hand_overs = hand_overs,
                               .store = store,
                               .staff = staff,
                               .errand_days = settings->errand_days};
    tidy(&tidying);
    say_ready(settings, http_server_port(server));
    loop_run(loop);
    log_info("stopping");
    status = EXIT_SUCCESS;

end:
    http_server_destroy(server);
    staff_pages_close(staff);
    public_close(pages);
    close_face(&face);
    hand_overs_destroy(hand_overs);
    queue_destroy(queue);
    book_close(book);
    catalogue_destroy(catalogue);
    store_close(store);
    free(openapi);
    zone_close(zone);
    loop_destroy(loop);
    memory_wipe(&office, sizeof(office));
    return status;
}

int
main(int argc, char **argv)
{
    const char *path = argc == 2 ? argv[1] : "loketzuil-backoffice.conf";
    struct office_settings settings;
    struct error error = {0};

    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        fprintf(stderr, "use: loketzuil-backoffice [SETTINGS FILE]\n");
        return 2;
    }
    sign_start();
    if (!office_settings_read(path, &settings, &error) || run(&settings, &error) != 0) {
        log_error("%s", error.message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
