#include "visit_kiosk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/scripted.h"
#include "base/memory.h"
#include "base/text.h"
#include "usage_stream.h"
#include "visit/rehearsal.h"

#define TRACE_BYTES 40000
#define LIST_PAGES_MAX 12
#define START "2026-03-10T13:05:00Z"

static void
fit(void *data, struct page *page)
{
    static struct fonts *fonts; /* for all kiosks of the test */
    const struct visit_kiosk *kiosk = data;
    const struct layout_options options = {
        .display = kiosk->display, .pressed = -1, .focused = -1};
    struct error error;

    if (fonts == NULL) {
        fonts = fonts_open(&error);
        assert_non_null(fonts);
    }
    layout_fit(page, &options, fonts);
}

static void
on_event_recorded(void *data)
{
    ((struct visit_kiosk *)data)->events_recorded++;
}

static int64_t
now_of(void *data)
{
    return ((struct visit_kiosk *)data)->moment.now;
}

static void
open_translations(struct visit_kiosk *kiosk)
{
    const char *build = getenv("BUILD") != NULL ? getenv("BUILD") : "build";
    char folder[300];
    struct error error;

    snprintf(folder, sizeof(folder), "%s/translations", build);
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        kiosk->translations[language] =
            translation_open(folder, language_code(language), &error);
        assert_non_null(kiosk->translations[language]);
        kiosk->parts.translations[language] = kiosk->translations[language];
    }
}

static void
open_client(struct visit_kiosk *kiosk)
{
    static struct sign_key key;
    static struct rehearsal rehearsal;
    struct error error;

    sign_start();
    sign_key_generate(&key);
    rehearsal = (struct rehearsal){
        .catalogue = kiosk->catalogue, .key = &key, .now = now_of, .data = kiosk};
    kiosk->client = rehearsal_create(&rehearsal, &error);
    assert_non_null(kiosk->client);
}

void
visit_kiosk_start(struct visit_kiosk *kiosk)
{
    char path[100];
    struct error error;

    snprintf(path, sizeof(path), "%s/outbox.db", kiosk->folder);
    kiosk->outbox = outbox_open(&(struct outbox_options){.path = path,
                                                         .kiosk = "linde-01",
                                                         .quota_bytes = 1 << 24},
                                &error);
    assert_non_null(kiosk->outbox);
    snprintf(path, sizeof(path), "%s/journal.db", kiosk->folder);
    kiosk->journal = journal_open(path, &error);
    assert_non_null(kiosk->journal);
    snprintf(path, sizeof(path), "%s/tickets", kiosk->folder);
    kiosk->printer = printer_file_create(path, &error);
    assert_non_null(kiosk->printer);
    kiosk->parts.outbox = kiosk->outbox;
    kiosk->parts.journal = kiosk->journal;
    kiosk->parts.printer = kiosk->printer;
    kiosk->flow = flow_create(&kiosk->parts, kiosk->moment);
    visit_kiosk_wait(kiosk);
}

void
visit_kiosk_open(struct visit_kiosk *kiosk)
{
    visit_kiosk_open_with(kiosk, "assets/example/catalogue.json");
}

void
visit_kiosk_open_with(struct visit_kiosk *kiosk, const char *catalogue)
{
    struct error error;

    *kiosk = (struct visit_kiosk){.moment.now_ms = 1000000};
    test_folder_make(kiosk->folder);
    assert_true(instant_parse(START, &kiosk->moment.now));
    kiosk->loop = loop_create();
    kiosk->catalogue = catalogue_open(catalogue, &error);
    assert_non_null(kiosk->catalogue);
    kiosk->zone = zone_open("Europe/Amsterdam", &error);
    assert_non_null(kiosk->zone);
    open_client(kiosk);
    open_translations(kiosk);
    kiosk->paper = paper_create(PAPER_80_MM, kiosk->translations, "", &error);
    assert_non_null(kiosk->paper);
    kiosk->parts.loop = kiosk->loop;
    kiosk->parts.catalogue = kiosk->catalogue;
    kiosk->parts.here = catalogue_location(kiosk->catalogue, "linde");
    kiosk->parts.zone = kiosk->zone;
    kiosk->walk_in = walk_in_scripted_create();
    kiosk->parts.client = kiosk->client;
    kiosk->parts.walk_in = kiosk->walk_in;
    kiosk->parts.kiosk = "linde-01";
    kiosk->parts.paper = kiosk->paper;
    kiosk->parts.fit = fit;
    kiosk->parts.event_recorded = on_event_recorded;
    kiosk->parts.data = kiosk;
    visit_kiosk_start(kiosk);
}

void
visit_kiosk_cut(struct visit_kiosk *kiosk)
{
    flow_destroy(kiosk->flow);
    printer_destroy(kiosk->printer);
    journal_close(kiosk->journal);
    outbox_close(kiosk->outbox);
}

void
visit_kiosk_close(struct visit_kiosk *kiosk)
{
    visit_kiosk_cut(kiosk);
    walk_in_client_destroy(kiosk->walk_in);
    appointment_client_destroy(kiosk->client);
    paper_destroy(kiosk->paper);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(kiosk->translations[i]);
    }
    zone_close(kiosk->zone);
    catalogue_destroy(kiosk->catalogue);
    loop_destroy(kiosk->loop);
    test_folder_remove(kiosk->folder);
}

const struct page *
visit_kiosk_show(struct visit_kiosk *kiosk)
{
    flow_describe(kiosk->flow, &kiosk->page, kiosk->moment);
    return &kiosk->page;
}

void
visit_kiosk_wait(struct visit_kiosk *kiosk)
{
    while (flow_has_work(kiosk->flow)) {
        loop_turn(kiosk->loop, -1);
    }
}

static void
print_page(struct visit_kiosk *kiosk)
{
    char *trace = memory_allocate(1, TRACE_BYTES);

    page_trace(visit_kiosk_show(kiosk), trace, TRACE_BYTES);
    print_message("%s", trace);
    free(trace);
}

/* The way to the next part of what is touched now. */
static const struct element *
more_of(const struct page *page)
{
    const struct element *more =
        page_find(page, page_has_overlay(page) ? "overlay-more" : "more");

    for (size_t i = 0; more == NULL && i < page->count; i++) {
        const struct element *segment = &page->elements[i];

        if (segment->role == ROLE_SEGMENT && page->part_count > 1 &&
            segment->action.argument > page->part)
        {
            more = segment;
        }
    }
    return more;
}

void
visit_kiosk_touch(struct visit_kiosk *kiosk, const char *id)
{
    const struct page *page = visit_kiosk_show(kiosk);
    const struct element *element = page_find(page, id);
    const struct element *more = more_of(page);
    struct input input = {.kind = INPUT_PRESS};

    for (int i = 0; element == NULL && more != NULL && i < LIST_PAGES_MAX; i++) {
        input.action = more->action;
        flow_act(kiosk->flow, &input, kiosk->moment);
        page = visit_kiosk_show(kiosk);
        element = page_find(page, id);
        more = more_of(page);
    }
    if (element == NULL || !page_can_press(page, element)) {
        print_page(kiosk);
        fail_msg("\"%s\" can't be pressed", id);
        return;
    }
    input.action = element->action;
    flow_act(kiosk->flow, &input, kiosk->moment);
}

void
visit_kiosk_press(struct visit_kiosk *kiosk, const char *id)
{
    visit_kiosk_touch(kiosk, id);
    visit_kiosk_wait(kiosk);
}

void
visit_kiosk_press_all(struct visit_kiosk *kiosk, const char *ids)
{
    char id[PAGE_ID_BYTES];
    int used;

    while (sscanf(ids, " %31s%n", id, &used) == 1) {
        visit_kiosk_press(kiosk, id);
        ids += used;
    }
}

void
visit_kiosk_input(struct visit_kiosk *kiosk, enum input_kind kind, const char *text)
{
    flow_act(kiosk->flow, &(struct input){.kind = kind, .text = text}, kiosk->moment);
    visit_kiosk_wait(kiosk);
}

void
visit_kiosk_pass(struct visit_kiosk *kiosk, int64_t milliseconds)
{
    int64_t end_ms = kiosk->moment.now_ms + milliseconds;
    int64_t next_ms;

    while ((next_ms = flow_next_tick_ms(kiosk->flow)) <= end_ms) {
        assert_true(next_ms > kiosk->moment.now_ms);
        kiosk->moment.now +=
            (next_ms - 1000000) / 1000 - (kiosk->moment.now_ms - 1000000) / 1000;
        kiosk->moment.now_ms = next_ms;
        flow_tick(kiosk->flow, kiosk->moment);
        visit_kiosk_wait(kiosk);
    }
    kiosk->moment.now +=
        (end_ms - 1000000) / 1000 - (kiosk->moment.now_ms - 1000000) / 1000;
    kiosk->moment.now_ms = end_ms;
}

void
assert_screen(struct visit_kiosk *kiosk, const char *screen)
{
    if (!text_equal(visit_kiosk_show(kiosk)->screen, screen)) {
        print_page(kiosk);
        fail_msg("not on \"%s\"", screen);
    }
}

static bool
shows(struct visit_kiosk *kiosk, const char *text)
{
    char *trace = memory_allocate(1, TRACE_BYTES);
    bool found;

    page_trace(visit_kiosk_show(kiosk), trace, TRACE_BYTES);
    found = strstr(trace, text) != NULL;
    free(trace);
    return found;
}

void
assert_shows(struct visit_kiosk *kiosk, const char *text)
{
    if (!shows(kiosk, text)) {
        print_page(kiosk);
        fail_msg("\"%s\" is not shown", text);
    }
}

void
assert_shows_not(struct visit_kiosk *kiosk, const char *text)
{
    if (shows(kiosk, text)) {
        print_page(kiosk);
        fail_msg("\"%s\" is shown", text);
    }
}

static void
add_modes(struct text *text, unsigned modes)
{
    for (unsigned mode = 1; mode <= USAGE_MODE_ALL; mode <<= 1) {
        if ((modes & mode) != 0) {
            text_format(text, " %s", usage_mode_name((enum usage_mode)mode));
        }
    }
}

static void
add_missed(struct text *text, const struct usage_event *event)
{
    for (size_t i = 0; i < event->missed_count; i++) {
        text_format(text, " %s=%d", event->missed[i].screen, event->missed[i].misses);
    }
}

static void
add_event(struct text *text, const struct usage_event *event)
{
    switch (event->kind) {
    case USAGE_VISIT_BEGUN:
        text_add(text, "begun\n");
        break;
    case USAGE_VISIT_ENDED:
        text_format(text, "ended %s", usage_outcome_name(event->outcome));
        if (event->outcome != USAGE_OUTCOME_INTERRUPTED) {
            text_format(text, " %s %s", language_code(event->language), event->screen);
            add_modes(text, event->modes);
            add_missed(text, event);
        }
        if (event->help_offered[0] != '\0') {
            text_format(text, " help %s %s", event->help_offered,
                        event->help_taken ? "taken" : "declined");
        }
        if (event->satisfaction != 0 || event->success != USAGE_SUCCESS_UNKNOWN) {
            text_format(text, " %d %s %s", event->satisfaction,
                        usage_success_name(event->success),
                        channel_name(event->channel));
        }
        text_add(text, "\n");
        break;
    case USAGE_STEP:
        text_format(text, "%s %s", usage_step_name(event->step), event->product);
        if (event->channel != CHANNEL_NONE) {
            text_format(text, " %s", channel_name(event->channel));
        }
        if (event->screen[0] != '\0') {
            text_format(text, " %s", event->screen);
        }
        text_add(text, "\n");
        break;
    case USAGE_KIND_COUNT:
        break;
    }
}

void
assert_counted(struct visit_kiosk *kiosk, const char *lines)
{
    struct usage_batch_read *read = memory_allocate(1, sizeof(*read));
    struct outbox_batch batch = {0};
    char counted[4000];
    struct text text = text_begin(counted, sizeof(counted));
    struct error error;

    for (int64_t after = 0;; after = batch.number) {
        bool wrapped;

        assert_true(outbox_next_batch(kiosk->outbox, after, &batch, &error));
        wrapped = batch.text == NULL || batch.number <= after;
        if (!wrapped) {
            usage_batch_read(&batch, read);
        }
        for (size_t i = 0; !wrapped && i < read->count; i++) {
            add_event(&text, &read->events[i]);
        }
        outbox_batch_finish(&(struct outbox_batch){.text = batch.text});
        if (wrapped) {
            break;
        }
    }
    free(read);
    assert_string_equal(counted, lines);
}
