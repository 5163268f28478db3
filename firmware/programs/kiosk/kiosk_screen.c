#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "programs/kiosk/kiosk.h"
#include "ticket/qr.h"
#include "visit/kiosk_devices.h"

#define LOG_MODULE "kiosk"
#include "base/log.h"

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
                                              kiosk_stop, on_headphones, kiosk};
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

bool
kiosk_open_screen(struct kiosk *kiosk, struct error *error)
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
        .now = kiosk_now,
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
