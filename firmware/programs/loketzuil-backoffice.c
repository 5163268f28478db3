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
#define TIDY_MS (10 * 60 * 1000)

static void
stop(void *data)
{
    loop_stop(data);
}

/* Everything there is, in the order in which it is made. */
struct program {
    const struct office_settings *settings;
    struct loop *loop;
    struct zone *zone;
    char *openapi;
    struct catalogue *catalogue;
    struct store *store;
    struct office office;
    struct hand_overs *hand_overs;
    struct translation *translations[LANGUAGE_COUNT];
    struct theme theme, contrast;
    struct book *book;
    struct queue *queue;
    struct public_pages *pages;
    struct staff_pages *staff;
    struct http_server *server;
};

/* --- making ----------------------------------------------------------------------- */

static bool
open_files(struct program *program, struct error *error)
{
    const struct office_settings *settings = program->settings;
    size_t length;

    program->zone = zone_open(settings->zone, error);
    if (program->zone == NULL) {
        return false;
    }
    program->openapi = file_read(settings->openapi, OPENAPI_BYTES_MAX, &length, error);
    if (program->openapi == NULL) {
        return false;
    }
    program->catalogue = catalogue_open(settings->catalogue, error);
    if (program->catalogue == NULL) {
        return false;
    }
    program->store = store_open(settings->database, NULL, error);
    return program->store != NULL;
}

static bool
open_office(struct program *program, struct error *error)
{
    program->office = (struct office){.store = program->store,
                                      .zone = program->zone,
                                      .catalogue = program->catalogue,
                                      .openapi = program->openapi};
    return office_open_keys(&program->office, program->settings->database, error);
}

/* What is missing is said, and no reason not to take in what kiosks count. */
static void
open_face(struct program *program)
{
    const struct office_settings *settings = program->settings;
    struct error error = {0};

    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        program->translations[i] =
            translation_open(settings->translations, language_code(i), &error);
        if (program->translations[i] == NULL &&
            (error.kind != ERROR_NOT_FOUND || i == LANGUAGE_NL))
        {
            log_warning("the public page lacks texts: %s", error.message);
        }
    }
    theme_make(&program->contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    if (!theme_make_from(&program->theme, settings->color_1, settings->color_2, &error))
    {
        log_warning("the house colours are used instead: %s", error.message);
    }
}

static bool
open_book(struct program *program, struct error *error)
{
    const struct office_settings *settings = program->settings;
    const struct book_options options = {
        .store = program->store,
        .catalogue = program->catalogue,
        .ticket_key = program->office.ticket,
        .ticket_address = program->catalogue->municipality.ticket_address,
        .desks = settings->desks,
        .keep_days = settings->keep_days,
        .arrive_before = settings->arrive_before,
        .arrive_after = settings->arrive_after,
        .seal_key = program->office.seal,
        .lease_slots = settings->lease_slots,
        .lease_days = settings->lease_days,
        .lease_products = settings->lease_products,
    };

    program->book = book_open(&options, error);
    return program->book != NULL;
}

static bool
open_pages(struct program *program, struct error *error)
{
    const struct public_options options = {
        .book = program->book,
        .queue = program->queue,
        .translations = (const struct translation *const *)program->translations,
        .theme = &program->theme,
        .contrast = &program->contrast,
        .style = program->settings->style,
        .logo = program->settings->logo,
    };

    program->pages = public_open(&options, error);
    return program->pages != NULL;
}

static bool
open_staff(struct program *program, struct error *error)
{
    const struct staff_options options = {
        .store = program->store,
        .book = program->book,
        .queue = program->queue,
        .translation = program->translations[LANGUAGE_NL],
        .theme = &program->theme,
        .contrast = &program->contrast,
        .folder = program->settings->staff,
        .has_logo = program->settings->logo[0] != '\0',
        .secure = program->settings->certificate[0] != '\0',
    };

    program->staff = staff_pages_open(&options, error);
    return program->staff != NULL;
}

static bool
start_server(struct program *program, struct error *error)
{
    const struct http_server_options options = {
        .address = program->settings->listen,
        .port = program->settings->port,
        .certificate_path = program->settings->certificate,
        .key_path = program->settings->key,
    };
    struct http_server *server = http_server_create();
    const struct http_route *routes;
    size_t route_count;

    program->server = server;
    office_add_routes(server, &program->office);
    routes = book_routes(&route_count);
    http_server_add(server, routes, route_count, program->book);
    routes = queue_routes(&route_count);
    http_server_add(server, routes, route_count, program->queue);
    routes = hand_over_routes(&route_count);
    http_server_add(server, routes, route_count, program->hand_overs);
    routes = public_routes(&route_count);
    http_server_add(server, routes, route_count, program->pages);
    routes = staff_routes(&route_count);
    http_server_add(server, routes, route_count, program->staff);
    return http_server_start(server, &options, error);
}

static bool
open_all(struct program *program, struct error *error)
{
    /* First: threads that are started later inherit that signals wait for the loop. */
    program->loop = loop_create();
    loop_add_signal(program->loop, SIGTERM, stop, program->loop);
    loop_add_signal(program->loop, SIGINT, stop, program->loop);
    if (!open_files(program, error) || !open_office(program, error)) {
        return false;
    }
    program->hand_overs = hand_overs_create(
        &(struct hand_over_options){.store = program->store,
                                    .zone = program->zone,
                                    .valid_days = program->settings->hand_over_days});
    open_face(program);
    if (!open_book(program, error)) {
        return false;
    }
    program->queue = queue_create(program->store, program->book);
    return open_pages(program, error) && open_staff(program, error) &&
           start_server(program, error);
}

/* Copes with an office that was half made. */
static void
close_all(struct program *program)
{
    http_server_destroy(program->server);
    staff_pages_close(program->staff);
    public_close(program->pages);
    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(program->translations[i]);
    }
    hand_overs_destroy(program->hand_overs);
    queue_destroy(program->queue);
    book_close(program->book);
    catalogue_destroy(program->catalogue);
    store_close(program->store);
    free(program->openapi);
    zone_close(program->zone);
    loop_destroy(program->loop);
    memory_wipe(program, sizeof(*program));
}

/* --- running ---------------------------------------------------------------------- */

/* Expired holds go soon, persons whose date has passed go within the hour. */
static void
tidy(void *data)
{
    struct program *program = data;
    struct error error;
    bool more = true;

    if (!hand_overs_tidy(program->hand_overs, &error)) {
        log_error("tidying the hand-overs: %s", error.message);
    }
    if (!errands_tidy(program->store, program->settings->errand_days, &error)) {
        log_error("tidying the errands: %s", error.message);
    }
    if (!queue_tidy(program->queue, &error)) {
        log_error("tidying the queue: %s", error.message);
    }
    if (!staff_pages_tidy(program->staff, &error)) {
        log_error("tidying who was signed in: %s", error.message);
    }
    while (more) {
        if (!book_tidy(program->book, &more, &error)) {
            log_error("tidying the book: %s", error.message);
        }
    }
    loop_add_timer(program->loop, TIDY_MS, tidy, program);
}

/* The one line that scripts wait for. */
static void
say_ready(const struct program *program)
{
    const struct office_settings *settings = program->settings;
    bool six = strchr(settings->listen, ':') != NULL;

    printf("listening on %s://%s%s%s:%d\n",
           settings->certificate[0] != '\0' ? "https" : "http", six ? "[" : "",
           settings->listen, six ? "]" : "", http_server_port(program->server));
    fflush(stdout);
}

static bool
run(const struct office_settings *settings, struct error *error)
{
    static struct program program;
    bool good;

    program.settings = settings;
    good = open_all(&program, error);
    if (good) {
        tidy(&program);
        say_ready(&program);
        loop_run(program.loop);
        log_info("stopping");
    }
    close_all(&program);
    return good;
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
    if (!office_settings_read(path, &settings, &error) || !run(&settings, &error)) {
        log_error("%s", error.message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
