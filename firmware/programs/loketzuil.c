#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "appointment/journal.h"
#include "appointment/leased.h"
#include "appointment/none.h"
#include "appointment/switched.h"
#include "base/claim_code.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/memory.h"
#include "base/notify.h"
#include "base/sign.h"
#include "base/text.h"
#include "base/theme.h"
#include "base/time.h"
#include "catalogue/catalogue_store.h"
#include "device/display.h"
#include "device/input.h"
#include "device/network.h"
#include "device/printer.h"
#include "device/speaker.h"
#include "health/heartbeat.h"
#include "ticket/qr.h"
#include "ticket/ticket.h"
#include "ui/fit.h"
#include "ui/paint.h"
#include "usage/outbox.h"
#include "usage/uploader.h"
#include "visit/client_names.h"
#include "visit/flow.h"
#include "visit/journey.h"
#include "visit/kiosk_devices.h"
#include "visit/kiosk_office.h"
#include "visit/kiosk_settings.h"
#include "visit/paper.h"
#include "visit/presenter.h"
#include "visit/rehearsal.h"

#define LOG_MODULE "kiosk"
#include "base/log.h"

#define QUOTA_BYTES ((int64_t)256 * 1024 * 1024) /* years of events of a busy kiosk */
#define EARLIEST_MAX 8     /* locations that show their first free time; see qmatic.h */
#define DRAIN_MS_MAX 20000 /* for the events of a journey to be counted */
#define ERRAND_RETRY_MS 1000 /* of a journey, which waits for them too */
#define TRACE_BYTES (64 * 1024)

struct options {
    const char *defaults, *settings, *journey, *pictures;
    int display; /* enum display_maker; -1 for the settings' one */
};

/* Everything there is, in the order in which it is made. */
struct kiosk {
    struct options options;
    struct kiosk_settings settings;
    struct journey *journey; /* NULL: citizens come by themselves */
    struct notify notify;
    struct loop *loop;
    struct sign_key key;
    struct catalogue *catalogue; /* NULL: out of order */
    const struct location *here;
    struct zone *zone;
    struct translation *translations[LANGUAGE_COUNT];
    struct outbox *outbox;
    struct journal *journal;
    struct kiosk_office office;
    struct rehearsal rehearsal;
    struct appointment_client *scripted; /* the client, or behind its plug */
    struct appointment_client *plug;     /* of a journey; the client, or behind it */
    struct appointment_client *client;
    char boot[TIME_BOOT_BYTES];
    bool keeps_nothing;
    struct printer *printer;
    struct ticket_paper *paper;
    struct flow *flow;
    struct theme theme;
    struct fonts *fonts;
    struct painter *painter;
    struct display *display;
    struct input *input; /* NULL: the display brings its own */
    struct scanner *scanner;
    struct speaker *speaker; /* NULL: nothing is said */
    bool headphones;         /* are in */
    struct presenter *presenter;
    struct heartbeat *heartbeat;
    struct uploader *uploader;
    struct network_watch *network;
};

/* --- what the parts ask of each other ------------------------------------------------
 */

static struct moment
now(void *data)
{
    const struct kiosk *kiosk = data;

    if (kiosk->journey != NULL) {
        return journey_now(kiosk->journey);
    }
    return (struct moment){.now = time_now_s(), .now_ms = time_steady_ms()};
}

static int64_t
now_s(void *data)
{
    return now(data).now;
}

static void
changed(void *data)
{
    const struct kiosk *kiosk = data;

    if (kiosk->presenter != NULL) {
        presenter_refresh(kiosk->presenter);
    }
}

static void
event_recorded(void *data)
{
    const struct kiosk *kiosk = data;

    if (kiosk->uploader != NULL) {
        uploader_poke(kiosk->uploader);
    }
}

static void
fit(void *data, struct page *page)
{
    const struct kiosk *kiosk = data;
    const struct layout_options options = {
        .display = (enum display_class)kiosk->settings.display,
        .panel = kiosk->settings.panel,
        .pressed = -1,
        .focused = -1,
    };

    layout_fit(page, &options, kiosk->fonts);
}

static void
on_pointer(void *data, const struct pointer *pointer)
{
    const struct kiosk *kiosk = data;

    if (kiosk->presenter != NULL) {
        presenter_pointer(kiosk->presenter, pointer);
    }
}

static void
on_key(void *data, enum key key)
{
    const struct kiosk *kiosk = data;

    if (kiosk->presenter != NULL) {
        presenter_key(kiosk->presenter, key);
    }
}

static void
on_text(void *data, const char *text)
{
    const struct kiosk *kiosk = data;

    if (kiosk->presenter != NULL) {
        presenter_text(kiosk->presenter, text);
    }
}

static void
on_headphones(void *data, bool in)
{
    struct kiosk *kiosk = data;

    kiosk->headphones = in;
    if (kiosk->presenter != NULL) {
        presenter_headphones(kiosk->presenter, in);
    }
}

static void
stop(void *data)
{
    const struct kiosk *kiosk = data;

    loop_stop(kiosk->loop);
}

static const char *
pulse(void *data)
{
    const struct kiosk *kiosk = data;

    if (!display_shows(kiosk->display)) {
        return "the panel doesn't take the picture";
    }
    return presenter_trouble(kiosk->presenter);
}

static bool
make_qr(const char *text, uint8_t *dark, int *size)
{
    struct qr *qr = memory_allocate(1, sizeof(*qr));
    struct error error = {0};
    bool made = qr_encode(text, qr, &error);

    if (made) {
        *size = qr->size;
        memcpy(dark, qr->dark, (size_t)qr->size * (size_t)qr->size);
    } else {
        log_error("%s", error.message);
    }
    free(qr);
    return made;
}

/* --- making
 * ----------------------------------------------------------------------------
 */

static const char *
data_path(const struct kiosk *kiosk, const char *name, char path[KIOSK_PATH_BYTES + 32])
{
    struct text text = text_begin(path, KIOSK_PATH_BYTES + 32);

    text_format(&text, "%s/%s", kiosk->settings.data, name);
    return path;
}

static bool
open_key(struct kiosk *kiosk, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32], code[CLAIM_CODE_BYTES];

    if (!file_make_folder(kiosk->settings.data, error) ||
        !sign_key_open(data_path(kiosk, "kiosk.key", path), &kiosk->key, error))
    {
        return false;
    }
    claim_code_make(kiosk->key.public_key, code);
    log_info("%s, claim code %s", kiosk->settings.name, code);
    return true;
}

/* A kiosk without a catalogue, or in no place, says on its screen that it is out of
 * order; the log says why. */
static void
open_catalogue(struct kiosk *kiosk)
{
    char keep[KIOSK_PATH_BYTES + 32];
    struct error error = {0};

    kiosk->catalogue = catalogue_open_last_good(
        kiosk->settings.catalogue, data_path(kiosk, "catalogue.json", keep), &error);
    if (kiosk->catalogue == NULL) {
        log_error("out of order: %s", error.message);
        return;
    }
    kiosk->here = catalogue_location(kiosk->catalogue, kiosk->settings.location);
    if (kiosk->here == NULL) {
        log_error("out of order: the catalogue has no location \"%s\"",
                  kiosk->settings.location);
    } else {
        kiosk->zone = zone_open(kiosk->here->zone, &error);
        if (kiosk->zone == NULL) {
            log_error("out of order: %s", error.message);
        }
    }
    if (kiosk->zone == NULL) {
        catalogue_destroy(kiosk->catalogue);
        kiosk->catalogue = NULL;
        kiosk->here = NULL;
    }
}

static void
open_translations(struct kiosk *kiosk)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *code = language_code((enum language)i);
        struct error error = {0};

        kiosk->translations[i] =
            translation_open(kiosk->settings.translations, code, &error);
        if (kiosk->translations[i] == NULL && error.kind != ERROR_NOT_FOUND) {
            log_warning("%s", error.message);
        }
    }
    if (kiosk->translations[LANGUAGE_NL] == NULL) {
        log_error("there are no Dutch texts in %s", kiosk->settings.translations);
    }
}

static bool
open_stores(struct kiosk *kiosk, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32];
    const struct outbox_options options = {
        .path = data_path(kiosk, "outbox.db", path),
        .kiosk = kiosk->settings.name,
        .quota_bytes = QUOTA_BYTES,
    };

    kiosk->outbox = outbox_open(&options, error);
    if (kiosk->outbox == NULL) {
        return false;
    }
    kiosk->journal = journal_open(data_path(kiosk, "journal.db", path), error);
    return kiosk->journal != NULL;
}

static struct appointment_client *
make_client(struct kiosk *kiosk, struct error *error)
{
    struct appointment_settings settings = kiosk->settings.appointments;

    if (settings.maker != APPOINTMENTS_SCRIPTED) {
        settings.earliest_max = EARLIEST_MAX;
        return appointment_settings_open(&settings, &kiosk->key, error);
    }
    if (kiosk->catalogue == NULL) {
        return appointment_none_create(); /* nothing to book, and nobody can */
    }
    kiosk->rehearsal = (struct rehearsal){kiosk->catalogue, &kiosk->key, now_s, kiosk};
    kiosk->scripted = rehearsal_create(&kiosk->rehearsal, error);
    return kiosk->scripted;
}

/* The clocks that a lease is counted by; a journey's steady one is its own. */
static struct leased_clock
lease_clock(void *data)
{
    const struct kiosk *kiosk = data;
    struct leased_clock clock = {.steady_ms = now(data).now_ms, .wall_s = TIME_NONE};

    memcpy(clock.boot, kiosk->boot, sizeof(clock.boot));
    if (kiosk->journey == NULL && time_is_vouched_for()) {
        clock.wall_s = time_now_s();
    }
    return clock;
}

static void
sign_ticket(void *data, const uint8_t id[16], int64_t start, const char *location,
            char text[APPOINTMENT_CHECK_IN_BYTES])
{
    const struct kiosk *kiosk = data;

    ticket_sign(&kiosk->key, kiosk->catalogue->municipality.ticket_address, id, start,
                location, text);
}

static bool
keeps_nothing(const struct kiosk_settings *settings)
{
    bool nothing = settings->no_data[0] != '\0' && access(settings->no_data, F_OK) == 0;

    if (nothing) {
        log_error("%s is in memory: nothing is kept when the power goes",
                  settings->data);
    }
    return nothing;
}

/* Our own book goes on while nobody can be reached: not where what was given out would
 * be gone with the power, nor in a system that knows no leases. */
static bool
open_lease(struct kiosk *kiosk, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32];
    const struct leased_options options = {
        .path = data_path(kiosk, "lease.db", path),
        .now = lease_clock,
        .check_in = sign_ticket,
        .data = kiosk,
    };
    struct appointment_client *client;

    if (kiosk->client->operations->settle == NULL || kiosk->catalogue == NULL ||
        kiosk->keeps_nothing)
    {
        return true;
    }
    time_boot(kiosk->boot);
    client = appointment_leased_create(kiosk->client, &options, error);
    if (client == NULL) {
        return false;
    }
    kiosk->client = client;
    return true;
}

static bool
open_client(struct kiosk *kiosk, struct error *error)
{
    struct appointment_client *client = make_client(kiosk, error);

    if (client == NULL) {
        return false;
    }
    if (appointment_settings_has_own_ids(&kiosk->settings.appointments)) {
        client = client_names_create(client, kiosk->catalogue);
    }
    /* Only a journey pulls the plug. */
    kiosk->plug = kiosk->client =
        kiosk->journey != NULL ? appointment_switched_create(client) : client;
    return open_lease(kiosk, error);
}

static bool
open_printer(struct kiosk *kiosk, struct error *error)
{
    const struct kiosk_settings *settings = &kiosk->settings;

    kiosk->printer = kiosk_printer_create(settings, error);
    if (kiosk->printer == NULL) {
        return error->kind == ERROR_NONE;
    }
    kiosk->paper = paper_create((enum paper_width)settings->paper, kiosk->translations,
                                settings->logo, error);
    return kiosk->paper != NULL;
}

static void
make_flow(struct kiosk *kiosk)
{
    struct flow_parts parts = {
        .loop = kiosk->loop,
        .catalogue = kiosk->catalogue,
        .here = kiosk->here,
        .zone = kiosk->zone,
        .outbox = kiosk->outbox,
        .client = kiosk->client,
        .walk_in = kiosk->office.walk_in,
        .journal = kiosk->journal,
        .errands = kiosk->office.errands,
        .tickets = kiosk->office.tickets,
        .printer = kiosk->printer,
        .kiosk = kiosk->settings.name,
        .paper = kiosk->paper,
        .keeps_nothing = kiosk->keeps_nothing,
        .paper_auto = kiosk->settings.paper_auto,
        .fit = fit,
        .changed = changed,
        .event_recorded = event_recorded,
        .data = kiosk,
    };

    memcpy(parts.translations, kiosk->translations, sizeof(parts.translations));
    kiosk->flow = flow_create(&parts, now(kiosk));
}

/* The panel of a device, and beside it what touches it. */
static bool
open_panel(struct kiosk *kiosk, int width, int height, struct display_listener listener,
           struct error *error)
{
    const struct kiosk_settings *settings = &kiosk->settings;
    const struct display_drm_options panel = {
        .width = width,
        .height = height,
        .rotation = 90 * settings->rotation,
        .mode_width = settings->mode_width,
        .mode_height = settings->mode_height,
        .connector = settings->connector,
    };
    struct input_options touch = {.device = settings->touchscreen,
                                  .headphones = settings->headphones};

    if (settings->scanner == SCANNER_EVDEV) {
        touch.scanner = settings->scanner_device;
    }

    kiosk->display = display_drm_create(kiosk->loop, &panel, error);
    if (kiosk->display == NULL) {
        return false;
    }
    touch.display = kiosk->display;
    memcpy(touch.calibration, settings->calibration, sizeof(touch.calibration));
    kiosk->input = input_create(kiosk->loop, &touch, listener, error);
    return kiosk->input != NULL;
}

static bool
open_display(struct kiosk *kiosk, struct error *error)
{
    const struct display_listener listener = {on_pointer, on_key,        on_text,
                                              stop,       on_headphones, kiosk};
    int maker = kiosk->options.display >= 0 ? kiosk->options.display
                                            : kiosk->settings.display_maker;
    int width, height;

    display_class_size((enum display_class)kiosk->settings.display, &width, &height);
    switch ((enum display_maker)maker) {
    case DISPLAY_MAKER_SDL:
        kiosk->display =
            display_sdl_create(kiosk->loop, width, height, listener, error);
        break;
    case DISPLAY_MAKER_DRM:
        return open_panel(kiosk, width, height, listener, error);
    case DISPLAY_MAKER_MEMORY:
        kiosk->display = display_memory_create(width, height);
        break;
    }
    return kiosk->display != NULL;
}

/* A kiosk that can't speak serves those who see. In a journey it is read what would be
 * said. */
static void
open_speaker(struct kiosk *kiosk)
{
    struct error error = {0};

    kiosk->speaker =
        kiosk->journey != NULL && kiosk->settings.speaker != SPEAKER_TRANSCRIPT
            ? speaker_transcript_create(NULL, &error)
            : kiosk_speaker_create(&kiosk->settings, &error);
    if (kiosk->speaker == NULL && error.kind != ERROR_NONE) {
        log_error("%s", error.message);
    }
}

static bool
open_screen(struct kiosk *kiosk, struct error *error)
{
    kiosk_theme_make(&kiosk->settings, &kiosk->theme);
    kiosk->fonts = fonts_open(error);
    if (kiosk->fonts == NULL) {
        return false;
    }
    kiosk->painter = painter_create(kiosk->fonts, &kiosk->theme, make_qr);
    if (!open_display(kiosk, error)) {
        return false;
    }
    open_speaker(kiosk);
    kiosk->presenter = presenter_create(&(struct presenter_parts){
        .loop = kiosk->journey == NULL ? kiosk->loop : NULL,
        .now = now,
        .now_data = kiosk,
        .flow = kiosk->flow,
        .fonts = kiosk->fonts,
        .painter = kiosk->painter,
        .display = kiosk->display,
        .speaker = kiosk->speaker,
        .headphones = kiosk->headphones,
        .display_class = (enum display_class)kiosk->settings.display,
        .panel = kiosk->settings.panel,
    });
    return true;
}

/* Now there is a picture, and it can be touched. */
static void
start_heartbeat(struct kiosk *kiosk)
{
    kiosk->heartbeat = heartbeat_create(&(struct heartbeat_parts){
        .loop = kiosk->loop, .notify = &kiosk->notify, .pulse = pulse, .data = kiosk});
}

static void
on_scan(void *data, const char *text)
{
    const struct kiosk *kiosk = data;

    presenter_scan(kiosk->presenter, text);
}

/* A kiosk without its scanner serves: the code can be typed. */
static void
open_scanner(struct kiosk *kiosk)
{
    struct error error = {0};

    if (kiosk->journey != NULL) {
        return; /* a journey scans by itself */
    }
    kiosk->scanner =
        kiosk_scanner_create(&kiosk->settings, kiosk->loop,
                             (struct scanner_listener){on_scan, kiosk}, &error);
    if (kiosk->scanner == NULL && error.kind != ERROR_NONE) {
        log_error("%s", error.message);
    }
}

static void
start_uploader(struct kiosk *kiosk)
{
    if (kiosk->settings.backoffice[0] != '\0') {
        kiosk->uploader = uploader_create(
            &(struct uploader_options){.loop = kiosk->loop,
                                       .outbox = kiosk->outbox,
                                       .key = &kiosk->key,
                                       .url = kiosk->settings.backoffice,
                                       .ca_file = kiosk->settings.ca_file});
    }
}

static void
network_changed(void *data)
{
    const struct kiosk *kiosk = data;

    if (kiosk->uploader != NULL) {
        uploader_network_changed(kiosk->uploader);
    }
}

/* A kiosk that isn't told finds out by itself, some minutes later. */
static void
watch_network(struct kiosk *kiosk)
{
    struct error error = {0};

    kiosk->network = network_watch_create(kiosk->loop, network_changed, kiosk, &error);
    if (kiosk->network == NULL) {
        log_warning("%s", error.message);
    }
}

static bool
open_kiosk(struct kiosk *kiosk, struct error *error)
{
    /* First: threads that are started later inherit that signals wait for the loop. */
    kiosk->loop = loop_create();
    loop_add_signal(kiosk->loop, SIGTERM, stop, kiosk);
    loop_add_signal(kiosk->loop, SIGINT, stop, kiosk);
    if (!open_key(kiosk, error)) {
        return false;
    }
    kiosk->keeps_nothing = keeps_nothing(&kiosk->settings);
    open_catalogue(kiosk);
    open_translations(kiosk);
    if (!open_stores(kiosk, error) || !open_client(kiosk, error) ||
        !kiosk_office_open(&kiosk->settings, &kiosk->key,
                           kiosk->journey != NULL ? ERRAND_RETRY_MS : 0, &kiosk->office,
                           error) ||
        !open_printer(kiosk, error))
    {
        return false;
    }
    make_flow(kiosk);
    if (!open_screen(kiosk, error)) {
        return false;
    }
    if (kiosk->journey == NULL) {
        start_heartbeat(kiosk);
    }
    open_scanner(kiosk);
    start_uploader(kiosk);
    watch_network(kiosk);
    return true;
}

/* Copes with a kiosk that was half made. */
static void
close_kiosk(struct kiosk *kiosk)
{
    heartbeat_destroy(kiosk->heartbeat);
    network_watch_destroy(kiosk->network);
    uploader_destroy(kiosk->uploader);
    scanner_destroy(kiosk->scanner);
    presenter_destroy(kiosk->presenter);
    kiosk->presenter = NULL; /* the flow's last words are not shown */
    kiosk->uploader = NULL;
    flow_destroy(kiosk->flow);
    kiosk_office_close(&kiosk->office);
    input_destroy(kiosk->input);
    display_destroy(kiosk->display);
    speaker_destroy(kiosk->speaker);
    painter_destroy(kiosk->painter);
    fonts_close(kiosk->fonts);
    paper_destroy(kiosk->paper);
    printer_destroy(kiosk->printer);
    appointment_client_destroy(kiosk->client);
    journal_close(kiosk->journal);
    outbox_close(kiosk->outbox);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(kiosk->translations[i]);
    }
    zone_close(kiosk->zone);
    catalogue_destroy(kiosk->catalogue);
    loop_destroy(kiosk->loop);
    journey_close(kiosk->journey);
    notify_close(&kiosk->notify);
    memory_wipe(kiosk, sizeof(*kiosk));
}

/* --- running
 * ---------------------------------------------------------------------------
 */

static void
set_network(void *data, bool up)
{
    struct kiosk *kiosk = data;

    appointment_switched_set(kiosk->plug, up);
    kiosk_office_set_network(&kiosk->office, up);
    uploader_destroy(kiosk->uploader);
    kiosk->uploader = NULL;
    if (up) {
        start_uploader(kiosk);
    }
}

/* A journey ends when its events are counted, as far as the network is up. */
static bool
drain(struct kiosk *kiosk, struct error *error)
{
    int64_t end_ms = time_steady_ms() + DRAIN_MS_MAX;

    while (flow_has_work(kiosk->flow) ||
           (kiosk->uploader != NULL && (!uploader_is_idle(kiosk->uploader) ||
                                        !kiosk_office_is_idle(&kiosk->office))))
    {
        if (time_steady_ms() >= end_ms) {
            return error_set(error, ERROR_OFFLINE,
                             "the events were not counted in time");
        }
        loop_turn(kiosk->loop, 50);
    }
    return true;
}

static void
print_trace(const struct presenter *presenter)
{
    char *trace = memory_allocate(TRACE_BYTES, 1);

    page_trace(presenter_page(presenter), trace, TRACE_BYTES);
    fprintf(stderr, "The screen shows:\n%s", trace);
    free(trace);
}

static bool
run_journey(struct kiosk *kiosk)
{
    const struct journey_parts parts = {
        .loop = kiosk->loop,
        .presenter = kiosk->presenter,
        .flow = kiosk->flow,
        .printer = kiosk->printer,
        .speaker = kiosk->speaker,
        .location = kiosk->settings.location,
        .scripted = kiosk->scripted,
        .walk_in = kiosk->office.walk_in,
        .set_network = set_network,
        .data = kiosk,
        .pictures = kiosk->options.pictures,
    };
    struct error error = {0};

    if (!journey_run(kiosk->journey, &parts, &error)) {
        fprintf(stderr, "%s\n", error.message);
        print_trace(kiosk->presenter);
        return false;
    }
    if (!drain(kiosk, &error)) {
        fprintf(stderr, "%s: %s\n", kiosk->options.journey, error.message);
        return false;
    }
    printf("%s: done\n", kiosk->options.journey);
    return true;
}

static bool
run(struct kiosk *kiosk)
{
    if (kiosk->journey != NULL) {
        return run_journey(kiosk);
    }
    loop_run(kiosk->loop);
    log_info("stopping");
    return true;
}

static bool
read_options(int argc, char **argv, struct options *options)
{
    static const char *const makers[] = {"sdl", "drm", "memory"};

    *options = (struct options){.settings = "loketzuil.conf", .display = -1};
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];

        if (text_equal(argv[i], "--defaults")) {
            options->defaults = value;
        } else if (text_equal(argv[i], "--settings")) {
            options->settings = value;
        } else if (text_equal(argv[i], "--journey")) {
            options->journey = value;
            options->display = DISPLAY_MAKER_MEMORY;
        } else if (text_equal(argv[i], "--pictures")) {
            options->pictures = value;
        } else if (text_equal(argv[i], "--display")) {
            options->display = (int)(sizeof(makers) / sizeof(makers[0])) - 1;
            while (options->display >= 0 &&
                   !text_equal(value, makers[options->display])) {
                options->display--;
            }
            if (options->display < 0) {
                return false;
            }
        } else {
            return false;
        }
    }
    return argc % 2 == 1;
}

/*
 * A kiosk whose own settings are wrong or gone goes on with the defaults alone. These
 * name no place: its screen says that it is out of order.
 */
static bool
read_settings(struct kiosk *kiosk, struct error *error)
{
    const struct options *options = &kiosk->options;
    struct error wrong = {0};

    if (options->defaults == NULL) {
        return kiosk_settings_read(options->settings, &kiosk->settings, error);
    }
    if (kiosk_settings_read_over(options->defaults, options->settings, &kiosk->settings,
                                 &wrong))
    {
        return true;
    }
    log_error("%s", wrong.message);
    return kiosk_settings_read(options->defaults, &kiosk->settings, error);
}

/* Said once: nobody looks into a file's rights that works. */
static void
warn_of_secrets(const char *path, const struct appointment_settings *settings)
{
    struct stat status;

    if ((settings->client_secret[0] != '\0' || settings->api_key[0] != '\0') &&
        stat(path, &status) == 0 && (status.st_mode & S_IROTH) != 0)
    {
        log_warning("%s holds a secret and everybody may read it: chmod 640, or name "
                    "a secret_file",
                    path);
    }
}

int
main(int argc, char **argv)
{
    static struct kiosk kiosk;
    struct error error = {0};
    bool good;

    if (!read_options(argc, argv, &kiosk.options)) {
        fprintf(stderr, "use: loketzuil [--defaults FILE] [--settings FILE]\n"
                        "                 [--display sdl|drm|memory]\n"
                        "                 [--journey FILE [--pictures FOLDER]]\n");
        return 2;
    }
    sign_start();
    good = notify_open(&kiosk.notify, &error) && read_settings(&kiosk, &error);
    if (good) {
        warn_of_secrets(kiosk.options.settings, &kiosk.settings.appointments);
    }
    if (good && kiosk.options.journey != NULL) {
        kiosk.journey = journey_open(kiosk.options.journey, &error);
        good = kiosk.journey != NULL;
    }
    if (good && kiosk.options.pictures != NULL) {
        good = file_make_folder(kiosk.options.pictures, &error);
    }
    good = good && open_kiosk(&kiosk, &error);
    if (!good) {
        log_error("%s", error.message);
    }
    good = good && run(&kiosk);
    close_kiosk(&kiosk);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
