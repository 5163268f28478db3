#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "ui/layout.h"
#include "visit/kiosk_settings.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char folder[] = "/tmp/loketzuil-settings-XXXXXX";
static char path[sizeof(folder) + 16];

static int
make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof(path), "%s/kiosk.conf", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static bool
read_text(const char *text, struct kiosk_settings *settings, struct error *error)
{
    struct error written = {0};

    assert_true(file_write(path, text, strlen(text), 0600, &written));
    return kiosk_settings_read(path, settings, error);
}

static void
test_an_empty_file_gives_a_kiosk_without_network(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_true(read_text("", &settings, &error));
    assert_string_equal(settings.name, "kiosk");
    assert_int_equal(settings.display, DISPLAY_L);
    assert_int_equal(settings.display_maker, DISPLAY_MAKER_SDL);
    assert_int_equal(settings.rotation, 0);
    assert_int_equal(settings.mode_width, 0);
    assert_true(settings.calibration[0] == 1 && settings.calibration[5] == 0);
    assert_string_equal(settings.backoffice, "");
    assert_int_equal(settings.appointments.maker, APPOINTMENTS_NONE);
    assert_int_equal(settings.printer, PRINTER_FILE);
    assert_string_equal(settings.printer_folder, "data/tickets");
    assert_int_equal(settings.paper, PAPER_80_MM);
    assert_true(settings.paper_auto);
    assert_false(settings.printer_mute);
    assert_string_equal(settings.printer_device, "/dev/usb");
    assert_int_equal(settings.printer_line.bauds, 38400);
    assert_int_equal(settings.printer_line.parity, SERIAL_PARITY_NONE);
    assert_int_equal(settings.printer_line.flow, SERIAL_FLOW_HARDWARE);
    assert_int_equal(settings.scanner, SCANNER_NONE);
}

static void
test_everything_can_be_set(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_true(read_text("[kiosk]\nname = linde-01\nlocation = linde\n"
                          "data = /d\ncatalogue = /c.json\ntranslations = /t\n"
                          "display = 1280x800\n"
                          "[display]\nmaker = drm\nrotation = 270\n"
                          "mode = 1920x1080\nconnector = HDMI-A-1\n"
                          "[input]\ncalibration = 0 -1 1 1 0 0\ntouchscreen = ILITEK\n"
                          "[theme]\ncolor_1 = 102030\ncolor_2 = ffEEdd\nlogo = /l.png\n"
                          "[backoffice]\nurl = https://zuil.voorbeeld.nl\n"
                          "[appointments]\nmaker = backoffice\n"
                          "[printer]\nmaker = network\naddress = printer:9100\n"
                          "folder = /p\nwidth = 58\nstatus = none\n"
                          "device = /dev/ttyUSB0\nspeed = 115200\nparity = odd\n"
                          "flow = software\n"
                          "[scanner]\nmaker = serial\ndevice = /dev/ttyACM0\n"
                          "speed = 57600\n",
                          &settings, &error));
    assert_string_equal(settings.name, "linde-01");
    assert_string_equal(settings.location, "linde");
    assert_string_equal(settings.data, "/d");
    assert_string_equal(settings.catalogue, "/c.json");
    assert_string_equal(settings.translations, "/t");
    assert_int_equal(settings.display, DISPLAY_M);
    assert_int_equal(settings.display_maker, DISPLAY_MAKER_DRM);
    assert_int_equal(settings.rotation, 3);
    assert_int_equal(settings.mode_width, 1920);
    assert_int_equal(settings.mode_height, 1080);
    assert_string_equal(settings.connector, "HDMI-A-1");
    assert_true(settings.calibration[1] == -1 && settings.calibration[2] == 1);
    assert_string_equal(settings.touchscreen, "ILITEK");
    assert_string_equal(settings.color_1, "102030");
    assert_string_equal(settings.color_2, "ffEEdd");
    assert_string_equal(settings.logo, "/l.png");
    assert_string_equal(settings.backoffice, "https://zuil.voorbeeld.nl");
    assert_int_equal(settings.appointments.maker, APPOINTMENTS_BACKOFFICE);
    assert_int_equal(settings.printer, PRINTER_NETWORK);
    assert_string_equal(settings.printer_address, "printer:9100");
    assert_string_equal(settings.printer_folder, "/p");
    assert_int_equal(settings.paper, PAPER_58_MM);
    assert_false(settings.paper_auto);
    assert_true(settings.printer_mute);
    assert_string_equal(settings.printer_device, "/dev/ttyUSB0");
    assert_int_equal(settings.printer_line.bauds, 115200);
    assert_int_equal(settings.printer_line.parity, SERIAL_PARITY_ODD);
    assert_int_equal(settings.printer_line.flow, SERIAL_FLOW_SOFTWARE);
    assert_int_equal(settings.scanner, SCANNER_SERIAL);
    assert_string_equal(settings.scanner_device, "/dev/ttyACM0");
    assert_int_equal(settings.scanner_line.bauds, 57600);
}

/* px of the smallest text in the largest letters, on that panel. */
static int
smallest_px(const struct kiosk_settings *settings)
{
    static struct page page;
    static struct layout layout;
    struct error error = {0};
    struct fonts *fonts = fonts_open(&error);
    const struct layout_options options = {
        .display = (enum display_class)settings->display,
        .pressed = -1,
        .focused = -1,
        .panel = settings->panel,
    };
    int smallest = 1000;

    assert_non_null(fonts);
    page_begin(&page, PAGE_WORK, "any", LANGUAGE_NL);
    page.adjustment.text = TEXT_LARGEST;
    page_add(&page, SLOT_SHEET, ROLE_NOTE, "note", "Hallo")->icon = "info";
    page_add(&page, SLOT_SHEET, ROLE_LEGEND, "legend", "Hallo");
    layout_page(&layout, &page, &options, fonts);
    for (size_t i = 0; i < layout.item_count; i++) {
        if (layout.items[i].kind == ITEM_TEXT && layout.items[i].style.px < smallest) {
            smallest = layout.items[i].style.px;
        }
    }
    fonts_close(fonts);
    return smallest;
}

/* EN 301 549, 5.1.4: 0.7 degrees; a capital is 0.714 of its px. */
static void
test_the_largest_letters_are_large_enough_where_one_stands(void **state)
{
    static const struct {
        const char *text;
        double width_px, width_mm, viewing_mm;
    } cases[] = {
        {"[kiosk]\ndisplay = 800x480\n", 800, 154.1, 450},
        {"[kiosk]\ndisplay = 800x480\n[display]\nwidth_mm = 154\nviewing_mm = 600\n",
         800, 154, 600},
        {"[kiosk]\ndisplay = 800x480\n[display]\nwidth_mm = 120\n", 800, 120, 450},
        {"[kiosk]\ndisplay = 1280x800\n[display]\nwidth_mm = 217\nviewing_mm = 700\n",
         1280, 217, 700},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct kiosk_settings settings;
        struct error error = {0};
        double asked_mm = 0.012217 * cases[i].viewing_mm, cap_mm;

        assert_true(read_text(cases[i].text, &settings, &error));
        cap_mm = 0.714 * smallest_px(&settings) * cases[i].width_mm / cases[i].width_px;
        assert_true(cap_mm >= asked_mm && cap_mm < asked_mm * 1.06);
    }
}

static void
test_our_own_book_is_at_our_own_back_office(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_true(read_text("[backoffice]\nurl = https://a.nl\nca_file = /a.pem\n"
                          "[appointments]\nmaker = backoffice\n",
                          &settings, &error));
    assert_string_equal(settings.appointments.url, "https://a.nl");
    assert_string_equal(settings.appointments.ca_file, "/a.pem");
    assert_true(read_text("[backoffice]\nurl = https://a.nl\nca_file = /a.pem\n"
                          "[appointments]\nmaker = backoffice\nurl = https://b.nl\n",
                          &settings, &error));
    assert_string_equal(settings.appointments.url, "https://b.nl");
    assert_string_equal(settings.appointments.ca_file, "");
}

/* The test runs in the tree's top; from elsewhere the program's own place is looked
 * at, which tests/test_appointment_command.c sees. */
static void
test_the_catalogue_that_nobody_names_is_the_example(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_true(read_text("", &settings, &error));
    assert_string_equal(settings.catalogue, "assets/example/catalogue.json");
}

static void
test_colours_that_can_not_be_read_are_not_taken(void **state)
{
    struct kiosk_settings settings;
    struct theme set, taken, own;
    struct error error = {0};

    (void)state;
    theme_make(&own, THEME_BRAND_1, THEME_BRAND_2, false);
    assert_true(read_text("[theme]\ncolors = ink-2 9aa5a9\nlogo = /l.png\n", &settings,
                          &error));
    kiosk_theme_as_set(&settings, &set);
    kiosk_theme_make(&settings, &taken);
    assert_int_equal(set.rgb[COLOR_INK_2], 0x9aa5a9);
    assert_memory_equal(taken.rgb, own.rgb, sizeof(own.rgb));
    assert_string_equal(taken.logo, "/l.png");

    assert_true(read_text("[theme]\ncolors = ink-2 101010\n", &settings, &error));
    kiosk_theme_make(&settings, &taken);
    assert_int_equal(taken.rgb[COLOR_INK_2], 0x101010);
}

static void
test_what_is_wrong_is_named_and_changes_nothing(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[kiosk]\nnaam = linde-01\n", "naam"},
        {"[kiosk]\nname = Linde 01\n", "name: must be of a-z, 0-9 and -"},
        {"[kiosk]\nname =\n", "name: must be of a-z"},
        {"[kiosk]\ndisplay = 640x480\n", "line 2"},
        {"[display]\nmaker = x11\n", "line 2"},
        {"[display]\nrotation = 45\n", "line 2"},
        {"[display]\nmode = 1080p\n", "mode: must be like 1920x1080"},
        {"[display]\nmode = 0x1080\n", "mode: must be like 1920x1080"},
        {"[display]\nmode = 1920x1080i\n", "mode: must be like 1920x1080"},
        {"[display]\nwidth_mm = 100\n",
         "[display] width_mm: must be from 224 to 398 for a display of 1080x1920, not "
         "100"},
        {"[display]\nwidth_mm = 399\n", "not 399"},
        {"[kiosk]\ndisplay = 800x480\n[display]\nwidth_mm = 299\n",
         "from 115 to 205 for a display of 800x480, not 299"},
        {"[display]\nwidth_mm = wide\n", "line 2"},
        {"[display]\nwidth_mm = 0\n", "line 2"},
        {"[display]\nviewing_mm = 299\n", "line 2"},
        {"[display]\nviewing_mm = 701\n", "line 2"},
        {"[input]\ncalibration = 1 0 0\n", "calibration: must be six numbers"},
        {"[theme]\ncolor_1 = blue\n", "color_1: must be six hexadecimal digits"},
        {"[theme]\ncolor_2 = 12345\n", "color_2: must be six hexadecimal digits"},
        {"[theme]\ncolors = inkt 101010\n", "[theme] colors: there is no colour"},
        {"[appointments]\nmaker = backoffice\n", "needs [backoffice] url"},
        {"[appointments]\nmaker = soap\n", "line 2"},
        {"[appointments]\nmaker = scripted\ntime_zone = Ede\n", "line 3"},
        {"[printer]\nmaker = network\n", "needs an address"},
        {"[printer]\nmaker = serial\n", "needs a device"},
        {"[scanner]\nmaker = evdev\n", "needs a device"},
        {"[printer]\nwidth = 60\n", "line 2"},
    };
    struct kiosk_settings settings = {.name = "untouched"};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error error = {0};

        assert_false(read_text(cases[i].text, &settings, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_non_null(strstr(error.message, cases[i].says));
        assert_string_equal(settings.name, "untouched");
    }
}

static bool
read_over(const char *defaults, const char *text, struct kiosk_settings *settings,
          struct error *error)
{
    char below[sizeof(path) + 8];
    bool good;

    snprintf(below, sizeof(below), "%s.below", path);
    assert_true(file_write(below, defaults, strlen(defaults), 0600, error));
    assert_true(file_write(path, text, strlen(text), 0600, error));
    good = kiosk_settings_read_over(below, path, settings, error);
    unlink(below);
    return good;
}

static void
test_what_a_file_does_not_name_is_as_the_defaults_say(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_true(read_over("[kiosk]\nlocation = linde\ndata = /d\n"
                          "[display]\nmaker = drm\nmode = 1920x1080\n"
                          "[backoffice]\nurl = https://a.nl\n",
                          "[kiosk]\nlocation = eik\n[display]\nmode =\n"
                          "[appointments]\nmaker = backoffice\n",
                          &settings, &error));
    assert_string_equal(settings.location, "eik");
    assert_string_equal(settings.data, "/d");
    assert_string_equal(settings.printer_folder, "/d/tickets");
    assert_int_equal(settings.display_maker, DISPLAY_MAKER_DRM);
    assert_int_equal(settings.mode_width, 0);
    assert_string_equal(settings.appointments.url, "https://a.nl");
}

static void
test_an_error_names_the_file_that_it_is_in(void **state)
{
    struct kiosk_settings settings = {.name = "untouched"};
    struct error error = {0};

    (void)state;
    assert_false(read_over("[kiosk]\nnaam = a\n", "", &settings, &error));
    assert_non_null(strstr(error.message, "kiosk.conf.below line 2: [kiosk] naam:"));
    assert_false(read_over("", "[kiosk]\nnaam = a\n", &settings, &error));
    assert_non_null(strstr(error.message, "kiosk.conf line 2: [kiosk] naam: is not"));
    assert_false(
        read_over("", "[appointments]\nmaker = backoffice\n", &settings, &error));
    assert_non_null(strstr(error.message, "kiosk.conf: [appointments]"));
    assert_string_equal(settings.name, "untouched");
}

/* `text` with the # taken away before everything that can be set. */
static void
take_marks_away(char *text)
{
    char *end = text;

    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        bool marked = line[0] == '#' && line[1] != ' ' && line[1] != '\n';

        memmove(end, line + marked, length - marked);
        end += length - marked;
        line += length;
    }
    *end = '\0';
}

static void
test_the_card_s_own_files_are_right_with_and_without_their_marks(void **state)
{
    static const char defaults[] =
        "board/image/root/usr/share/loketzuil/loketzuil.conf";
    struct kiosk_settings settings;
    struct error error = {0};
    size_t length;
    char *text;

    (void)state;
    assert_true(kiosk_settings_read(defaults, &settings, &error));
    assert_string_equal(settings.location, "");
    assert_int_equal(settings.printer, PRINTER_NONE);
    assert_true(kiosk_settings_read_over(defaults, "board/image/loketzuil.conf",
                                         &settings, &error));
    assert_string_equal(settings.location, "linde");
    assert_string_equal(settings.data, "/data/kiosk");
    assert_int_equal(settings.appointments.maker, APPOINTMENTS_NONE);

    text = file_read("board/image/loketzuil.conf", 4096, &length, &error);
    assert_non_null(text);
    take_marks_away(text);
    if (!read_text(text, &settings, &error)) {
        fail_msg("%s", error.message);
    }
    free(text);
    assert_string_equal(settings.appointments.ca_file, "/boot/ca.crt");
    assert_int_equal(settings.printer, PRINTER_USB);
    assert_int_equal(settings.rotation, 1);
}

static void
test_a_file_that_is_not_there_is_said(void **state)
{
    struct kiosk_settings settings;
    struct error error = {0};

    (void)state;
    assert_false(kiosk_settings_read("/nowhere/kiosk.conf", &settings, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "/nowhere/kiosk.conf"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_file_gives_a_kiosk_without_network),
        cmocka_unit_test(test_everything_can_be_set),
        cmocka_unit_test(test_the_largest_letters_are_large_enough_where_one_stands),
        cmocka_unit_test(test_our_own_book_is_at_our_own_back_office),
        cmocka_unit_test(test_the_catalogue_that_nobody_names_is_the_example),
        cmocka_unit_test(test_colours_that_can_not_be_read_are_not_taken),
        cmocka_unit_test(test_what_is_wrong_is_named_and_changes_nothing),
        cmocka_unit_test(test_what_a_file_does_not_name_is_as_the_defaults_say),
        cmocka_unit_test(test_an_error_names_the_file_that_it_is_in),
        cmocka_unit_test(
            test_the_card_s_own_files_are_right_with_and_without_their_marks),
        cmocka_unit_test(test_a_file_that_is_not_there_is_said),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
