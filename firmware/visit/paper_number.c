#include "paper_roll.h"

/* A number to wait with, on paper. */

#define BESIDE_DOTS 8   /* of a module: a millimetre */
#define BESIDE_ROOM 180 /* for the longest word beside it */

static void
put_figures(struct roll *roll, const struct paper_ticket *ticket)
{
    const struct measure *measure = roll->measure;
    int margin = measure->margin;
    int icon = measure->px[TYPE_TITLE];

    roll_text(roll, TYPE_TITLE, WEIGHT_BOLD, margin, roll_tr(roll, N_("Your number")));
    roll->y -= measure->px[TYPE_NUMBER] / 8; /* white above large figures */
    roll_text(roll, TYPE_NUMBER, WEIGHT_BOLD, margin - measure->px[TYPE_NUMBER] / 46,
              ticket->number);
    roll->y += 6;
    roll_text(roll, TYPE_PRODUCT, WEIGHT_REGULAR, margin, ticket->product);
    roll->y += 14;
    if (ticket->desk[0] != '\0') {
        roll_icon(roll, "location_on", icon, margin, roll->y);
        roll_text(roll, TYPE_BODY, WEIGHT_BOLD, margin + icon + 16, ticket->desk);
        roll->y += 16;
    }
}

/* One with an icon before it; left out when there is nothing to say. */
static void
put_fact(struct roll *roll, const char *icon, const char *bold, const char *more)
{
    int px = roll->measure->px[TYPE_TITLE];
    int indent = roll->measure->margin + px + 16;

    if (bold[0] == '\0') {
        return;
    }
    roll_icon(roll, icon, px, roll->measure->margin, roll->y);
    roll_text(roll, TYPE_BODY, WEIGHT_BOLD, indent, bold);
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, indent, more);
    roll->y += 14;
}

static void
put_foot(struct roll *roll, const struct paper_ticket *ticket)
{
    int margin = roll->measure->margin;
    char text[WORDING_BYTES];

    roll_dashes(roll);
    roll->y += 14;
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("Your number appears on the screen in the hall.")));
    roll_text(roll, TYPE_BODY, WEIGHT_BOLD, margin,
              roll_tr(roll, N_("Did you miss your number?")));
    roll_text(roll, TYPE_BODY, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("Say so at the desk.")));
    roll->y += 15;
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              roll_tr(roll, N_("There is no name on this ticket.")));
    roll_text(roll, TYPE_SMALL, WEIGHT_REGULAR, margin,
              wording_fill(text, roll_tr(roll, N_("Printed: {1}, kiosk {2}")),
                           ticket->printed, ticket->kiosk, NULL));
    roll->y += 32;
}

/* The code with its sentence beside it, or below where the roll is narrow. */
static void
put_follow(struct roll *roll, const struct qr *qr, int dots)
{
    const char *hint = roll_tr(roll, N_("Follow your number on your phone"));
    const struct measure *measure = roll->measure;
    int side = qr->size * BESIDE_DOTS;
    int indent = measure->margin + side + QR_QUIET * BESIDE_DOTS;
    int y;

    roll_dashes(roll);
    if (measure->width - indent - measure->margin < BESIDE_ROOM) {
        roll_qr(roll, qr, dots);
        roll->y -= 12; /* as much is white above the letters */
        roll_centered(roll, TYPE_BODY, WEIGHT_REGULAR, measure->hint_width, hint);
        roll->y += 16;
        return;
    }
    roll->y += QR_QUIET * BESIDE_DOTS;
    y = roll->y;
    roll_modules(roll, qr, BESIDE_DOTS, roll_place(roll, measure->margin, side));
    roll->y = y + side / 3;
    roll_text(roll, TYPE_BODY, WEIGHT_BOLD, indent, hint);
    roll->y = (roll->y > y + side ? roll->y : y + side) + QR_QUIET * BESIDE_DOTS;
}

void
paper_put_number(struct roll *roll, const struct paper_ticket *ticket,
                 const struct qr *qr, int dots)
{
    roll_head(roll, ticket);
    put_figures(roll, ticket);
    if (ticket->ahead[0] != '\0' || ticket->wait[0] != '\0') {
        roll_dashes(roll);
        roll->y += 16;
        put_fact(roll, "groups", ticket->ahead, "");
        put_fact(roll, "schedule", ticket->wait, ticket->estimate);
        roll->y += 4;
    }
    if (ticket->check_in[0] != '\0') {
        put_follow(roll, qr, dots);
    }
    put_foot(roll, ticket);
}
