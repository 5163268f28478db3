#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/settings.h"
#include "base/text.h"
#include "commands/ctl.h"
#include "ticket/qr.h"
#include "ui/paint.h"
#include "visit/tour.h"

#include "audit_work.h"

/* Enough to start mending; a colour that is wrong is wrong on every page. */
#define SHOWN_MAX 100
#define PICTURES_MAX 24
#define PATH_BYTES 512

enum {
    CATALOGUE,
    THEME,
    TRANSLATIONS,
    DISPLAYS,
    TEXTS,
    DISTANCE,
    PICTURES,
    ALL,
    OPTION_COUNT
};

struct studio {
    struct audit_work work;
    struct catalogue *catalogue;
    struct translation *translations[LANGUAGE_COUNT];
    const char *displays; /* letters of those that are judged; NULL: all */
    char color_1[16], color_2[16];
};

static const char *const text_names[TEXT_SIZE_COUNT] = {"normal", "large", "largest"};

static char
display_letter(enum display_class display)
{
    return "LMWSP"[display];
}

/* --- what is judged --------------------------------------------------------------- */

static void
collect(void *data, const char *situation, enum display_class display,
        const struct page *page)
{
    struct studio *studio = data;

    if (studio->displays == NULL ||
        strchr(studio->displays, display_letter(display)) != NULL)
    {
        audit_work_add(&studio->work, situation, display, page);
    }
}

/* Of a whole settings file only this section is asked for. */
static bool
read_theme(struct studio *studio, const char *path, struct error *error)
{
    struct theme *theme = &studio->work.theme;
    const struct setting settings[] = {
        {.section = "theme",
         .name = "color_1",
         .type = SETTING_TEXT,
         .target = studio->color_1,
         .size = sizeof(studio->color_1)},
        {.section = "theme",
         .name = "color_2",
         .type = SETTING_TEXT,
         .target = studio->color_2,
         .size = sizeof(studio->color_2)},
        {.section = "theme",
         .name = "logo",
         .type = SETTING_TEXT,
         .target = theme->logo,
         .size = sizeof(theme->logo)},
    };
    char logo[sizeof(theme->logo)];

    if (path != NULL &&
        !settings_read(path, settings, sizeof(settings) / sizeof(settings[0]),
                       "kiosk|display|input|backoffice|appointment|printer|scanner|"
                       "network|speech|jcc|qmatic",
                       error))
    {
        return false;
    }
    text_copy(logo, sizeof(logo), theme->logo);
    if (!theme_make_from(theme, studio->color_1, studio->color_2, error)) {
        return error_prefix(error, "%s", path);
    }
    text_copy(theme->logo, sizeof(theme->logo), logo);
    theme_make(&studio->work.high_contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    text_copy(studio->work.high_contrast.logo, sizeof(logo), logo);
    return true;
}

static bool
open_studio(struct studio *studio, const struct option_value *options,
            struct error *error)
{
    const char *catalogue = options[CATALOGUE].value != NULL
                                ? options[CATALOGUE].value
                                : "assets/example/catalogue.json";
    const char *folder = options[TRANSLATIONS].value != NULL
                             ? options[TRANSLATIONS].value
                             : "build/translations";

    studio->catalogue = catalogue_open(catalogue, error);
    if (studio->catalogue == NULL) {
        return false;
    }
    for (size_t i = 0; i < studio->catalogue->language_count; i++) {
        enum language language = studio->catalogue->languages[i];

        studio->translations[language] =
            translation_open(folder, language_code(language), error);
        if (studio->translations[language] == NULL) {
            return false;
        }
    }
    studio->work.fonts = fonts_open(error);
    return studio->work.fonts != NULL &&
           read_theme(studio, options[THEME].value, error);
}

static void
close_studio(struct studio *studio)
{
    audit_work_finish(&studio->work);
    fonts_close(studio->work.fonts);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(studio->translations[i]);
    }
    catalogue_destroy(studio->catalogue);
}

static bool
choose_variants(struct studio *studio, const char *texts)
{
    bool any = false;

    for (int i = 0; i < AUDIT_VARIANTS; i++) {
        studio->work.only[i] =
            texts == NULL || text_equal(texts, text_names[audit_variant(i).text]);
        any |= studio->work.only[i];
    }
    return any;
}

/* --- what is said of it ----------------------------------------------------------- */

static void
describe_variant(struct text *text, const struct audit_sheet *sheet, int variant)
{
    struct adjustment adjustment = audit_variant(variant);

    text_format(text, "%s %c %s%s%s", language_code(sheet->page->language),
                display_letter(sheet->display), text_names[adjustment.text],
                adjustment.high_contrast ? " high-contrast" : "",
                adjustment.reduced_reach ? " reduced-reach" : "");
}

static void
print_failure(const struct audit_work *work, const struct audit_record *record)
{
    const struct audit_sheet *sheet = &work->sheets[record->sheet];
    char variant[80];
    struct text text = text_begin(variant, sizeof(variant));

    describe_variant(&text, sheet, record->variant);
    printf("%s (%s): %s: %s: %s\n", sheet->situation, variant,
           audit_rule_name(record->failure.rule),
           record->failure.element[0] != '\0' ? record->failure.element : "page",
           record->failure.figure);
}

static void
print_table(const struct audit_work *work, const struct audit_findings *findings)
{
    size_t counts[AUDIT_RULE_COUNT][DISPLAY_CLASS_COUNT][TEXT_SIZE_COUNT] = {{{0}}};

    for (size_t i = 0; i < findings->count; i++) {
        const struct audit_record *record = &findings->records[i];

        counts[record->failure.rule][work->sheets[record->sheet].display]
              [audit_variant(record->variant).text]++;
    }
    printf("%-12s", "");
    for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
        for (int text = 0; text < TEXT_SIZE_COUNT; text++) {
            printf(" %c-%-8s", display_letter((enum display_class)display),
                   text_names[text]);
        }
    }
    printf("\n");
    for (int rule = 0; rule < AUDIT_RULE_COUNT; rule++) {
        printf("%-12s", audit_rule_name((enum audit_rule)rule));
        for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
            for (int text = 0; text < TEXT_SIZE_COUNT; text++) {
                printf(" %-10zu", counts[rule][display][text]);
            }
        }
        printf("\n");
    }
}

/* --- pictures --------------------------------------------------------------------- */

static bool
encode_qr(const char *text, uint8_t *dark, int *size)
{
    static struct qr qr;
    struct error error = {0};

    if (!qr_encode(text, &qr, &error)) {
        return false;
    }
    memcpy(dark, qr.dark, (size_t)(qr.size * qr.size));
    *size = qr.size;
    return true;
}

/* "info-paspoort-nl-l-normal.png" */
static void
path_of(char path[PATH_BYTES], const char *folder, const struct audit_sheet *sheet,
        int variant)
{
    struct text text = text_begin(path, PATH_BYTES);
    size_t start;

    text_format(&text, "%s/", folder);
    start = text.length;
    text_format(&text, "%s ", sheet->situation);
    describe_variant(&text, sheet, variant);
    for (size_t i = start; i < text.length; i++) {
        if (path[i] == ' ' || path[i] == '/') {
            path[i] = '-';
        }
    }
    text_add(&text, ".png");
}

/* A frame round what is wrong. */
static void
mark(struct canvas *canvas, const struct page *page, const struct layout *layout,
     const char *element)
{
    struct rectangle area = {0};

    for (size_t i = 0; i < layout->item_count; i++) {
        int owner = layout->items[i].element;

        if (owner >= 0 && text_equal(page->elements[owner].id, element)) {
            area = rectangle_union(area, layout->items[i].rect);
        }
    }
    if (!rectangle_is_empty(area)) {
        canvas_outline(canvas, rectangle_grown(area, 6), 0, CORNERS_ALL, 6, 0xE0007Au);
    }
}

static bool
draw(const struct audit_work *work, const struct audit_record *record,
     const char *folder, struct error *error)
{
    struct page *page = memory_allocate(1, sizeof(*page));
    struct layout *layout = memory_allocate(1, sizeof(*layout));
    const struct theme *theme = audit_variant(record->variant).high_contrast
                                    ? &work->high_contrast
                                    : &work->theme;
    struct painter *painter = painter_create(work->fonts, theme, encode_qr);
    struct layout_options options;
    struct canvas *canvas;
    char path[PATH_BYTES];
    bool good;

    audit_prepare(work, record->sheet, record->variant, page, &options);
    layout_page(layout, page, &options, work->fonts);
    canvas = canvas_create(layout->width, layout->height);
    painter_paint(painter, canvas, layout);
    mark(canvas, page, layout, record->failure.element);
    path_of(path, folder, &work->sheets[record->sheet], record->variant);
    good = canvas_write(canvas, path, error);
    canvas_destroy(canvas);
    painter_destroy(painter);
    free(layout);
    free(page);
    return good;
}

/* The first failure of each page, as many as can be looked at. */
static bool
draw_some(const struct audit_work *work, const struct audit_findings *findings,
          const char *folder, struct error *error)
{
    size_t before = work->count, drawn = 0;

    if (!file_make_folder(folder, error)) {
        return false;
    }
    for (size_t i = 0; i < findings->count && drawn < PICTURES_MAX; i++) {
        const struct audit_record *record = &findings->records[i];

        if (record->sheet == before || record->crashed) {
            continue;
        }
        before = record->sheet;
        drawn++;
        if (!draw(work, record, folder, error)) {
            return false;
        }
    }
    printf("%zu pictures in %s\n", drawn, folder);
    return true;
}

/* ---------------------------------------------------------------------------------- */

static bool
audit_all(struct studio *studio, const struct option_value *options,
          struct audit_findings *findings, struct error *error)
{
    const struct tour_options tour = {.catalogue = studio->catalogue,
                                      .translations = studio->translations};

    if (!tour_run(&tour, collect, studio, error) ||
        !audit_work_run(&studio->work, findings, error))
    {
        return false;
    }
    for (size_t i = 0; i < findings->count; i++) {
        if (options[ALL].value != NULL || i < SHOWN_MAX) {
            print_failure(&studio->work, &findings->records[i]);
        }
    }
    if (options[ALL].value == NULL && findings->count > SHOWN_MAX) {
        printf("… and %zu more (--all shows them)\n", findings->count - SHOWN_MAX);
    }
    if (findings->count > 0) {
        print_table(&studio->work, findings);
    }
    return findings->count == 0 || options[PICTURES].value == NULL ||
           draw_some(&studio->work, findings, options[PICTURES].value, error);
}

static int
audit_run(int argc, char **argv)
{
    static struct studio studio;
    struct option_value options[OPTION_COUNT] = {
        [CATALOGUE] = {.name = "--catalogue"},
        [THEME] = {.name = "--theme"},
        [TRANSLATIONS] = {.name = "--translations"},
        [DISPLAYS] = {.name = "--displays"},
        [TEXTS] = {.name = "--text"},
        [DISTANCE] = {.name = "--distance"},
        [PICTURES] = {.name = "--pictures"},
        [ALL] = {.name = "--all", .flag = true},
    };
    struct audit_findings findings = {.count = 0};
    struct error error = {0};
    const char *rest[1];
    bool good;

    if (!options_read(argc, argv, options, OPTION_COUNT, rest, 0) ||
        !choose_variants(&studio, options[TEXTS].value))
    {
        return command_usage(&command_audit);
    }
    studio.displays = options[DISPLAYS].value;
    studio.work.viewing_mm = options[DISTANCE].value != NULL
                                 ? atoi(options[DISTANCE].value)
                                 : AUDIT_VIEWING_MM;
    good = open_studio(&studio, options, &error) &&
           audit_all(&studio, options, &findings, &error);
    if (good) {
        printf("%zu layouts, %zu failures\n", findings.layouts, findings.count);
    }
    good = good || command_fail(&error) == COMMAND_DONE;
    free(findings.records);
    close_studio(&studio);
    return good && findings.count == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

const struct command command_audit = {
    .name = "audit",
    .arguments = "[--catalogue FILE] [--theme FILE] [--translations FOLDER]\n"
                 "        [--displays LETTERS] [--text normal|large|largest]\n"
                 "        [--distance MM] [--pictures FOLDER] [--all]",
    .summary = "Lay out every page in every mode and judge it as data",
    .run = audit_run,
};
