#include "visit/kiosk_settings.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "base/text.h"
#include "device/input.h"

static_assert((int)DISPLAY_L == 0 && (int)DISPLAY_M == 1, "the order of the choices");
static_assert((int)PAPER_80_MM == 0 && (int)PAPER_58_MM == 1,
              "the order of the choices");

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A line of text that goes into the member of that name. */
#define TEXT(SECTION, NAME, MEMBER)                                                    \
    {                                                                                  \
        .section = SECTION, .name = NAME, .type = SETTING_TEXT,                        \
        .target = settings->MEMBER, .size = sizeof(settings->MEMBER)                   \
    }
#define CHOICE(SECTION, NAME, MEMBER, CHOICES)                                         \
    {                                                                                  \
        .section = SECTION, .name = NAME, .type = SETTING_CHOICE,                      \
        .target = &settings->MEMBER, .choices = CHOICES                                \
    }

bool
kiosk_color_parse(const char *text, uint32_t *rgb)
{
    uint8_t bytes[3];

    if (strlen(text) != 6 || !text_hex_decode(bytes, sizeof(bytes), text)) {
        return false;
    }
    *rgb = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    return true;
}

static bool
check_color(const char *path, const char *name, const char *color, struct error *error)
{
    uint32_t rgb;

    return kiosk_color_parse(color, &rgb) ||
           error_set(error, ERROR_BAD_INPUT,
                     "%s: [theme] %s: must be six hexadecimal digits, not \"%s\"", path,
                     name, color);
}

/* A name is part of every event's source. */
static bool
check_name(const char *path, const char *name, struct error *error)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return (length > 0 && name[length] == '\0') ||
           error_set(error, ERROR_BAD_INPUT,
                     "%s: [kiosk] name: must be of a-z, 0-9 and -, not \"%s\"", path,
                     name);
}

static bool
check_makers(const char *path, const struct kiosk_settings *settings,
             struct error *error)
{
    if (settings->appointments == APPOINTMENTS_BACKOFFICE &&
        settings->backoffice[0] == '\0')
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [appointments] maker = backoffice needs [backoffice] url",
                         path);
    }
    if (settings->printer == PRINTER_NETWORK && settings->printer_address[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [printer] maker = network needs an address", path);
    }
    return true;
}

static bool
read_display(const char *path, struct kiosk_settings *settings, struct error *error)
{
    char end;

    if (settings->mode[0] != '\0' &&
        (sscanf(settings->mode, "%5dx%5d%c", &settings->mode_width,
                &settings->mode_height, &end) != 2 ||
         settings->mode_width < 1 || settings->mode_height < 1))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [display] mode: must be like 1920x1080, not \"%s\"", path,
                         settings->mode);
    }
    return input_calibration_parse(settings->calibration_text, settings->calibration) ||
           error_set(error, ERROR_BAD_INPUT,
                     "%s: [input] calibration: must be six numbers, not \"%s\"", path,
                     settings->calibration_text);
}

bool
kiosk_settings_read(const char *path, struct kiosk_settings *target,
                    struct error *error)
{
    struct kiosk_settings read = {
        .name = "kiosk",
        .data = "data",
        .catalogue = "assets/example/catalogue.json",
        .translations = "build/translations",
        .calibration_text = "1 0 0 0 1 0",
        .color_1 = "0b4f5c",
        .color_2 = "ffc44d",
        .appointments = APPOINTMENTS_NONE,
    };
    struct kiosk_settings *settings = &read;
    const struct setting known[] = {
        TEXT("kiosk", "name", name),
        TEXT("kiosk", "location", location),
        TEXT("kiosk", "data", data),
        TEXT("kiosk", "catalogue", catalogue),
        TEXT("kiosk", "translations", translations),
        CHOICE("kiosk", "display", display, "1080x1920|1280x800"),
        CHOICE("display", "maker", display_maker, "sdl|drm|memory"),
        CHOICE("display", "rotation", rotation, "0|90|180|270"),
        TEXT("display", "mode", mode),
        TEXT("display", "connector", connector),
        TEXT("input", "calibration", calibration_text),
        TEXT("input", "touchscreen", touchscreen),
        TEXT("theme", "color_1", color_1),
        TEXT("theme", "color_2", color_2),
        TEXT("theme", "logo", logo),
        TEXT("backoffice", "url", backoffice),
        TEXT("backoffice", "ca_file", ca_file),
        CHOICE("appointments", "maker", appointments, "backoffice|scripted|none"),
        CHOICE("printer", "maker", printer, "file|network|none"),
        TEXT("printer", "address", printer_address),
        TEXT("printer", "folder", printer_folder),
        CHOICE("printer", "width", paper, "80|58"),
    };

    if (!settings_read(path, known, COUNT(known), NULL, error) ||
        !read_display(path, &read, error) || !check_name(path, read.name, error) ||
        !check_color(path, "color_1", read.color_1, error) ||
        !check_color(path, "color_2", read.color_2, error) ||
        !check_makers(path, &read, error))
    {
        return false;
    }
    if (read.printer_folder[0] == '\0') {
        struct text folder =
            text_begin(read.printer_folder, sizeof(read.printer_folder));

        text_format(&folder, "%s/tickets", read.data);
    }
    *target = read;
    return true;
}
