/*
 * That it looks the same: a hash of the pixels for each named variant of a drawn page,
 * in tests/golden/pictures.txt ("hash name"). What differs is named, and painted into
 * $BUILD/pictures/NAME.png to be looked at; after that GOLDEN=accept writes the file
 * anew. The same Debian packages give the same pixels on every machine; other versions
 * of FreeType, HarfBuzz or the fonts may not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "support/page_file.h"
#include "ticket/qr.h"
#include "ui/fit.h"
#include "ui/layout.h"
#include "ui/paint.h"

#define GOLDEN_FILE "tests/golden/pictures.txt"
#define NAME_BYTES 80
#define LINE_BYTES (NAME_BYTES + 20)
#define PICTURES_MAX 128

/* Beside its normal look; of the pages that have most kinds of parts. */
static const struct {
    const char *name;
    struct adjustment adjustment;
    bool mirrored;
} variants[] = {
    {"large", {.text = TEXT_LARGE}, false},
    {"reach", {.reduced_reach = true}, false},
    {"contrast", {.high_contrast = true}, false},
    {"mirrored", {.text = TEXT_NORMAL}, true},
};

static const struct {
    const char *page;
    enum display_class display;
    bool varied;
} pages[] = {
    {"01-attract", DISPLAY_L, false},       {"02-home", DISPLAY_L, true},
    {"03-products", DISPLAY_L, false},      {"04-product-info", DISPLAY_L, true},
    {"05-question", DISPLAY_L, false},      {"06-channel", DISPLAY_L, true},
    {"07-handover", DISPLAY_L, false},      {"08-day", DISPLAY_L, true},
    {"09-time", DISPLAY_L, false},          {"10-confirm", DISPLAY_L, true},
    {"11-done", DISPLAY_L, true},           {"12-checkin", DISPLAY_L, false},
    {"13-manage", DISPLAY_L, false},        {"14-help", DISPLAY_L, true},
    {"15-timeout", DISPLAY_L, false},       {"16-degraded", DISPLAY_L, false},
    {"18-feedback", DISPLAY_L, false},      {"27-adjust", DISPLAY_L, false},
    {"30-language", DISPLAY_L, false},      {"31-persons", DISPLAY_L, false},
    {"32-contact", DISPLAY_L, true},        {"33-walkin-number", DISPLAY_L, false},
    {"34-callback", DISPLAY_L, false},      {"35-staff-called", DISPLAY_L, false},
    {"36-blanked", DISPLAY_L, false},       {"37-closed", DISPLAY_L, false},
    {"38-out-of-order", DISPLAY_L, false},  {"41-handover-slip", DISPLAY_L, false},
    {"43-locations", DISPLAY_L, false},     {"44-confirm-cancel", DISPLAY_L, false},
    {"22-home-1280x800", DISPLAY_M, false}, {"23-home-800x480", DISPLAY_S, false},
    {"28-home-720x1280", DISPLAY_P, false}, {"47-home-1920x1080", DISPLAY_W, false},
};

struct studio {
    struct fonts *fonts;
    struct painter *painter;
    char golden[PICTURES_MAX][LINE_BYTES], now[PICTURES_MAX][LINE_BYTES];
    size_t golden_count, count;
    int wrong;
};

static struct studio studio;
static struct page page;
static struct layout layout;

static uint64_t
hash_of(const struct canvas *canvas)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (int i = 0; i < canvas->width * canvas->height; i++) {
        hash = (hash ^ (canvas->pixels[i] & 0xFFFFFFu)) * 0x100000001b3u; /* FNV-1a */
    }
    return hash;
}

static bool
is_known(const char *line)
{
    for (size_t i = 0; i < studio.golden_count; i++) {
        if (text_equal(studio.golden[i], line)) {
            return true;
        }
    }
    return false;
}

static void
save(const struct canvas *canvas, const char *name)
{
    const char *build = getenv("BUILD") != NULL ? getenv("BUILD") : "build";
    struct error error = {0};
    char path[300];

    snprintf(path, sizeof(path), "%s/pictures", build);
    mkdir(path, 0755);
    snprintf(path, sizeof(path), "%s/pictures/%s.png", build, name);
    assert_true(canvas_write(canvas, path, &error));
    print_error("%s looks different: %s\n", name, path);
}

static void
paint(const char *name, enum display_class display)
{
    const struct layout_options options = {
        .display = display, .pressed = -1, .focused = -1};
    struct canvas *canvas;
    char *line = studio.now[studio.count++];

    assert_true(studio.count <= PICTURES_MAX);
    layout_fit(&page, &options, studio.fonts);
    layout_page(&layout, &page, &options, studio.fonts);
    canvas = canvas_create(layout.width, layout.height);
    painter_paint(studio.painter, canvas, &layout);
    snprintf(line, LINE_BYTES, "%016" PRIx64 " %s", hash_of(canvas), name);
    if (!is_known(line)) {
        studio.wrong++;
        if (getenv("GOLDEN") == NULL) {
            save(canvas, name);
        }
    }
    canvas_destroy(canvas);
}

static void
paint_page(size_t index)
{
    size_t count = pages[index].varied ? sizeof(variants) / sizeof(variants[0]) : 0;
    char path[128], name[NAME_BYTES];

    snprintf(path, sizeof(path), "tests/golden/layout/%s.page", pages[index].page);
    page_file_read(path, &page);
    paint(pages[index].page, pages[index].display);
    for (size_t i = 0; i < count; i++) {
        page_file_read(path, &page);
        page.adjustment = variants[i].adjustment;
        page.language = variants[i].mirrored ? LANGUAGE_AR : page.language;
        snprintf(name, sizeof(name), "%s-%s", pages[index].page, variants[i].name);
        paint(name, pages[index].display);
    }
}

static void
accept(void)
{
    FILE *file = fopen(GOLDEN_FILE, "w");

    assert_non_null(file);
    for (size_t i = 0; i < studio.count; i++) {
        fprintf(file, "%s\n", studio.now[i]);
    }
    assert_int_equal(fclose(file), 0);
}

static void
test_every_page_looks_as_it_was_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        paint_page(i);
    }
    if (getenv("GOLDEN") != NULL) {
        accept();
        return;
    }
    assert_int_equal(studio.wrong, 0);
    assert_int_equal(studio.golden_count, studio.count); /* none that nobody makes */
}

/* One pixel is enough. */
static void
test_a_difference_is_seen(void **state)
{
    struct canvas *canvas = canvas_create(100, 100);
    uint64_t before = hash_of(canvas);

    (void)state;
    canvas->pixels[5050] ^= 1;
    assert_true(hash_of(canvas) != before);
    canvas_destroy(canvas);
}

static void
read_golden(void)
{
    struct error error = {0};
    size_t length;
    char *text = file_read(GOLDEN_FILE, 65536, &length, &error);

    for (char *line = text != NULL ? strtok(text, "\n") : NULL; line != NULL;
         line = strtok(NULL, "\n"))
    {
        assert_true(studio.golden_count < PICTURES_MAX);
        text_copy(studio.golden[studio.golden_count++], LINE_BYTES, line);
    }
    free(text);
}

static int
open_studio(void **state)
{
    static struct theme theme;
    struct error error = {0};

    (void)state;
    studio.fonts = fonts_open(&error);
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    studio.painter = painter_create(studio.fonts, &theme, qr_encode_dark);
    read_golden();
    return studio.fonts != NULL ? 0 : -1;
}

static int
close_studio(void **state)
{
    (void)state;
    painter_destroy(studio.painter);
    fonts_close(studio.fonts);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page_looks_as_it_was_accepted),
        cmocka_unit_test(test_a_difference_is_seen),
    };

    return cmocka_run_group_tests_name("pictures", tests, open_studio, close_studio);
}
