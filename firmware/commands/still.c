#include "visit/still.h"

#include "commands/ctl.h"
#include "ticket/qr.h"
#include "ui/fit.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "visit/kiosk_settings.h"

/* What a picture is made with, in the order in which it is made. */
struct studio {
    struct kiosk_settings settings;
    struct catalogue *catalogue;
    struct translation *translation;
    struct fonts *fonts;
    struct theme theme;
    struct painter *painter;
    struct canvas *canvas;
    struct page page;
    struct layout layout;
};

static bool
open_studio(struct studio *studio, const char *settings, struct error *error)
{
    if (!kiosk_settings_read(settings, &studio->settings, error)) {
        return false;
    }
    studio->catalogue = catalogue_open(studio->settings.catalogue, error);
    if (studio->catalogue == NULL) {
        return false;
    }
    studio->translation = translation_open(studio->settings.translations, "nl", error);
    if (studio->translation == NULL) {
        return false;
    }
    studio->fonts = fonts_open(error);
    return studio->fonts != NULL;
}

static void
close_studio(struct studio *studio)
{
    canvas_destroy(studio->canvas);
    painter_destroy(studio->painter);
    fonts_close(studio->fonts);
    translation_close(studio->translation);
    catalogue_destroy(studio->catalogue);
}

static void
paint(struct studio *studio, enum still still)
{
    const struct layout_options options = {
        .display = (enum display_class)studio->settings.display,
        .pressed = -1,
        .focused = -1,
        .panel = studio->settings.panel,
    };

    still_describe(still, studio->catalogue,
                   catalogue_location(studio->catalogue, studio->settings.location),
                   studio->translation, &studio->page);
    layout_fit(&studio->page, &options, studio->fonts);
    layout_page(&studio->layout, &studio->page, &options, studio->fonts);
    kiosk_theme_make(&studio->settings, &studio->theme);
    studio->painter = painter_create(studio->fonts, &studio->theme, qr_encode_dark);
    studio->canvas = canvas_create(studio->layout.width, studio->layout.height);
    painter_paint(studio->painter, studio->canvas, &studio->layout);
}

static int
still_run(int argc, char **argv)
{
    static struct studio studio;
    struct option_value options[] = {{.name = "--settings"}};
    const char *words[2] = {NULL, NULL};
    struct error error = {0};
    enum still still;
    bool written;

    if (!options_read(argc, argv, options, 1, words, 2) || options[0].value == NULL ||
        words[1] == NULL || !still_from_name(words[0], &still))
    {
        return command_usage(&command_still);
    }
    written = open_studio(&studio, options[0].value, &error);
    if (written) {
        paint(&studio, still);
        written = canvas_write(studio.canvas, words[1], &error);
    }
    close_studio(&studio);
    return written ? COMMAND_DONE : command_fail(&error);
}

const struct command command_still = {
    .name = "still",
    .arguments = "starting|out-of-order FILE.png --settings FILE",
    .summary = "Make the picture that a panel shows while no kiosk runs",
    .run = still_run,
};
