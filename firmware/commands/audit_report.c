#include "audit_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "ticket/qr.h"
#include "ui/paint.h"

#define PICTURES_MAX 24
#define PATH_BYTES 512

static const char *const text_names[TEXT_SIZE_COUNT] = {"normal", "large", "largest"};

const char *
audit_text_name(enum text_size text)
{
    return text_names[text];
}

char
audit_display_letter(enum display_class display)
{
    static const struct {
        int width, height;
        char letter;
    } classes[] = {{1080, 1920, 'L'},
                   {1920, 1080, 'W'},
                   {1280, 800, 'M'},
                   {800, 480, 'S'},
                   {720, 1280, 'P'}};
    int width, height;

    display_class_size(display, &width, &height);
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (classes[i].width == width && classes[i].height == height) {
            return classes[i].letter;
        }
    }
    return '?';
}

static void
describe_variant(struct text *text, const struct audit_sheet *sheet, int variant)
{
    struct adjustment adjustment = audit_variant(variant);

    text_format(text, "%s %c %s%s%s", language_code(sheet->page->language),
                audit_display_letter(sheet->display), text_names[adjustment.text],
                adjustment.high_contrast ? " high-contrast" : "",
                adjustment.reduced_reach ? " reduced-reach" : "");
}

void
audit_print_failure(const struct audit_work *work, const struct audit_record *record)
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

void
audit_print_table(const struct audit_work *work, const struct audit_findings *findings)
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
            printf(" %c-%-8s", audit_display_letter((enum display_class)display),
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
    struct painter *painter = painter_create(work->fonts, theme, qr_encode_dark);
    struct layout_options options;
    struct canvas *canvas;
    char path[PATH_BYTES];
    bool good;

    audit_prepare(work, record, page, &options);
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
bool
audit_draw(const struct audit_work *work, const struct audit_findings *findings,
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
