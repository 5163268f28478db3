#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "programs/kiosk/kiosk.h"

#define LOG_MODULE "kiosk"
#include "base/log.h"

static bool
run(struct kiosk *kiosk)
{
    if (kiosk->journey != NULL) {
        return kiosk_play_journey(kiosk);
    }
    loop_run(kiosk->loop);
    log_info("stopping");
    return true;
}

static bool
read_options(int argc, char **argv, struct kiosk_options *options)
{
    static const char *const makers[] = {"sdl", "drm", "memory"};

    *options = (struct kiosk_options){.settings = "loketzuil.conf", .display = -1};
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
    const struct kiosk_options *options = &kiosk->options;
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
    good = good && kiosk_open(&kiosk, &error);
    if (!good) {
        log_error("%s", error.message);
    }
    good = good && run(&kiosk);
    kiosk_close(&kiosk);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
