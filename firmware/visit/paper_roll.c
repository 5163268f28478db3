#include "paper_roll.h"

#include <string.h>

#include "base/text.h"
#include "ui/icon.h"

#define WHITE 0xffffffu
#define BLACK 0x000000u

const char *
roll_tr(const struct roll *roll, const char *message)
{
    return translate(roll->tongue.translation, message);
}

/* --- letters ------------------------------------------------------------------------
 */

struct text_style
roll_style(const struct roll *roll, enum type type, enum weight weight)
{
    return (struct text_style){.px = roll->measure->px[type], .weight = weight};
}

/* Where something of that width stands, `indent` from the start of the paper. */
int
roll_place(const struct roll *roll, int indent, int width)
{
    return roll->right_to_left ? roll->measure->width - indent - width : indent;
}

void
roll_line(struct roll *roll, struct text_style style, const char *text, size_t length,
          int indent, int y)
{
    int width = fonts_width(roll->paper->fonts, style, text, length);

    if (roll->canvas != NULL) {
        canvas_text(roll->canvas, roll->paper->fonts, style, text, length,
                    roll->right_to_left, roll_place(roll, indent, width), y, BLACK);
    }
}

/* As many lines as it takes, `indent` from the start; moves down past them. */
void
roll_text(struct roll *roll, enum type type, enum weight weight, int indent,
          const char *text)
{
    struct text_style style = roll_style(roll, type, weight);
    int room = roll->measure->width - indent - roll->measure->margin;
    size_t length = strlen(text);

    for (size_t at = 0, line, next; at < length; at += next) {
        fonts_break(roll->paper->fonts, style, text + at, length - at, room, &line,
                    &next);
        roll_line(roll, style, text + at, line, indent, roll->y);
        roll->y += roll->measure->pitch[type];
    }
}

void
roll_centered(struct roll *roll, enum type type, enum weight weight, int room,
              const char *text)
{
    struct text_style style = roll_style(roll, type, weight);
    size_t length = strlen(text);

    for (size_t at = 0, line, next; at < length; at += next) {
        int width;

        fonts_break(roll->paper->fonts, style, text + at, length - at, room, &line,
                    &next);
        width = fonts_width(roll->paper->fonts, style, text + at, line);
        roll_line(roll, style, text + at, line, (roll->measure->width - width) / 2,
                  roll->y);
        roll->y += roll->measure->pitch[type];
    }
}

void
roll_icon(struct roll *roll, const char *name, int px, int indent, int y)
{
    struct text_style style = {.px = px, .weight = WEIGHT_ICON};
    char glyph[5];
    size_t length = text_encode(icon_code_point(name), glyph);

    if (roll->canvas != NULL) {
        canvas_text(roll->canvas, roll->paper->fonts, style, glyph, length, false,
                    roll_place(roll, indent, px), y, BLACK);
    }
}

/* --- parts, from top to bottom ------------------------------------------------------
 */

void
roll_bar(struct roll *roll, struct rectangle bar)
{
    if (roll->canvas != NULL) {
        canvas_fill(roll->canvas, bar, BLACK);
    }
}

void
roll_frame(struct roll *roll, struct rectangle frame, int dots, int radius)
{
    if (roll->canvas != NULL) {
        canvas_outline(roll->canvas, frame, radius, CORNERS_ALL, dots, BLACK);
    }
}

void
roll_dashes(struct roll *roll)
{
    int margin = roll->measure->margin;
    int end = roll->measure->width - margin;

    for (int x = margin; x + 11 <= end; x += 17) {
        roll_bar(roll, (struct rectangle){x, roll->y, 11, 4});
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

void
roll_head(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    int logo = measure->logo;
    int indent = measure->margin + logo + 16;
    int pitch = measure->pitch[TYPE_NAME];

    put_logo(roll, (struct rectangle){roll_place(roll, measure->margin, logo), 28, logo,
                                      logo});
    roll->y = 28 + (logo - 2 * pitch) / 2 - 3; /* letters stand high in their lines */
    roll_text(roll, TYPE_NAME, WEIGHT_REGULAR, indent, ticket->name_lines[0]);
    roll_text(roll, TYPE_NAME, WEIGHT_BOLD, indent, ticket->name_lines[1]);
    roll->y = (roll->y > 28 + logo ? roll->y : 28 + logo) + 18;
    roll_bar(roll, (struct rectangle){measure->margin, roll->y,
                                      measure->width - 2 * measure->margin, 4});
    roll->y += 4 + 12;
}

void
roll_modules(struct roll *roll, const struct qr *qr, int dots, int x)
{
    for (int i = 0; roll->canvas != NULL && i < qr->size * qr->size; i++) {
        if (qr->dark[i] != 0) {
            roll_bar(roll,
                     (struct rectangle){x + i % qr->size * dots,
                                        roll->y + i / qr->size * dots, dots, dots});
        }
    }
}

void
roll_qr(struct roll *roll, const struct qr *qr, int dots)
{
    int side = qr->size * dots;
    int quiet = QR_QUIET * dots;

    roll->y += quiet;
    roll_modules(roll, qr, dots, (roll->measure->width - side) / 2);
    roll->y += side + quiet;
}
