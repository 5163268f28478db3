/*
 * Does one thing of the screen a number of times, so that callgrind can count its
 * instructions by difference; says how long one took.
 *
 *     bench_paint WORK COUNT
 *
 * The fonts are warm: everything is done once before it is measured, but for `start`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../support/page_file.h"
#include "base/memory.h"
#include "ticket/qr.h"
#include "ui/layout.h"
#include "ui/paint.h"

#define PAGE "tests/golden/layout/02-home.page"

struct bench {
    struct fonts *fonts;
    struct theme theme;
    struct painter *painter;
    struct canvas *canvas;
    struct page page;
    struct layout up, down; /* nothing pressed, and the first tile */
    struct layout_options pressed;
    uint32_t *frame; /* of the floors */
};

static struct bench bench;

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

static int
first_tile(void)
{
    for (size_t i = 0; i < bench.page.count; i++) {
        if (bench.page.elements[i].role == ROLE_TILE) {
            return (int)i;
        }
    }
    fprintf(stderr, "no tile in %s\n", PAGE);
    exit(EXIT_FAILURE);
}

static size_t
frame_bytes(void)
{
    return (size_t)(bench.canvas->width * bench.canvas->height) * sizeof(uint32_t);
}

/* --- what can be measured ------------------------------------------------------------
 */

static void
do_layout(void)
{
    layout_page(
        &bench.up, &bench.page,
        &(struct layout_options){.display = DISPLAY_L, .pressed = -1, .focused = -1},
        bench.fonts);
}

static void
paint_parts(const struct rectangle *parts, size_t count, const struct layout *layout)
{
    for (size_t i = 0; i < count; i++) {
        canvas_clip(bench.canvas, parts[i]);
        painter_paint(bench.painter, bench.canvas, layout);
    }
}

static void
do_paint(void)
{
    const struct rectangle whole = {0, 0, bench.canvas->width, bench.canvas->height};

    paint_parts(&whole, 1, &bench.up);
}

/* What a finger costs: layout, difference, and the one button; and its release. */
static void
do_press(void)
{
    struct rectangle parts[PAINTER_PARTS_MAX];

    layout_page(&bench.down, &bench.page, &bench.pressed, bench.fonts);
    paint_parts(parts, painter_difference(&bench.up, &bench.down, parts), &bench.down);
}

static void
do_release(void)
{
    struct rectangle parts[PAINTER_PARTS_MAX];

    do_layout();
    paint_parts(parts, painter_difference(&bench.down, &bench.up, parts), &bench.up);
}

static void
do_press_and_release(void)
{
    do_press();
    do_release();
}

/* The part of a press that is painting: its rectangle as it is when it is up. */
static void
do_button(void)
{
    struct rectangle parts[PAINTER_PARTS_MAX];

    paint_parts(parts, painter_difference(&bench.down, &bench.up, parts), &bench.up);
}

static void
do_difference(void)
{
    struct rectangle parts[PAINTER_PARTS_MAX];

    painter_difference(&bench.down, &bench.up, parts);
}

static void
do_copy(void)
{
    memcpy(bench.canvas->pixels, bench.frame, frame_bytes());
}

static void
do_fill(void)
{
    memset(bench.canvas->pixels, 0x5A, frame_bytes());
}

static void
setup(void)
{
    struct error error = {0};
    int width, height;

    bench.fonts = fonts_open(&error);
    if (bench.fonts == NULL) {
        fprintf(stderr, "%s\n", error.message);
        exit(EXIT_FAILURE);
    }
    theme_make(&bench.theme, THEME_BRAND_1, THEME_BRAND_2, false);
    bench.painter = painter_create(bench.fonts, &bench.theme, encode_qr);
    display_class_size(DISPLAY_L, &width, &height);
    bench.canvas = canvas_create(width, height);
    bench.frame = memory_allocate(frame_bytes(), 1);
    page_file_read(PAGE, &bench.page);
    bench.pressed = (struct layout_options){
        .display = DISPLAY_L, .pressed = first_tile(), .focused = -1};
    do_layout();
    do_paint();
}

static void
teardown(void)
{
    free(bench.frame);
    canvas_destroy(bench.canvas);
    painter_destroy(bench.painter);
    fonts_close(bench.fonts);
}

static void
do_start(void)
{
    teardown();
    setup();
}

static const struct work {
    const char *name;
    void (*run)(void);
} works[] = {
    {"start", do_start},   {"layout", do_layout},
    {"paint", do_paint},   {"press", do_press_and_release},
    {"button", do_button}, {"difference", do_difference},
    {"copy", do_copy},     {"fill", do_fill},
};

static double
cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

/* The median of computing: on a machine that does other things too, the mean of what
 * the clock on the wall says means little. */
static void
run(const struct work *work, int count)
{
    double *took_ms = memory_allocate((size_t)count, sizeof(*took_ms));

    work->run();
    for (int i = 0; i < count; i++) {
        double begin_ms = cpu_ms();

        work->run();
        took_ms[i] = cpu_ms() - begin_ms;
    }
    qsort(took_ms, (size_t)count, sizeof(*took_ms), by_size);
    printf("%.6f\n", took_ms[count / 2]);
    free(took_ms);
}

int
main(int argc, char **argv)
{
    int count = argc == 3 ? atoi(argv[2]) : 0;

    for (size_t i = 0; count > 0 && i < sizeof(works) / sizeof(works[0]); i++) {
        if (strcmp(argv[1], works[i].name) == 0) {
            setup();
            do_press();
            run(&works[i], count);
            teardown();
            return EXIT_SUCCESS;
        }
    }
    fprintf(stderr, "use: bench_paint start|layout|paint|press|button|difference|copy|"
                    "fill COUNT\n");
    return 2;
}
