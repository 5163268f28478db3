#include "paper_roll.h"

/* A slip for whoever helps next, on paper: its code, and the same in words. */

#define BESIDE_DOTS 8 /* of a module: a millimetre */

/* The code large, with the same for a scanner at the end of the line. */
static void
put_code(struct roll *roll, const struct paper_ticket *ticket, const struct qr *qr)
{
    const struct measure *measure = roll->measure;
    int margin = measure->margin;
    int side = qr->size * BESIDE_DOTS;
    int top = roll->y + 16;

    roll->y = top;
    roll_modules(roll, qr, BESIDE_DOTS,
                 roll_place(roll, measure->width - margin - side, side));
    roll->y = top + 10;
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin, roll_tr(roll, N_("Code")));
    roll_text(roll, TYPE_TIME, WEIGHT_BOLD, margin - measure->px[TYPE_TIME] / 24,
              ticket->slip_code);
    roll->y = (roll->y > top + side ? roll->y : top + side) + 12;
}

/* What it is, and under it what that is here; left out when there is nothing. */
static void
put_words(struct roll *roll, const char *label, const char *words)
{
    if (words[0] == '\0') {
        return;
    }
    roll_text(roll, TYPE_NAME, WEIGHT_REGULAR, roll->measure->margin, label);
    roll_text(roll, TYPE_PRODUCT, WEIGHT_BOLD, roll->measure->margin, words);
    roll->y += 10;
}

#define FRAME_DOTS 4
#define FRAME_RADIUS 16

/* Where it got stuck, in a frame. */
static void
put_stuck(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin, indent = margin + 24;
    int top = roll->y + 4;

    roll->y = top + 14;
    roll_text(roll, TYPE_NAME, WEIGHT_REGULAR, indent,
              roll_tr(roll, N_("Here it got stuck")));
    roll_text(roll, TYPE_PRODUCT, WEIGHT_BOLD, indent, ticket->stuck);
    roll->y += 14;
    roll_frame(roll,
               (struct rectangle){margin, top, roll->measure->width - 2 * margin,
                                  roll->y + FRAME_DOTS - top},
               FRAME_DOTS, FRAME_RADIUS);
    roll->y += 4 + 18;
}

static void
put_foot(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    int icon = roll->measure->pitch[TYPE_BODY];
    char text[WORDING_BYTES];

    roll_dashes(roll);
    roll->y += 14;
    roll_icon(roll, "translate", icon, margin, roll->y);
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin + icon + 16,
              wording_fill(text, roll_tr(roll, N_("Language: {1}")), ticket->speaks,
                           NULL, NULL));
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
              wording_fill(text, roll_tr(roll, N_("Rather call? {1}")), ticket->phone,
                           NULL, NULL));
    roll->y += 15;
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("There is no name on this slip.")));
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              wording_fill(text, roll_tr(roll, N_("Printed: {1}, kiosk {2}")),
                           ticket->printed, ticket->kiosk, NULL));
    roll->y += 32;
}

void
paper_put_slip(struct roll *roll, const struct paper_ticket *ticket,
               const struct qr *qr)
{
    int margin = roll->measure->margin;

    roll_head(roll, ticket);
    roll_text(roll, TYPE_DAY, WEIGHT_BOLD, margin,
              roll_tr(roll, N_("I need some help")));
    roll_text(roll, TYPE_PRODUCT, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("Give this to a member of staff")));
    if (ticket->slip_code[0] != '\0') {
        put_code(roll, ticket, qr);
    }
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin, ticket->until);
    roll->y += 14;
    roll_dashes(roll);
    roll->y += 18;
    put_words(roll, roll_tr(roll, N_("You want")), ticket->want);
    put_words(roll, roll_tr(roll, N_("You chose already")), ticket->chosen);
    put_stuck(roll, ticket);
    put_foot(roll, ticket);
}
