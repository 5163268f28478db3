#pragma once

#include "base/picture.h"
#include "base/rectangle.h"
#include "base/wording.h"
#include "ticket/qr.h"
#include "ui/canvas.h"
#include "ui/font.h"
#include "visit/paper.h"

/*
 * A slip on its way to paper, from top to bottom: what every kind of slip is put
 * together from. It is gone through twice: without a canvas to find how long it gets,
 * and with one of that length.
 */

#define QR_QUIET 4 /* modules of white around it, by ISO/IEC 18004 */

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
    TYPE_NUMBER,
    TYPE_COUNT
};

/* How large everything is, in dots of an eighth of a millimetre. */
struct measure {
    int width, margin, logo;
    int px[TYPE_COUNT];
    int pitch[TYPE_COUNT]; /* from line to line */
    int hint_width;        /* under the code: two lines of about the same length */
};

struct ticket_paper {
    const struct measure *measure;
    struct translation *const *translations;
    struct fonts *fonts;
    uint8_t *logo; /* RGBA, white where the logo is */
    struct picture logo_picture;
};

struct roll {
    struct ticket_paper *paper;
    const struct measure *measure;
    struct canvas *canvas; /* NULL: only measured */
    struct tongue tongue;
    bool right_to_left;
    int y;
};

const char *roll_tr(const struct roll *roll, const char *message);
struct text_style
roll_style(const struct roll *roll, enum type type, enum weight weight);
int roll_place(const struct roll *roll, int indent, int width);
void roll_line(struct roll *roll, struct text_style style, const char *text,
               size_t length, int indent, int y);
void roll_text(struct roll *roll, enum type type, enum weight weight, int indent,
               const char *text);
void roll_centered(struct roll *roll, enum type type, enum weight weight, int room,
                   const char *text);
void roll_icon(struct roll *roll, const char *name, int px, int indent, int y);
void roll_bar(struct roll *roll, struct rectangle bar);
void roll_frame(struct roll *roll, struct rectangle frame, int dots, int radius);
void roll_dashes(struct roll *roll);
void roll_head(struct roll *roll, const struct paper_ticket *ticket);
/* Dark modules only, their corner at (x, roll->y); moves nothing. */
void roll_modules(struct roll *roll, const struct qr *qr, int dots, int x);
/* In the middle, with the white around it; moves down past it. */
void roll_qr(struct roll *roll, const struct qr *qr, int dots);

/* paper_slip.c: for whoever helps next. */
void paper_put_slip(struct roll *roll, const struct paper_ticket *ticket,
                    const struct qr *qr);

/* paper_number.c: a number to wait with. */
void paper_put_number(struct roll *roll, const struct paper_ticket *ticket,
                      const struct qr *qr, int dots);
