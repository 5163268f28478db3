#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/picture.h"
#include "base/theme.h"
#include "visit/out_of_order.h"
#include "visit/still.h"

#define CATALOGUE "assets/example/catalogue.json"

struct darkroom {
    struct catalogue *catalogue;
    const struct location *here;
    struct translation *translation;
    char folder[64];
    struct page page;
};

static int
open_darkroom(void **state)
{
    struct darkroom *darkroom = calloc(1, sizeof(*darkroom));
    struct error error = {0};
    char path[200];

    snprintf(path, sizeof(path), "%s/translations", getenv("BUILD"));
    darkroom->catalogue = catalogue_open(CATALOGUE, &error);
    darkroom->translation = translation_open(path, "nl", &error);
    assert_non_null(darkroom->catalogue);
    assert_non_null(darkroom->translation);
    strcpy(darkroom->folder, "/tmp/loketzuil-still-XXXXXX");
    assert_non_null(mkdtemp(darkroom->folder));
    *state = darkroom;
    return 0;
}

static int
close_darkroom(void **state)
{
    struct darkroom *darkroom = *state;
    char command[100];

    snprintf(command, sizeof(command), "rm -r %s", darkroom->folder);
    assert_int_equal(system(command), 0);
    translation_close(darkroom->translation);
    catalogue_destroy(darkroom->catalogue);
    free(darkroom);
    return 0;
}

static const char *
trace(struct darkroom *darkroom, enum still still)
{
    static char text[8192];

    still_describe(still, darkroom->catalogue, darkroom->here, darkroom->translation,
                   &darkroom->page);
    page_trace(&darkroom->page, text, sizeof(text));
    return text;
}

static void
test_a_still_says_what_to_do(void **state)
{
    static const char *const out_of_order[] = {"Deze zuil doet het niet",
                                               "Bel de gemeente | 14 000", "ma t/m vr",
                                               "voorbeeld.nl", "Ga naar de balie"};
    const char *text;

    assert_non_null(strstr(trace(*state, STILL_STARTING), "Even geduld"));
    text = trace(*state, STILL_OUT_OF_ORDER);
    for (size_t i = 0; i < sizeof(out_of_order) / sizeof(out_of_order[0]); i++) {
        assert_non_null(strstr(text, out_of_order[i]));
    }
}

static void
test_a_still_of_a_kiosk_that_stands_somewhere_shows_the_way(void **state)
{
    struct darkroom *darkroom = *state;
    const char *text;

    darkroom->here = catalogue_location(darkroom->catalogue, "linde");
    text = trace(darkroom, STILL_OUT_OF_ORDER);
    assert_non_null(strstr(text, "De dichtstbijzijnde balie"));
    assert_non_null(strstr(text, "Gemeentehuis"));
    assert_non_null(strstr(text, "900 meter, 12 minuten lopen"));
    assert_null(strstr(text, "Ga naar de balie"));
}

/* Of a kiosk whose catalogue has no place for it, or that has none. */
static void
test_out_of_order_tells_what_is_known(void **state)
{
    struct darkroom *darkroom = *state;
    struct page *page = &darkroom->page;
    const struct out_of_order known = {.municipality =
                                           &darkroom->catalogue->municipality,
                                       .kiosk = "linde-01",
                                       .fault = "E-2"};

    page_begin(page, PAGE_NOTICE, "out-of-order", LANGUAGE_NL);
    out_of_order_page(&known, darkroom->translation, page);
    assert_string_equal(page->name_lines[1], "Voorbeeld");
    assert_string_equal(page_find(page, "call")->value, "14 000");
    assert_string_equal(page_find(page, "elsewhere")->detail, "");
    assert_string_equal(page_find(page, "service")->label, "Voor de monteur: **E-2**");
    assert_string_equal(page_find(page, "service")->value, "linde-01");
    page_begin(page, PAGE_NOTICE, "out-of-order", LANGUAGE_NL);
    out_of_order_page(&(struct out_of_order){0}, darkroom->translation, page);
    assert_string_equal(page->name_lines[1], "");
    assert_null(page_find(page, "call"));
    assert_null(page_find(page, "service"));
    assert_non_null(strstr(page_find(page, "elsewhere")->detail, "bel de gemeente"));
}

/* Nobody answers, the time passes by, and the picture is the same everywhere. */
static void
test_a_still_has_no_button_no_clock_and_no_place(void **state)
{
    struct darkroom *darkroom = *state;

    for (int still = 0; still < STILL_COUNT; still++) {
        trace(darkroom, (enum still)still);
        for (size_t i = 0; i < darkroom->page.count; i++) {
            assert_int_equal(darkroom->page.elements[i].flags & ELEMENT_TOUCH, 0);
        }
        assert_string_equal(darkroom->page.clock, "");
        assert_string_equal(darkroom->page.place, "");
        assert_string_equal(darkroom->page.name_lines[1], "Voorbeeld");
    }
}

static void
test_names_are_read_and_others_are_not(void **state)
{
    enum still still;

    (void)state;
    assert_true(still_from_name("starting", &still));
    assert_int_equal(still, STILL_STARTING);
    assert_true(still_from_name("out-of-order", &still));
    assert_int_equal(still, STILL_OUT_OF_ORDER);
    assert_false(still_from_name("", &still));
    assert_false(still_from_name("Starting", &still));
}

/* --- as pictures --------------------------------------------------------------- */

static int
run(const char *arguments)
{
    char line[400];
    int status;

    snprintf(line, sizeof(line), "%s/san/loketzuilctl still %s 2>/dev/null",
             getenv("BUILD"), arguments);
    status = system(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
write_settings(const struct darkroom *darkroom, const char *display)
{
    char text[500], path[100];
    struct error error = {0};
    int length = snprintf(text, sizeof(text),
                          "[kiosk]\nname = card\nlocation = linde\ndisplay = %s\n"
                          "catalogue = " CATALOGUE "\ntranslations = %s/translations\n"
                          "[theme]\nlogo = assets/example/logo.png\n",
                          display, getenv("BUILD"));

    snprintf(path, sizeof(path), "%s/still.conf", darkroom->folder);
    assert_true(file_write(path, text, (size_t)length, 0644, &error));
}

static uint32_t
rgb_at(const uint8_t *pixels, const struct picture *picture, int x, int y)
{
    const uint8_t *at = pixels + (size_t)y * picture->stride + (size_t)x * 4;

    return (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

static void
test_a_still_becomes_a_picture_that_fills_the_panel(void **state)
{
    static const struct {
        const char *display;
        int width, height;
    } cases[] = {{"1080x1920", 1080, 1920}, {"1280x800", 1280, 800}};
    const struct darkroom *darkroom = *state;
    struct theme theme;

    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
        const char *name = i % 2 == 0 ? "starting" : "out-of-order";
        int width = cases[i / 2].width, height = cases[i / 2].height;
        char arguments[200], path[100];
        struct picture picture;
        struct error error = {0};
        uint8_t *pixels;

        write_settings(darkroom, cases[i / 2].display);
        snprintf(path, sizeof(path), "%s/%s.png", darkroom->folder, name);
        snprintf(arguments, sizeof(arguments), "%s %s --settings %s/still.conf", name,
                 path, darkroom->folder);
        assert_int_equal(run(arguments), 0);
        pixels = picture_read(path, &picture, &error);
        assert_non_null(pixels);
        assert_int_equal(picture.width, width);
        assert_int_equal(picture.height, height);
        assert_int_equal(rgb_at(pixels, &picture, 0, 0), theme.rgb[COLOR_STAGE]);
        /* Below, where other pages have their dock. */
        assert_int_equal(rgb_at(pixels, &picture, width - 1, height - 1),
                         theme.rgb[i % 2 == 0 ? COLOR_STAGE : COLOR_SHEET]);
        free(pixels);
    }
}

static void
test_what_can_not_be_made_is_said_by_the_exit(void **state)
{
    const struct darkroom *darkroom = *state;
    char arguments[200];

    write_settings(darkroom, "1080x1920");
    assert_int_equal(run(""), 2);
    assert_int_equal(run("starting /tmp/x.png"), 2);
    snprintf(arguments, sizeof(arguments), "closed %s/x.png --settings %s/still.conf",
             darkroom->folder, darkroom->folder);
    assert_int_equal(run(arguments), 2);
    snprintf(arguments, sizeof(arguments), "starting %s/x.png --settings %s/none.conf",
             darkroom->folder, darkroom->folder);
    assert_int_equal(run(arguments), 1);
    snprintf(arguments, sizeof(arguments),
             "starting %s/no/x.png --settings %s/still.conf", darkroom->folder,
             darkroom->folder);
    assert_int_equal(run(arguments), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_still_says_what_to_do),
        cmocka_unit_test(test_a_still_of_a_kiosk_that_stands_somewhere_shows_the_way),
        cmocka_unit_test(test_out_of_order_tells_what_is_known),
        cmocka_unit_test(test_a_still_has_no_button_no_clock_and_no_place),
        cmocka_unit_test(test_names_are_read_and_others_are_not),
        cmocka_unit_test(test_a_still_becomes_a_picture_that_fills_the_panel),
        cmocka_unit_test(test_what_can_not_be_made_is_said_by_the_exit),
    };

    return cmocka_run_group_tests(tests, open_darkroom, close_darkroom);
}
