#pragma once

#include <stdbool.h>

#include "appointment/settings.h"
#include "base/error.h"
#include "base/theme.h"
#include "device/printer.h"
#include "ui/layout.h"
#include "visit/paper.h"

/*
 * The one file that a technician may edit, loketzuil.conf:
 *
 *     [kiosk]        name, location, data, no_data, catalogue, translations,
 *                    display = 1080x1920|1920x1080|1280x800|800x480|720x1280
 *     [display]      maker = sdl|drm|memory, and of drm: rotation = 0|90|180|270,
 *                    mode = WIDTHxHEIGHT (the panel's own), connector;
 *                    width_mm = how wide the picture is, as it hangs, and
 *                    viewing_mm = from the eyes to the glass: with these the largest
 *                    letters are seen under 0.7 degrees (EN 301 549, 5.1.4), a finger
 *                    has its 20 mm, and reduced reach its line; not named, they are
 *                    those of a panel as such displays mostly have, seen from 450
 *     [input]        calibration = six numbers (of drm; device/input.h), touchscreen
 *                    = part of its name
 *     [theme]        color_1, color_2 (six hexadecimal digits), logo (a PNG), colors
 *                    (others by name: "accent ffd166, ink-2 384a51")
 *     [backoffice]   url, ca_file
 *     [appointments] as appointment/settings.h says; of maker = backoffice url, ca_file
 *                    and key_file are those of the kiosk itself when not named
 *     [printer]      maker = file|network|usb|serial|fake|none, width = auto|80|58,
 *                    status = ask|none (none: the printer answers nothing);
 *                    of file and fake: folder; of network: address; of usb and
 *                    serial: device; of serial: parity = none|even|odd,
 *                    speed = 9600|19200|38400|57600|115200,
 *                    flow = hardware|software|none
 *     [scanner]      maker = none|evdev|serial, device (device/scanner.h), and of
 *                    serial: speed = 9600|19200|38400|57600|115200
 *     [speaker]      maker = espeak|transcript|none, device (of ALSA), headphones =
 *                    part of the name of the socket that feels a plug (any when not
 *                    named)
 *
 * Everything has a value when the file does not name it.
 */

#define KIOSK_PATH_BYTES 512

enum display_maker { DISPLAY_MAKER_SDL, DISPLAY_MAKER_DRM, DISPLAY_MAKER_MEMORY };

enum printer_maker {
    PRINTER_FILE,
    PRINTER_NETWORK,
    PRINTER_USB,
    PRINTER_SERIAL,
    PRINTER_FAKE,
    PRINTER_NONE,
};

enum speaker_maker { SPEAKER_ESPEAK, SPEAKER_TRANSCRIPT, SPEAKER_NONE };

enum scanner_maker { SCANNER_NONE, SCANNER_EVDEV, SCANNER_SERIAL };

struct kiosk_settings {
    char name[40], location[40];
    char data[KIOSK_PATH_BYTES]; /* its own folder: key, outbox, journal, tickets */
    /* A file that is there when `data` does not outlive the power; "": it does. */
    char no_data[KIOSK_PATH_BYTES];
    char catalogue[KIOSK_PATH_BYTES], translations[KIOSK_PATH_BYTES];
    int display;       /* enum display_class */
    int display_maker; /* enum display_maker */
    int rotation;      /* in quarters of a turn, clockwise */
    char mode[16];     /* "" for the panel's own */
    int mode_width, mode_height;
    int width_mm, viewing_mm; /* 0: not named */
    struct panel panel;       /* made of these; zeroes: as the class mostly is */
    char connector[32], calibration_text[160], touchscreen[80];
    double calibration[6];
    char color_1[8], color_2[8], logo[KIOSK_PATH_BYTES];
    char colors[512];
    char backoffice[KIOSK_PATH_BYTES]; /* "" for none: nothing is sent */
    char ca_file[KIOSK_PATH_BYTES];    /* whom to trust there; "": the system's */
    struct appointment_settings appointments;
    int printer; /* enum printer_maker */
    char printer_address[128], printer_folder[KIOSK_PATH_BYTES];
    char printer_device[KIOSK_PATH_BYTES]; /* of usb: the folder where any is taken */
    struct {
        int width, status, speed, flow; /* which of what may be written */
    } printer_choice;
    /* Made of these. */
    struct serial_line printer_line;
    bool printer_mute;
    int scanner, scanner_speed; /* enum scanner_maker; which of what may be written */
    char scanner_device[128];
    struct serial_line scanner_line; /* made of the speed */
    bool paper_auto; /* the printer tells its width; 80 mm until it does */
    int paper;       /* enum paper_width */
    int speaker;     /* enum speaker_maker */
    char speaker_device[80], headphones[80];
};

/* What is wrong is named with its line, and then nothing is read. */
bool kiosk_settings_read(const char *path, struct kiosk_settings *settings,
                         struct error *error);

/*
 * The same, and what the file does not name is as the one at `defaults` says: what all
 * kiosks have alike. An error names the file that it is in; that two of their settings
 * do not go together is said of the one at `path`.
 */
bool kiosk_settings_read_over(const char *defaults, const char *path,
                              struct kiosk_settings *settings, struct error *error);

/* Colours and logo as they are set; colours that nobody could read on are not taken,
 * and the log says why. */
void kiosk_theme_make(const struct kiosk_settings *settings, struct theme *theme);
/* The same, whether anybody could read on them or not. */
void kiosk_theme_as_set(const struct kiosk_settings *settings, struct theme *theme);
