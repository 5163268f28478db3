#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/loop.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "base/time.h"
#include "device/display.h"

#define LOG_MODULE "splash"
#include "base/log.h"

/*
 * Shows a picture on the panel of a device, before there is a system and when there is
 * none. The panel is for any other program to take: this one stays, so that the picture
 * does, until somebody ends it.
 */

/* The drivers of panels come up by themselves, after what loads them has gone on. */
#define CARD_AGAIN_MS 100
#define CARD_TRIES_MAX 300

struct splash {
    struct display_drm_options options;
    struct loop *loop;
    struct display *display;
    uint32_t *pixels;
    int tries;
};

static bool
read_picture(struct splash *splash, const char *path, struct error *error)
{
    struct picture picture;
    uint8_t *rgba = picture_read(path, &picture, error);
    size_t count;

    if (rgba == NULL) {
        return false;
    }
    count = (size_t)picture.width * (size_t)picture.height;
    splash->options.width = picture.width;
    splash->options.height = picture.height;
    splash->pixels = memory_allocate(count, sizeof(splash->pixels[0]));
    for (size_t i = 0; i < count; i++) {
        splash->pixels[i] = (uint32_t)rgba[4 * i] << 16 |
                            (uint32_t)rgba[4 * i + 1] << 8 | (uint32_t)rgba[4 * i + 2];
    }
    free(rgba);
    return true;
}

static void
show(void *data)
{
    struct splash *splash = data;
    struct rectangle whole = {0, 0, splash->options.width, splash->options.height};
    struct error error = {0};

    splash->display = display_drm_create(splash->loop, &splash->options, &error);
    if (splash->display != NULL) {
        display_present(splash->display, splash->pixels, &whole, 1);
        log_info("drawn %.2f s after the kernel's start",
                 (double)time_steady_ms() / 1000);
    } else if (++splash->tries < CARD_TRIES_MAX) {
        loop_add_timer(splash->loop, CARD_AGAIN_MS, show, splash);
    } else {
        log_error("%s", error.message);
        loop_stop(splash->loop);
    }
}

static void
stop(void *data)
{
    loop_stop(data);
}

static void
read_mode(const char *text, struct display_drm_options *options)
{
    int width = 0, height = 0;

    if (sscanf(text, "%dx%d", &width, &height) == 2 && width > 0 && height > 0) {
        options->mode_width = width;
        options->mode_height = height;
    }
}

/* What can't be used is as if it weren't named: a picture is better than none. */
static bool
read_options(int argc, char **argv, struct display_drm_options *options,
             const char **picture)
{
    *options = (struct display_drm_options){.yields = true};
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];

        if (text_equal(argv[i], "--rotation")) {
            options->rotation = atoi(value);
        } else if (text_equal(argv[i], "--mode")) {
            read_mode(value, options);
        } else if (text_equal(argv[i], "--connector")) {
            options->connector = value;
        } else {
            return false;
        }
    }
    if (options->rotation != 90 && options->rotation != 180 && options->rotation != 270)
    {
        options->rotation = 0;
    }
    *picture = argv[argc - 1];
    return argc % 2 == 0;
}

int
main(int argc, char **argv)
{
    static struct splash splash;
    struct error error = {0};
    const char *picture;

    if (!read_options(argc, argv, &splash.options, &picture)) {
        fprintf(stderr, "use: loketzuil-splash [--rotation DEGREES] "
                        "[--mode WIDTHxHEIGHT]\n"
                        "                        [--connector NAME] FILE.png\n");
        return 2;
    }
    if (!read_picture(&splash, picture, &error)) {
        log_error("%s", error.message);
        return EXIT_FAILURE;
    }
    splash.loop = loop_create();
    loop_add_signal(splash.loop, SIGTERM, stop, splash.loop);
    loop_add_timer(splash.loop, 0, show, &splash);
    loop_run(splash.loop);
    display_destroy(splash.display);
    loop_destroy(splash.loop);
    free(splash.pixels);
    return EXIT_SUCCESS;
}
