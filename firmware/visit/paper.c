#include "visit/paper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#include "paper_bitmap.h"
#include "paper_roll.h"

#define LOG_MODULE "paper"
#include "base/log.h"

#define WHITE 0xffffffu
#define QR_DOTS_MIN 4 /* half a millimetre: what a phone reads from thermal paper */
#define QR_SIDE 300   /* about as large as it needs to be */

static const struct measure measures[PAPER_WIDTH_COUNT] = {
    [PAPER_80_MM] = {576,
                     32,
                     64,
                     {28, 44, 32, 40, 112, 48, 30, 36, 48, 26, 184},
                     {32, 53, 42, 50, 130, 60, 38, 46, 60, 34, 220},
                     390},
    [PAPER_58_MM] = {384,
                     16,
                     56,
                     {26, 38, 28, 34, 92, 40, 26, 32, 44, 24, 124},
                     {30, 46, 36, 43, 108, 50, 34, 42, 56, 31, 148},
                     352},
};

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

/* --- parts, from top to bottom ------------------------------------------------------
 */

struct code {
    struct qr qr;
    int dots; /* a module's side; 0: there is none */
};

struct codes {
    struct code check_in, calendar;
};

/* The time in large figures, with its word on the same baseline. */
static void
put_time(struct roll *roll, const struct paper_ticket *ticket)
{
    struct text_style time = roll_style(roll, TYPE_TIME, WEIGHT_BOLD);
    struct text_style word = roll_style(roll, TYPE_TIME_WORD, WEIGHT_BOLD);
    size_t length = strlen(ticket->time), word_length = strlen(ticket->time_word);
    /* Large figures begin a little in from their own edge. */
    int indent = roll->measure->margin - time.px / 24;
    int width = fonts_width(roll->paper->fonts, time, ticket->time, length);
    int word_y = roll->y + fonts_ascent(time) - fonts_ascent(word);
    int word_indent = indent + width + word.px / 4;

    if (ticket->time_word_leads) {
        word_indent = roll->measure->margin;
        indent = word_indent + word.px / 4 +
                 fonts_width(roll->paper->fonts, word, ticket->time_word, word_length);
    }
    roll_line(roll, time, ticket->time, length, indent, roll->y);
    roll_line(roll, word, ticket->time_word, word_length, word_indent, word_y);
    roll->y += roll->measure->pitch[TYPE_TIME];
}

static void
put_moment(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    int icon = roll->measure->px[TYPE_TITLE];

    roll_text(roll, TYPE_TITLE, WEIGHT_BOLD, margin,
              roll_tr(roll, N_("Your appointment")));
    roll_text(roll, TYPE_PRODUCT, WEIGHT_REGULAR, margin, ticket->product);
    roll->y += 9;
    roll_text(roll, TYPE_DAY, WEIGHT_BOLD, margin, ticket->day);
    roll->y -= roll->measure->px[TYPE_TIME] / 8; /* white above large figures */
    put_time(roll, ticket);
    roll->y += roll->measure->px[TYPE_TIME] * 44 / 112;
    roll_icon(roll, "place", icon, margin, roll->y);
    roll_text(roll, TYPE_BODY, WEIGHT_BOLD, margin + icon + 16, ticket->place);
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin + icon + 16, ticket->address);
    roll->y += 20;
}

static void
put_code(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    char shown[WORDING_BYTES];

    if (ticket->code[0] != '\0') {
        roll_centered(roll, TYPE_CODE, WEIGHT_BOLD, measure->width,
                      wording_code(shown, ticket->code));
        roll->y += 3;
    }
    roll_centered(roll, TYPE_BODY, WEIGHT_REGULAR, measure->hint_width,
                  roll_tr(roll, N_("Show this code\nwhen you are there.")));
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
    roll_dashes(roll);
    roll->y += 13;
    if (ticket->bring_count > 0) {
        roll_text(roll, TYPE_HEADING, WEIGHT_BOLD, measure->margin,
                  roll_tr(roll, N_("Bring with you")));
        roll->y += 11;
    }
    for (size_t i = 0; i < ticket->bring_count; i++) {
        roll_icon(roll, "check_box_outline_blank", icon, measure->margin, roll->y + 1);
        roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, measure->margin + icon + 16,
                  ticket->bring[i]);
        roll->y += 8;
    }
    if (ticket->cost[0] != '\0') {
        roll->y += 6;
        roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, measure->margin, ticket->cost);
        roll->y += 6;
    }
    roll->y += 14;
}

static void
put_change(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    char text[WORDING_BYTES];

    roll_dashes(roll);
    roll->y += 14;
    roll_text(roll, TYPE_BODY, WEIGHT_BOLD, margin,
              roll_tr(roll, N_("Can you not come?")));
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
              wording_fill(text,
                           roll_tr(roll, N_("Call {2} to change it,\nor look at {1}.")),
                           ticket->change_address, ticket->phone, NULL));
    roll->y += 15;
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("There is no name on this ticket.")));
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              wording_fill(text, roll_tr(roll, N_("Printed: {1}, kiosk {2}")),
                           ticket->printed, ticket->kiosk, NULL));
    roll->y += 32;
}

/* Of a ticket whose own code opens no page to put it there. */
static void
put_calendar(struct roll *roll, const struct code *code)
{
    int margin = roll->measure->margin;

    roll_dashes(roll);
    roll->y += 13;
    roll_text(roll, TYPE_HEADING, WEIGHT_BOLD, margin,
              roll_tr(roll, N_("For your calendar")));
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("Scan this code with your phone.")));
    roll_qr(roll, &code->qr, code->dots);
}

static void
put_ticket(struct roll *roll, const struct paper_ticket *ticket,
           const struct codes *codes)
{
    if (ticket->is_slip) {
        paper_put_slip(roll, ticket, &codes->check_in.qr);
        return;
    }
    if (ticket->number[0] != '\0') {
        paper_put_number(roll, ticket, &codes->check_in.qr, codes->check_in.dots);
        return;
    }
    roll_head(roll, ticket);
    put_moment(roll, ticket);
    if (ticket->check_in[0] != '\0') {
        roll_dashes(roll);
        roll_qr(roll, &codes->check_in.qr, codes->check_in.dots);
        roll->y -= 12; /* as much is white above the code's letters */
        put_code(roll, ticket);
    } else if (ticket->code[0] != '\0') {
        roll_dashes(roll);
        roll->y += 13;
        put_code(roll, ticket);
    }
    put_bring(roll, ticket);
    if (codes->calendar.dots > 0) {
        put_calendar(roll, &codes->calendar);
    }
    put_change(roll, ticket);
}

/* --- the picture --------------------------------------------------------------------
 */

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

static bool
make_code(const struct measure *measure, const char *text, struct code *code,
          struct error *error)
{
    if (text[0] == '\0') {
        return true;
    }
    if (!qr_encode(text, &code->qr, error)) {
        return false;
    }
    code->dots = qr_dots(measure, &code->qr);
    return true;
}

static void
paint(struct roll *roll, const struct paper_ticket *ticket, const struct codes *codes,
      struct bitmap *bitmap)
{
    put_ticket(roll, ticket, codes);
    roll->canvas = canvas_create(roll->measure->width, roll->y);
    canvas_fill(roll->canvas, (struct rectangle){0, 0, roll->canvas->width, roll->y},
                WHITE);
    put_ticket(roll, ticket, codes);
    paper_bitmap(roll->canvas, bitmap);
    canvas_destroy(roll->canvas);
    fonts_forget(roll->paper->fonts);
}

bool
paper_paint(struct ticket_paper *paper, const struct paper_ticket *ticket,
            struct bitmap *bitmap, struct error *error)
{
    struct codes *codes = memory_allocate(1, sizeof(*codes));
    struct roll roll = {
        .paper = paper,
        .measure = paper->measure,
        .tongue = {ticket->language, paper->translations[ticket->language]},
        .right_to_left = language_is_right_to_left(ticket->language),
    };
    bool fits = make_code(roll.measure, ticket->check_in, &codes->check_in, error) &&
                make_code(roll.measure, ticket->calendar, &codes->calendar, error);

    if (fits) {
        paint(&roll, ticket, codes, bitmap);
    }
    memory_wipe(codes, sizeof(*codes));
    free(codes);
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
