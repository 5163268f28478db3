#include "tour_kiosk.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "appointment/scripted.h"
#include "base/text.h"
#include "catalogue/opening.h"
#include "visit/screens.h"

#include "view.h"

#define BEGINS "2026-03-10T13:05:00Z" /* a Tuesday; pages look the same every run */
#define HOUR_S 3600
#define LOOKED_AHEAD_HOURS (14 * 24)

/* --- setting up ------------------------------------------------------------------- */

static int64_t
now_of(void *data)
{
    return ((struct tour *)data)->moment.now;
}

/* The first full hour from then on at which the place is open: staff can be called. */
static int64_t
open_hour(const struct tour *tour, int64_t from)
{
    for (int hour = 0; hour < LOOKED_AHEAD_HOURS; hour++) {
        int64_t at = from + (int64_t)hour * HOUR_S;

        if (opening_is_open(tour->parts.here, zone_civil(tour->zone, at)) &&
            opening_is_open(tour->parts.here, zone_civil(tour->zone, at + HOUR_S)))
        {
            return at;
        }
    }
    return from;
}

static bool
open_place(struct tour *tour, struct error *error)
{
    const struct catalogue *catalogue = tour->options->catalogue;
    int64_t begins;

    if (catalogue->location_count == 0) {
        return error_set(error, ERROR_BAD_INPUT, "the catalogue has no location");
    }
    tour->parts.here =
        tour->options->here != NULL ? tour->options->here : &catalogue->locations[0];
    tour->zone = zone_open(tour->parts.here->zone, error);
    if (tour->zone == NULL || !instant_parse(BEGINS, &begins)) {
        return false;
    }
    tour->opening_moment =
        (struct moment){.now = open_hour(tour, begins), .now_ms = 1000000};
    tour->moment = tour->opening_moment;
    return true;
}

static bool
open_makers(struct tour *tour, struct error *error)
{
    const struct errand_post_options post = {.folder = tour->folder, .seal_file = ""};

    sign_start();
    sign_key_generate(&tour->key);
    tour->rehearsal = (struct rehearsal){.catalogue = tour->options->catalogue,
                                         .key = &tour->key,
                                         .now = now_of,
                                         .data = tour};
    tour->client = rehearsal_create(&tour->rehearsal, error);
    tour->walk_in = walk_in_scripted_create();
    tour->errands = errand_post_open(&post, error);
    tour->paper = paper_create(PAPER_80_MM, tour->options->translations, "", error);
    return tour->client != NULL && tour->errands != NULL && tour->paper != NULL;
}

static bool
open_files(struct tour *tour, struct error *error)
{
    char path[TOUR_FOLDER_BYTES + 20];

    snprintf(path, sizeof(path), "%s/outbox.db", tour->folder);
    tour->outbox = outbox_open(
        &(struct outbox_options){.path = path, .kiosk = "tour", .quota_bytes = 1 << 28},
        error);
    snprintf(path, sizeof(path), "%s/journal.db", tour->folder);
    tour->journal = journal_open(path, error);
    snprintf(path, sizeof(path), "%s/tickets", tour->folder);
    tour->printer = printer_file_create(path, error);
    return tour->outbox != NULL && tour->journal != NULL && tour->printer != NULL;
}

static bool
make_folder(struct tour *tour, struct error *error)
{
    const char *base = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";

    if (snprintf(tour->folder, sizeof(tour->folder), "%s/loketzuil-tour-XXXXXX",
                 base) >= (int)sizeof(tour->folder) ||
        mkdtemp(tour->folder) == NULL)
    {
        tour->folder[0] = '\0';
        return error_set(error, ERROR_STORAGE, "cannot make a folder in %s", base);
    }
    return true;
}

bool
tour_open(struct tour *tour, struct error *error)
{
    const struct catalogue *catalogue = tour->options->catalogue;

    tour->error = error;
    tour->parts.catalogue = catalogue;
    tour->loop = loop_create();
    if (!make_folder(tour, error) || !open_place(tour, error) ||
        !open_makers(tour, error) || !open_files(tour, error))
    {
        return false;
    }
    tour->operations = *tour->client->operations;
    tour->changed = (struct appointment_client){tour->client->name, &tour->operations,
                                                tour->client->maker};
    tour->parts.loop = tour->loop;
    tour->parts.zone = tour->zone;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        tour->parts.translations[i] = tour->options->translations[i];
    }
    tour->parts.outbox = tour->outbox;
    tour->parts.client = &tour->changed;
    tour->parts.walk_in = tour->walk_in;
    tour->parts.journal = tour->journal;
    tour->parts.errands = tour->errands;
    tour->parts.printer = tour->printer;
    tour->parts.paper = tour->paper;
    tour->parts.kiosk = "tour";
    tour->parts.data = tour;
    tour->flow = flow_create(&tour->parts, tour->moment);
    tour_wait(tour);
    return true;
}

/* Only files lie in it, and in the printer's folder in it. */
static void
remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char inner[TOUR_FOLDER_BYTES + 300];

        if (text_equal(entry->d_name, ".") || text_equal(entry->d_name, "..")) {
            continue;
        }
        snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0) {
            remove_folder(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(path);
}

void
tour_close(struct tour *tour)
{
    flow_destroy(tour->flow);
    paper_destroy(tour->paper);
    printer_destroy(tour->printer);
    journal_close(tour->journal);
    outbox_close(tour->outbox);
    errand_post_close(tour->errands);
    walk_in_client_destroy(tour->walk_in);
    appointment_client_destroy(tour->client);
    zone_close(tour->zone);
    loop_destroy(tour->loop);
    if (tour->folder[0] != '\0') {
        remove_folder(tour->folder);
    }
}

void
tour_reopen_flow(struct tour *tour)
{
    flow_destroy(tour->flow);
    tour->flow = flow_create(&tour->parts, tour->moment);
    tour_wait(tour);
}

void
tour_restart(struct tour *tour)
{
    struct error error = {0};

    if (!flow_is_at_rest(tour->flow)) {
        tour_act(tour, VERB_STOP, 0);
    }
    scripted_set_offline(tour->client, false);
    printer_play(tour->printer, "ok");
    walk_in_client_destroy(tour->walk_in);
    errand_post_close(tour->errands);
    tour->walk_in = walk_in_scripted_create();
    tour->errands = errand_post_open(
        &(struct errand_post_options){.folder = tour->folder, .seal_file = ""}, &error);
    tour->operations = *tour->client->operations;
    tour->parts.walk_in = tour->walk_in;
    tour->parts.errands = tour->errands;
    tour->parts.catalogue = tour->options->catalogue;
    tour->moment.now = tour->opening_moment.now;
    tour_reopen_flow(tour);
}

/* --- being a tourist -------------------------------------------------------------- */

bool
tour_stopped(const struct tour *tour)
{
    return tour->error->kind != ERROR_NONE;
}

void
tour_stop(struct tour *tour, const char *format, ...)
{
    char message[120];
    va_list arguments;

    if (tour_stopped(tour)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    error_set(tour->error, ERROR_BAD_INPUT, "the tour stops on \"%s\": %s",
              tour_describe(tour)->screen, message);
}

const struct session *
tour_session(const struct tour *tour)
{
    return flow_session(tour->flow);
}

const struct page *
tour_describe(struct tour *tour)
{
    flow_describe(tour->flow, &tour->page, tour->moment);
    return &tour->page;
}

bool
tour_is_on(struct tour *tour, const char *screen)
{
    return text_equal(tour_describe(tour)->screen, screen);
}

void
tour_wait(struct tour *tour)
{
    while (flow_has_work(tour->flow)) {
        loop_turn(tour->loop, -1);
    }
}

static void
touch(struct tour *tour, struct action action)
{
    flow_act(tour->flow, &(struct input){.kind = INPUT_PRESS, .action = action},
             tour->moment);
}

void
tour_act(struct tour *tour, int verb, int argument)
{
    touch(tour, (struct action){verb, argument});
    tour_wait(tour);
}

void
tour_input(struct tour *tour, enum input_kind kind, const char *text)
{
    flow_act(tour->flow, &(struct input){.kind = kind, .text = text}, tour->moment);
    tour_wait(tour);
}

void
tour_touch(struct tour *tour, const char *id)
{
    const struct page *page = tour_describe(tour);
    const struct element *element = page_find(page, id);

    if (tour_stopped(tour)) {
        return;
    }
    if (element == NULL || !page_can_press(page, element)) {
        tour_stop(tour, "\"%s\" can't be pressed", id);
        return;
    }
    touch(tour, element->action);
}

void
tour_press(struct tour *tour, const char *id)
{
    tour_touch(tour, id);
    tour_wait(tour);
}

bool
tour_press_role(struct tour *tour, enum role role)
{
    const struct page *page = tour_describe(tour);

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->role == role && page_can_press(page, element)) {
            struct action action = element->action;

            tour_act(tour, action.verb, action.argument);
            return true;
        }
    }
    return false;
}

void
tour_pass(struct tour *tour, int seconds)
{
    tour->moment.now += seconds;
    tour->moment.now_ms += (int64_t)seconds * 1000;
    flow_tick(tour->flow, tour->moment);
}

/* --- looking ---------------------------------------------------------------------- */

static void
look(struct tour *tour, const char *what)
{
    for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
        tour->display = (enum display_class)display;
        tour->look(tour->data, what, tour->display, tour_describe(tour));
    }
    tour->display = DISPLAY_L;
}

void
tour_show(struct tour *tour, const char *what, void (*open)(struct tour *tour))
{
    const struct catalogue *catalogue = tour->options->catalogue;
    enum language before = tour_session(tour)->language;

    if (tour_stopped(tour)) {
        return;
    }
    for (size_t i = 0; i < catalogue->language_count; i++) {
        if (tour_session(tour)->under_way) {
            touch(tour, (struct action){VERB_LANGUAGE, (int)catalogue->languages[i]});
        } else if (i > 0) {
            break; /* between visits it is the first language */
        }
        if (open != NULL) {
            open(tour);
        }
        look(tour, what);
        if (open != NULL && tour_session(tour)->under_way) {
            touch(tour, (struct action){.verb = VERB_CONTINUE});
        }
    }
    if (tour_session(tour)->under_way) {
        touch(tour, (struct action){VERB_LANGUAGE, (int)before});
    }
}
