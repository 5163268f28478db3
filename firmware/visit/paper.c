#include "visit/paper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "base/wording.h"
#include "ticket/qr.h"
#include "ui/canvas.h"
#include "ui/font.h"
#include "ui/icon.h"

#include "paper_bitmap.h"

#define LOG_MODULE "paper"
#include "base/log.h"

#define WHITE 0xffffffu
#define BLACK 0x000000u
#define QR_QUIET 4    /* modules of white around it, by ISO/IEC 18004 */
#define QR_DOTS_MIN 4 /* half a millimetre: what a phone reads from thermal paper */
#define QR_SIDE 300   /* about as large as it needs to be */
#define TEXT_BYTES 512

enum type {
    TYPE_NAME,
    TYPE_TITLE,
    TYPE_PRODUCT,
    TYPE_DAY,
    TYPE_TIME,
    TYPE_TIME_WORD,
    TYPE_BODY,
    TYPE_HEADING,
    TYPE_CODE,
    TYPE_SMALL,
    TYPE_COUNT
};

/* How large everything is, in dots of an eighth of a millimetre. */
struct measure {
    int width, margin, logo;
    int px[TYPE_COUNT];
    int pitch[TYPE_COUNT]; /* from line to line */
    int hint_width;        /* under the code: two lines of about the same length */
};

static const struct measure measures[PAPER_WIDTH_COUNT] = {
    [PAPER_80_MM] = {576,
                     32,
                     64,
                     {28, 44, 32, 40, 112, 48, 30, 36, 48, 26},
                     {32, 53, 42, 50, 130, 60, 38, 46, 60, 34},
                     390},
    [PAPER_58_MM] = {384,
                     16,
                     56,
                     {26, 38, 28, 34, 92, 40, 26, 32, 44, 24},
                     {30, 46, 36, 43, 108, 50, 34, 42, 56, 31},
                     352},
};

struct ticket_paper {
    const struct measure *measure;
    struct translation *const *translations;
    struct fonts *fonts;
    uint8_t *logo; /* RGBA, white where the logo is */
    struct picture logo_picture;
};

/*
 * A ticket on its way to paper. It is gone through twice: without a canvas to find how
 * long it gets, and with one of that length.
 */
struct roll {
    struct ticket_paper *paper;
    const struct measure *measure;
    struct canvas *canvas; /* NULL: only measured */
    struct tongue tongue;
    bool right_to_left;
    int y;
};

enum align { ALIGN_START, ALIGN_CENTER };

int
paper_width_dots(enum paper_width width)
{
    return measures[width].width;
}

enum paper_width
paper_width_of_roll(int roll_mm)
{
    return roll_mm < 80 ? PAPER_58_MM : PAPER_80_MM;
}

static const char *
tr(const struct roll *roll, const char *message)
{
    return translate(roll->tongue.translation, message);
}

/* --- letters ------------------------------------------------------------------------
 */

static struct text_style
style_of(const struct roll *roll, enum type type, enum weight weight)
{
    return (struct text_style){.px = roll->measure->px[type], .weight = weight};
}

/* Where something of that width stands, `indent` from the start of the paper. */
static int
place(const struct roll *roll, int indent, int width)
{
    return roll->right_to_left ? roll->measure->width - indent - width : indent;
}

static void
put_line(struct roll *roll, struct text_style style, const char *text, size_t length,
         int indent, int y)
{
    int width = fonts_width(roll->paper->fonts, style, text, length);

    if (roll->canvas != NULL) {
        canvas_text(roll->canvas, roll->paper->fonts, style, text, length,
                    roll->right_to_left, place(roll, indent, width), y, BLACK);
    }
}

/* As many lines as it takes, `indent` from the start; moves down past them. */
static void
put_text(struct roll *roll, enum type type, enum weight weight, int indent,
         const char *text)
{
    struct text_style style = style_of(roll, type, weight);
    int room = roll->measure->width - indent - roll->measure->margin;
    size_t length = strlen(text);

    for (size_t at = 0, line, next; at < length; at += next) {
        fonts_break(roll->paper->fonts, style, text + at, length - at, room, &line,
                    &next);
        put_line(roll, style, text + at, line, indent, roll->y);
        roll->y += roll->measure->pitch[type];
    }
}

static void
put_centered(struct roll *roll, enum type type, enum weight weight, int room,
             const char *text)
{
    struct text_style style = style_of(roll, type, weight);
    size_t length = strlen(text);

    for (size_t at = 0, line, next; at < length; at += next) {
        int width;

        fonts_break(roll->paper->fonts, style, text + at, length - at, room, &line,
                    &next);
        width = fonts_width(roll->paper->fonts, style, text + at, line);
        put_line(roll, style, text + at, line, (roll->measure->width - width) / 2,
                 roll->y);
        roll->y += roll->measure->pitch[type];
    }
}

static void
put_icon(struct roll *roll, const char *name, int px, int indent, int y)
{
    struct text_style style = {.px = px, .weight = WEIGHT_ICON};
    char glyph[5];
    size_t length = text_encode(icon_code_point(name), glyph);

    if (roll->canvas != NULL) {
        canvas_text(roll->canvas, roll->paper->fonts, style, glyph, length, false,
                    place(roll, indent, px), y, BLACK);
    }
}

/* --- parts, from top to bottom ------------------------------------------------------
 */

static void
put_bar(struct roll *roll, struct rectangle bar)
{
    if (roll->canvas != NULL) {
        canvas_fill(roll->canvas, bar, BLACK);
    }
}

static void
put_dashes(struct roll *roll)
{
    int margin = roll->measure->margin;
    int end = roll->measure->width - margin;

    for (int x = margin; x + 11 <= end; x += 17) {
        put_bar(roll, (struct rectangle){x, roll->y, 11, 4});
    }
    roll->y += 4;
}

static void
put_logo(struct roll *roll, struct rectangle square)
{
    const struct ticket_paper *paper = roll->paper;

    if (roll->canvas == NULL) {
        return;
    }
    canvas_fill_round(roll->canvas, square, square.width / 4, CORNERS_ALL, BLACK);
    if (paper->logo != NULL) {
        canvas_picture(roll->canvas, square, paper->logo, paper->logo_picture.width,
                       paper->logo_picture.height, square.width / 4);
    } else {
        canvas_circle(roll->canvas, square.x + square.width / 2.0,
                      square.y + square.height / 2.0, square.width / 4.0, WHITE);
    }
}

static void
put_head(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    int logo = measure->logo;
    int indent = measure->margin + logo + 16;
    int pitch = measure->pitch[TYPE_NAME];

    put_logo(roll,
             (struct rectangle){place(roll, measure->margin, logo), 28, logo, logo});
    roll->y = 28 + (logo - 2 * pitch) / 2 - 3; /* letters stand high in their lines */
    put_text(roll, TYPE_NAME, WEIGHT_REGULAR, indent, ticket->name_lines[0]);
    put_text(roll, TYPE_NAME, WEIGHT_BOLD, indent, ticket->name_lines[1]);
    roll->y = (roll->y > 28 + logo ? roll->y : 28 + logo) + 18;
    put_bar(roll, (struct rectangle){measure->margin, roll->y,
                                     measure->width - 2 * measure->margin, 4});
    roll->y += 4 + 12;
}

/* The time in large figures, with its word on the same baseline. */
static void
put_time(struct roll *roll, const struct paper_ticket *ticket)
{
    struct text_style time = style_of(roll, TYPE_TIME, WEIGHT_BOLD);
    struct text_style word = style_of(roll, TYPE_TIME_WORD, WEIGHT_BOLD);
    size_t length = strlen(ticket->time);
    /* Large figures begin a little in from their own edge. */
    int indent = roll->measure->margin - time.px / 24;
    int width = fonts_width(roll->paper->fonts, time, ticket->time, length);
    int drop = fonts_ascent(time) - fonts_ascent(word);

    put_line(roll, time, ticket->time, length, indent, roll->y);
    put_line(roll, word, ticket->time_word, strlen(ticket->time_word),
             indent + width + word.px / 4, roll->y + drop);
    roll->y += roll->measure->pitch[TYPE_TIME];
}

static void
put_moment(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    int icon = roll->measure->px[TYPE_TITLE];

    put_text(roll, TYPE_TITLE, WEIGHT_BOLD, margin, tr(roll, N_("Your appointment")));
    put_text(roll, TYPE_PRODUCT, WEIGHT_REGULAR, margin, ticket->product);
    roll->y += 9;
    put_text(roll, TYPE_DAY, WEIGHT_BOLD, margin, ticket->day);
    roll->y -= roll->measure->px[TYPE_TIME] / 8; /* white above large figures */
    put_time(roll, ticket);
    roll->y += roll->measure->px[TYPE_TIME] * 44 / 112;
    put_icon(roll, "place", icon, margin, roll->y);
    put_text(roll, TYPE_BODY, WEIGHT_BOLD, margin + icon + 16, ticket->place);
    put_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin + icon + 16, ticket->address);
    roll->y += 20;
}

static void
put_qr(struct roll *roll, const struct qr *qr, int dots)
{
    int side = qr->size * dots;
    int x = (roll->measure->width - side) / 2;
    int quiet = QR_QUIET * dots;

    roll->y += quiet;
    for (int i = 0; roll->canvas != NULL && i < qr->size * qr->size; i++) {
        if (qr->dark[i] != 0) {
            put_bar(roll,
                    (struct rectangle){x + i % qr->size * dots,
                                       roll->y + i / qr->size * dots, dots, dots});
        }
    }
    roll->y += side + quiet;
}

static void
put_code(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    char shown[WORDING_BYTES];

    if (ticket->code[0] != '\0') {
        put_centered(roll, TYPE_CODE, WEIGHT_BOLD, measure->width,
                     wording_code(shown, ticket->code));
        roll->y += 3;
    }
    put_centered(roll, TYPE_BODY, WEIGHT_REGULAR, measure->hint_width,
                 tr(roll, N_("Show this code\nwhen you are there.")));
    roll->y += 20;
}

static void
put_bring(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    int icon = measure->px[TYPE_BODY] * 4 / 3;

    if (ticket->bring_count == 0 && ticket->cost[0] == '\0') {
        return;
    }
    put_dashes(roll);
    roll->y += 13;
    if (ticket->bring_count > 0) {
        put_text(roll, TYPE_HEADING, WEIGHT_BOLD, measure->margin,
                 tr(roll, N_("Bring with you")));
        roll->y += 11;
    }
    for (size_t i = 0; i < ticket->bring_count; i++) {
        put_icon(roll, "check_box_outline_blank", icon, measure->margin, roll->y + 1);
        put_text(roll, TYPE_BODY, WEIGHT_REGULAR, measure->margin + icon + 16,
                 ticket->bring[i]);
        roll->y += 8;
    }
    if (ticket->cost[0] != '\0') {
        roll->y += 6;
        put_text(roll, TYPE_BODY, WEIGHT_REGULAR, measure->margin, ticket->cost);
        roll->y += 6;
    }
    roll->y += 14;
}

static void
put_change(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    char text[WORDING_BYTES];

    put_dashes(roll);
    roll->y += 14;
    put_text(roll, TYPE_BODY, WEIGHT_BOLD, margin, tr(roll, N_("Can you not come?")));
    put_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
             wording_fill(text, tr(roll, N_("Call {2} to change it,\nor look at {1}.")),
                          ticket->change_address, ticket->phone, NULL));
    roll->y += 15;
    put_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
             tr(roll, N_("There is no name on this ticket.")));
    put_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
             wording_fill(text, tr(roll, N_("Printed: {1}, kiosk {2}")),
                          ticket->printed, ticket->kiosk, NULL));
    roll->y += 32;
}

static void
put_ticket(struct roll *roll, const struct paper_ticket *ticket, const struct qr *qr,
           int dots)
{
    put_head(roll, ticket);
    put_moment(roll, ticket);
    if (ticket->check_in[0] != '\0') {
        put_dashes(roll);
        put_qr(roll, qr, dots);
        roll->y -= 12; /* as much is white above the code's letters */
        put_code(roll, ticket);
    } else if (ticket->code[0] != '\0') {
        put_dashes(roll);
        roll->y += 13;
        put_code(roll, ticket);
    }
    put_bring(roll, ticket);
    put_change(roll, ticket);
}

/* --- the picture --------------------------------------------------------------------
 */

/* Black where more than half is: what a thermal head can do. */
/* How large a module is. Every check-in text fits: 399 bytes are 77 modules. */
static int
qr_dots(const struct measure *measure, const struct qr *qr)
{
    int most = measure->width / (qr->size + 2 * QR_QUIET);
    int dots = QR_SIDE / qr->size;

    assert(most >= QR_DOTS_MIN);
    dots = dots > QR_DOTS_MIN ? dots : QR_DOTS_MIN;
    return dots < most ? dots : most;
}

static void
paint(struct roll *roll, const struct paper_ticket *ticket, const struct qr *qr,
      struct bitmap *bitmap)
{
    int dots = qr->size > 0 ? qr_dots(roll->measure, qr) : 0;

    put_ticket(roll, ticket, qr, dots);
    roll->canvas = canvas_create(roll->measure->width, roll->y);
    canvas_fill(roll->canvas, (struct rectangle){0, 0, roll->canvas->width, roll->y},
                WHITE);
    put_ticket(roll, ticket, qr, dots);
    paper_bitmap(roll->canvas, bitmap);
    canvas_destroy(roll->canvas);
    fonts_forget(roll->paper->fonts);
}

bool
paper_paint(struct ticket_paper *paper, const struct paper_ticket *ticket,
            struct bitmap *bitmap, struct error *error)
{
    struct qr *qr = memory_allocate(1, sizeof(*qr));
    struct roll roll = {
        .paper = paper,
        .measure = paper->measure,
        .tongue = {ticket->language, paper->translations[ticket->language]},
        .right_to_left = language_is_right_to_left(ticket->language),
    };
    bool fits = ticket->check_in[0] == '\0' || qr_encode(ticket->check_in, qr, error);

    if (fits) {
        paint(&roll, ticket, qr, bitmap);
    }
    memory_wipe(qr, sizeof(*qr));
    free(qr);
    return fits || error_prefix(error, "ticket on paper");
}

/* --- life ---------------------------------------------------------------------------
 */

static void
open_logo(struct ticket_paper *paper, const char *path)
{
    struct error error = {0};
    size_t count;

    if (path[0] == '\0') {
        return;
    }
    paper->logo = picture_read(path, &paper->logo_picture, &error);
    if (paper->logo == NULL) {
        log_warning("logo: %s", error.message);
        return;
    }
    count = (size_t)paper->logo_picture.width * (size_t)paper->logo_picture.height;
    for (size_t i = 0; i < count; i++) {
        memset(paper->logo + 4 * i, 0xff, 3); /* its shape, white on the black mark */
    }
}

void
paper_set_width(struct ticket_paper *paper, enum paper_width width)
{
    paper->measure = &measures[width];
}

struct ticket_paper *
paper_create(enum paper_width width, struct translation *const *translations,
             const char *logo, struct error *error)
{
    struct ticket_paper *paper = memory_allocate(1, sizeof(*paper));

    paper_set_width(paper, width);
    paper->translations = translations;
    paper->fonts = fonts_open(error);
    if (paper->fonts == NULL) {
        paper_destroy(paper);
        return NULL;
    }
    open_logo(paper, logo);
    return paper;
}

void
paper_destroy(struct ticket_paper *paper)
{
    if (paper == NULL) {
        return;
    }
    fonts_close(paper->fonts);
    free(paper->logo);
    free(paper);
}
