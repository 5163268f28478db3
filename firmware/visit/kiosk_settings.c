#include "visit/kiosk_settings.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"
#include "base/text.h"
#include "device/input.h"

#define LOG_MODULE "settings"
#include "base/log.h"

static_assert((int)DISPLAY_L == 0 && (int)DISPLAY_W == 1 && (int)DISPLAY_M == 2 &&
                  (int)DISPLAY_S == 3 && (int)DISPLAY_P == 4,
              "the order of the choices");
static_assert((int)SERIAL_PARITY_NONE == 0 && (int)SERIAL_PARITY_ODD == 2,
              "the order of the choices");

#define SPEEDS "9600|19200|38400|57600|115200"
static const int bauds[] = {9600, 19200, 38400, 57600, 115200};

/* An arm's length is what one touches at; from nearer or farther nobody reads it. */
#define VIEWING_MM_MIN 300
#define VIEWING_MM_MAX 700
#define WIDTH_MM_MAX 2000

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TEXT(SECTION, NAME, MEMBER) SETTING_TEXT_ROW(SECTION, NAME, settings->MEMBER)
#define NUMBER(SECTION, NAME, MEMBER, MIN, MAX)                                        \
    SETTING_INTEGER_ROW(SECTION, NAME, settings->MEMBER, MIN, MAX)
#define CHOICE(SECTION, NAME, MEMBER, CHOICES)                                         \
    SETTING_CHOICE_ROW(SECTION, NAME, settings->MEMBER, CHOICES)

static bool
check_color(const char *path, const char *name, const char *color, struct error *error)
{
    uint32_t rgb;

    return theme_color_parse(color, &rgb) ||
           error_set(error, ERROR_BAD_INPUT,
                     "%s: [theme] %s: must be six hexadecimal digits, not \"%s\"", path,
                     name, color);
}

static bool
check_colors(const char *path, const char *colors, struct error *error)
{
    struct theme theme = {.scrim_alpha = 1};

    return theme_set_colors(&theme, colors, error) ||
           error_prefix(error, "%s: [theme] colors", path);
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

/* Our own book is at our own back office, unless another address is named. */
static bool
complete_appointments(const char *path, struct kiosk_settings *settings,
                      struct error *error)
{
    struct appointment_settings *appointments = &settings->appointments;

    if (appointments->maker != APPOINTMENTS_BACKOFFICE || appointments->url[0] != '\0')
    {
        return true;
    }
    if (settings->backoffice[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [appointments] maker = backoffice needs [backoffice] url",
                         path);
    }
    text_copy(appointments->url, sizeof(appointments->url), settings->backoffice);
    if (appointments->ca_file[0] == '\0') {
        text_copy(appointments->ca_file, sizeof(appointments->ca_file),
                  settings->ca_file);
    }
    return true;
}

static bool
check_makers(const char *path, struct kiosk_settings *settings, struct error *error)
{
    if (!complete_appointments(path, settings, error) ||
        !appointment_settings_check(path, &settings->appointments, error))
    {
        return false;
    }
    if (settings->printer == PRINTER_NETWORK && settings->printer_address[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [printer] maker = network needs an address", path);
    }
    if (settings->printer == PRINTER_SERIAL && settings->printer_device[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [printer] maker = serial needs a device", path);
    }
    if (settings->scanner != SCANNER_NONE && settings->scanner_device[0] == '\0') {
        return error_set(
            error, ERROR_BAD_INPUT,
            "%s: [scanner] needs a device, and it must be the scanner only", path);
    }
    return true;
}

/* A display is drawn for panels of about its own size: buttons on a much smaller one
 * would be too small, and on a much denser one there would be no room for them. */
static bool
read_panel(const char *path, struct kiosk_settings *settings, struct error *error)
{
    const struct layout_options options = {.display =
                                               (enum display_class)settings->display};
    int width, height, usual_mm;

    settings->panel = (struct panel){.viewing_mm = settings->viewing_mm};
    if (settings->width_mm == 0) {
        return true;
    }
    display_class_size(options.display, &width, &height);
    usual_mm = width * 100 / layout_panel(&options).pixels_per_100_mm;
    if (settings->width_mm < usual_mm * 3 / 4 || settings->width_mm > usual_mm * 4 / 3)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s: [display] width_mm: must be from %d to %d for a display "
                         "of %dx%d, not %d",
                         path, usual_mm * 3 / 4, usual_mm * 4 / 3, width, height,
                         settings->width_mm);
    }
    settings->panel.pixels_per_100_mm =
        (width * 100 + settings->width_mm / 2) / settings->width_mm;
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

/*
 * The catalogue when none is named: the example's, in the folder that the kiosk is run
 * in, or else beside the program: in its tree, or on the card.
 */
static void
find_catalogue(char catalogue[KIOSK_PATH_BYTES])
{
    static const char *const places[] = {"../assets/example", "../../assets/example",
                                         "../share/loketzuil"};
    char program[KIOSK_PATH_BYTES] = "";
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    char *name = strrchr(program, '/');

    text_copy(catalogue, KIOSK_PATH_BYTES, "assets/example/catalogue.json");
    if (access(catalogue, R_OK) == 0 || length < 0 || name == NULL) {
        return;
    }
    *name = '\0';
    for (size_t i = 0; i < COUNT(places); i++) {
        char path[KIOSK_PATH_BYTES];
        struct text text = text_begin(path, sizeof(path));

        text_format(&text, "%s/%s/catalogue.json", program, places[i]);
        if (!text.truncated && access(path, R_OK) == 0) {
            text_copy(catalogue, KIOSK_PATH_BYTES, path);
            return;
        }
    }
}

static void
take_printer(struct kiosk_settings *settings)
{
    static const int flows[] = {SERIAL_FLOW_HARDWARE, SERIAL_FLOW_SOFTWARE,
                                SERIAL_FLOW_NONE};

    settings->printer_line.bauds = bauds[settings->printer_choice.speed];
    settings->printer_line.flow = flows[settings->printer_choice.flow];
    settings->printer_mute = settings->printer_choice.status == 1;
    settings->paper_auto = settings->printer_choice.width == 0;
    settings->paper = settings->printer_choice.width == 2 ? PAPER_58_MM : PAPER_80_MM;
    if (settings->printer_device[0] == '\0') {
        text_copy(settings->printer_device, sizeof(settings->printer_device),
                  "/dev/usb");
    }
    if (settings->printer_folder[0] == '\0') {
        struct text folder =
            text_begin(settings->printer_folder, sizeof(settings->printer_folder));

        text_format(&folder, "%s/tickets", settings->data);
    }
}

/* What the file names goes into `settings`, which keep the rest. */
static bool
read_file(const char *path, struct kiosk_settings *settings, struct error *error)
{
    const struct setting own[] = {
        TEXT("kiosk", "name", name),
        TEXT("kiosk", "location", location),
        TEXT("kiosk", "data", data),
        TEXT("kiosk", "no_data", no_data),
        TEXT("kiosk", "catalogue", catalogue),
        TEXT("kiosk", "translations", translations),
        CHOICE("kiosk", "display", display,
               "1080x1920|1920x1080|1280x800|800x480|720x1280"),
        CHOICE("display", "maker", display_maker, "sdl|drm|memory"),
        CHOICE("display", "rotation", rotation, "0|90|180|270"),
        TEXT("display", "mode", mode),
        TEXT("display", "connector", connector),
        NUMBER("display", "width_mm", width_mm, 1, WIDTH_MM_MAX),
        NUMBER("display", "viewing_mm", viewing_mm, VIEWING_MM_MIN, VIEWING_MM_MAX),
        TEXT("input", "calibration", calibration_text),
        TEXT("input", "touchscreen", touchscreen),
        TEXT("theme", "color_1", color_1),
        TEXT("theme", "color_2", color_2),
        TEXT("theme", "logo", logo),
        TEXT("theme", "colors", colors),
        TEXT("backoffice", "url", backoffice),
        TEXT("backoffice", "ca_file", ca_file),
        CHOICE("printer", "maker", printer, "file|network|usb|serial|fake|none"),
        TEXT("printer", "address", printer_address),
        TEXT("printer", "folder", printer_folder),
        TEXT("printer", "device", printer_device),
        CHOICE("printer", "width", printer_choice.width, "auto|80|58"),
        CHOICE("printer", "status", printer_choice.status, "ask|none"),
        CHOICE("printer", "speed", printer_choice.speed, SPEEDS),
        CHOICE("scanner", "maker", scanner, "none|evdev|serial"),
        TEXT("scanner", "device", scanner_device),
        CHOICE("scanner", "speed", scanner_speed, SPEEDS),
        CHOICE("speaker", "maker", speaker, "espeak|transcript|none"),
        TEXT("speaker", "device", speaker_device),
        TEXT("speaker", "headphones", headphones),
        CHOICE("printer", "parity", printer_line.parity, "none|even|odd"),
        CHOICE("printer", "flow", printer_choice.flow, "hardware|software|none"),
    };
    struct setting known[COUNT(own) + APPOINTMENT_SETTINGS_MAX];
    size_t count = COUNT(own);

    memcpy(known, own, sizeof(own));
    count += appointment_settings_rows(&settings->appointments, &known[count]);
    return settings_read(path, known, count, NULL, error);
}

/* What follows from what was named, and what does not go together. */
static bool
complete(const char *path, struct kiosk_settings *settings, struct error *error)
{
    if (!read_display(path, settings, error) || !read_panel(path, settings, error) ||
        !check_name(path, settings->name, error) ||
        !check_color(path, "color_1", settings->color_1, error) ||
        !check_color(path, "color_2", settings->color_2, error) ||
        !check_colors(path, settings->colors, error) ||
        !check_makers(path, settings, error))
    {
        return false;
    }
    if (settings->catalogue[0] == '\0') {
        find_catalogue(settings->catalogue);
    }
    take_printer(settings);
    settings->scanner_line.bauds = bauds[settings->scanner_speed];
    return true;
}

bool
kiosk_settings_read(const char *path, struct kiosk_settings *settings,
                    struct error *error)
{
    return kiosk_settings_read_over(NULL, path, settings, error);
}

bool
kiosk_settings_read_over(const char *defaults, const char *path,
                         struct kiosk_settings *target, struct error *error)
{
    struct kiosk_settings read = {
        .name = "kiosk",
        .data = "data",
        .translations = "build/translations",
        .calibration_text = "1 0 0 0 1 0",
        .color_1 = "0b4f5c",
        .color_2 = "ffc44d",
        .printer_choice.speed = 2, /* 38400: what most are delivered with */
        .scanner_speed = 0,        /* 9600: of scanners that is */
    };

    appointment_settings_init(&read.appointments);
    if ((defaults != NULL && !read_file(defaults, &read, error)) ||
        !read_file(path, &read, error) || !complete(path, &read, error))
    {
        return false;
    }
    *target = read;
    return true;
}

void
kiosk_theme_as_set(const struct kiosk_settings *settings, struct theme *theme)
{
    struct error error = {0};
    uint32_t brand_1 = THEME_BRAND_1, brand_2 = THEME_BRAND_2;
    bool read = theme_color_parse(settings->color_1, &brand_1) &&
                theme_color_parse(settings->color_2, &brand_2);

    theme_make(theme, brand_1, brand_2, false);
    read = theme_set_colors(theme, settings->colors, &error) && read;
    assert(read); /* settings are only taken when they can be */
    text_copy(theme->logo, sizeof(theme->logo), settings->logo);
}

void
kiosk_theme_make(const struct kiosk_settings *settings, struct theme *theme)
{
    struct error error = {0};

    kiosk_theme_as_set(settings, theme);
    if (!theme_check(theme, &error)) {
        log_warning("the house colours are used instead: %s", error.message);
        theme_make(theme, THEME_BRAND_1, THEME_BRAND_2, false);
        text_copy(theme->logo, sizeof(theme->logo), settings->logo);
    }
}
