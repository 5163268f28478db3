#include "programs/kiosk/kiosk.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/claim_code.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue_store.h"
#include "ui/fit.h"
#include "visit/kiosk_devices.h"

#define LOG_MODULE "kiosk"
#include "base/log.h"

#define QUOTA_BYTES ((int64_t)256 * 1024 * 1024) /* years of events of a busy kiosk */
#define ERRAND_RETRY_MS 1000 /* of a journey, which waits for them too */

/* --- what the parts ask of each other --------------------------------------------- */

struct moment
kiosk_now(void *data)
{
    const struct kiosk *kiosk = data;

    if (kiosk->journey != NULL) {
        return journey_now(kiosk->journey);
    }
    return (struct moment){.now = time_now_s(), .now_ms = time_steady_ms()};
}

int64_t
kiosk_now_s(void *data)
{
    return kiosk_now(data).now;
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

void
kiosk_stop(void *data)
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

/* --- making ----------------------------------------------------------------------- */

const char *
kiosk_data_path(const struct kiosk *kiosk, const char *name,
                char path[KIOSK_PATH_BYTES + 32])
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
        !sign_key_open(kiosk_data_path(kiosk, "kiosk.key", path), &kiosk->key, error))
    {
        return false;
    }
    claim_code_make(kiosk->key.public_key, code);
    log_info("%s, claim code %s", kiosk->settings.name, code);
    return true;
}

/* What a kiosk shows that is out of order (board/README.md). */
#define FAULT_CATALOGUE "E-1"
#define FAULT_LOCATION "E-2"
#define FAULT_ZONE "E-3"

/* A kiosk without a catalogue, or in no place, says on its screen that it is out of
 * order, and whom to call when the catalogue says so; the log says why. */
static void
open_catalogue(struct kiosk *kiosk)
{
    char keep[KIOSK_PATH_BYTES + 32];
    struct error error = {0};

    kiosk->catalogue = catalogue_open_last_good(
        kiosk->settings.catalogue, kiosk_data_path(kiosk, "catalogue.json", keep),
        &error);
    if (kiosk->catalogue == NULL) {
        log_error("out of order: %s", error.message);
        kiosk->fault = FAULT_CATALOGUE;
        return;
    }
    kiosk->here = catalogue_location(kiosk->catalogue, kiosk->settings.location);
    if (kiosk->here == NULL) {
        log_error("out of order: the catalogue has no location \"%s\"",
                  kiosk->settings.location);
        kiosk->fault = FAULT_LOCATION;
    } else {
        kiosk->zone = zone_open(kiosk->here->zone, &error);
        if (kiosk->zone == NULL) {
            log_error("out of order: %s", error.message);
            kiosk->fault = FAULT_ZONE;
        }
    }
    if (kiosk->zone == NULL) {
        kiosk->useless = kiosk->catalogue;
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
        .path = kiosk_data_path(kiosk, "outbox.db", path),
        .kiosk = kiosk->settings.name,
        .quota_bytes = QUOTA_BYTES,
    };

    kiosk->outbox = outbox_open(&options, error);
    if (kiosk->outbox == NULL) {
        return false;
    }
    kiosk->journal = journal_open(kiosk_data_path(kiosk, "journal.db", path), error);
    return kiosk->journal != NULL;
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
        .municipality = kiosk->useless != NULL ? &kiosk->useless->municipality : NULL,
        .fault = kiosk->fault,
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
    kiosk->flow = flow_create(&parts, kiosk_now(kiosk));
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

void
kiosk_start_uploader(struct kiosk *kiosk)
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

bool
kiosk_open(struct kiosk *kiosk, struct error *error)
{
    /* First: threads that are started later inherit that signals wait for the loop. */
    kiosk->loop = loop_create();
    loop_add_signal(kiosk->loop, SIGTERM, kiosk_stop, kiosk);
    loop_add_signal(kiosk->loop, SIGINT, kiosk_stop, kiosk);
    if (!open_key(kiosk, error)) {
        return false;
    }
    kiosk->keeps_nothing = keeps_nothing(&kiosk->settings);
    open_catalogue(kiosk);
    open_translations(kiosk);
    if (!open_stores(kiosk, error) || !kiosk_open_client(kiosk, error) ||
        !kiosk_office_open(&kiosk->settings, &kiosk->key,
                           kiosk->journey != NULL ? ERRAND_RETRY_MS : 0, &kiosk->office,
                           error) ||
        !open_printer(kiosk, error))
    {
        return false;
    }
    make_flow(kiosk);
    if (!kiosk_open_screen(kiosk, error)) {
        return false;
    }
    if (kiosk->journey == NULL) {
        start_heartbeat(kiosk);
    }
    open_scanner(kiosk);
    kiosk_start_uploader(kiosk);
    watch_network(kiosk);
    return true;
}

void
kiosk_close(struct kiosk *kiosk)
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
    catalogue_destroy(kiosk->useless);
    loop_destroy(kiosk->loop);
    journey_close(kiosk->journey);
    notify_close(&kiosk->notify);
    memory_wipe(kiosk, sizeof(*kiosk));
}
