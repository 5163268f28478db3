#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/bitmap.h"
#include "base/error.h"
#include "base/language.h"
#include "base/translation.h"

/*
 * The ticket on paper: one appointment, or a number to wait with, as a one-bit picture,
 * with no name on it.
 *
 * It is painted with the same letters as the screen, so that every language prints,
 * and holds fonts of its own: paper_paint() may run in the printer's worker while the
 * screen goes on. One thread at a time.
 */

struct ticket_paper;

/* The roll: what a head of 8 dots a millimetre prints. */
enum paper_width { PAPER_80_MM, PAPER_58_MM, PAPER_WIDTH_COUNT };

int paper_width_dots(enum paper_width width); /* 576, 384 */
/* For a roll of so many millimetres. */
enum paper_width paper_width_of_roll(int roll_mm);

/*
 * `translations`, one a language as the flow has them, outlive the paper. `logo` is the
 * path of a PNG of which only the shape counts, "" for the plain mark. NULL with
 * `error` naming the font that is missing; a logo that can't be read is logged and left
 * out.
 */
struct ticket_paper *
paper_create(enum paper_width width, struct translation *const *translations,
             const char *logo, struct error *error);
void paper_destroy(struct ticket_paper *paper); /* NULL is fine */

/* From the next ticket on; by the thread that paints. */
void paper_set_width(struct ticket_paper *paper, enum paper_width width);

#define PAPER_TEXT_BYTES 160
#define PAPER_BRING_MAX 12
#define PAPER_CALENDAR_BYTES 512

/*
 * What stands on it, in the visit's language and by value: the visit may be wiped
 * while it is printed. Texts that are "" are left out with what belongs to them.
 */
struct paper_ticket {
    enum language language;
    char name_lines[2][PAPER_TEXT_BYTES]; /* "Gemeente", "Voorbeeld" */
    char product[PAPER_TEXT_BYTES];       /* the neutral name when it is sensitive */
    char day[PAPER_TEXT_BYTES];           /* "donderdag 12 maart" */
    char time[PAPER_TEXT_BYTES];          /* "10.20" */
    char time_word[PAPER_TEXT_BYTES];     /* "uur", "" where the time needs none */
    bool time_word_leads;                 /* it stands before the time: "godz." */
    char place[PAPER_TEXT_BYTES];         /* "Bibliotheek De Linde" */
    char address[PAPER_TEXT_BYTES];       /* "Lindeplein 4, Voorbeeld" */
    char check_in[APPOINTMENT_CHECK_IN_BYTES]; /* verbatim into the QR */
    char code[16];                             /* shown in two halves */
    char calendar[PAPER_CALENDAR_BYTES];       /* iCalendar, into a QR of its own */
    char bring[PAPER_BRING_MAX][PAPER_TEXT_BYTES];
    size_t bring_count;
    char cost[PAPER_TEXT_BYTES]; /* a sentence: "U betaalt € 84,00 met pin." */
    char change_address[PAPER_TEXT_BYTES]; /* "voorbeeld.nl/afspraak" */
    char phone[PAPER_TEXT_BYTES];          /* "14 000" */
    char printed[PAPER_TEXT_BYTES];        /* "10-03-2026 14.07" */
    char kiosk[PAPER_TEXT_BYTES];          /* "linde-01" */
    /* A number to wait with, instead of an appointment. */
    char number[16];                 /* "A 042"; "": it is an appointment */
    char desk[PAPER_TEXT_BYTES];     /* "Balie 1 of 2" */
    char ahead[PAPER_TEXT_BYTES];    /* "6 mensen voor u" */
    char wait[PAPER_TEXT_BYTES];     /* "Wacht ongeveer 20 minuten." */
    char estimate[PAPER_TEXT_BYTES]; /* "Dit is een schatting." */
    /* A slip for whoever helps next, instead of either. */
    bool is_slip;
    char slip_code[8];                 /* "H 7Q2"; "": it is in words only */
    char until[PAPER_TEXT_BYTES];      /* "Werkt tot vandaag 17.00 uur." */
    char want[PAPER_TEXT_BYTES];       /* "Paspoort aanvragen" */
    char chosen[2 * PAPER_TEXT_BYTES]; /* "Uw kind, jonger dan 18 jaar" */
    char stuck[PAPER_TEXT_BYTES];      /* "Toestemming van beide ouders" */
    char speaks[PAPER_TEXT_BYTES];     /* "Nederlands" */
};

/* Fills in `bitmap`; the caller frees its rows. ERROR_BAD_INPUT when the check-in text
 * can't be a QR. */
bool paper_paint(struct ticket_paper *paper, const struct paper_ticket *ticket,
                 struct bitmap *bitmap, struct error *error);
