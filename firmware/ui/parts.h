#pragma once

#include "build.h"

/*
 * The parts of a page: each knows the height it needs at a width, and draws itself
 * in a rectangle that may be higher. `element` is an index into the page.
 */

struct part {
    /* What it needs at a width; NULL where `least` is all there is to say. */
    int (*height)(struct build *build, int element, int width);
    int least;       /* as drawn */
    bool is_touched; /* never lower than 20 mm */
    void (*put)(struct build *build, int element, struct rectangle rect);
    int columns; /* how many stand side by side; 0 is 1 */
    /* Whether a width is enough for it; else fewer stand side by side. NULL: any is. */
    bool (*has_room)(struct build *build, int element, int width);
    int column_gap; /* as drawn */
    int gap_after;  /* to what follows; 0 is 20 */
    int height_max; /* it may grow to this; 0: it does not grow, -1: without end */
};

/* NULL: this role is no part of its own (a child, or of the stage). */
const struct part *part_of(enum role role);

/* parts_choice.c */
extern const struct part part_tile, part_row, part_channel, part_segments,
    part_languages, part_count_chip, part_sum;
/* parts_place.c */
extern const struct part part_location, part_place, part_place_change;
/* parts_fact.c */
extern const struct part part_fact_card;
/* parts_reading.c */
extern const struct part part_card, part_message, part_section, part_headline;
/* parts_summary.c: a line of what is to be confirmed, with what changes it; returns its
 * height with what is before it */
int
put_summary_line(struct build *build, int element, struct rectangle rect, bool first);
/* parts_line.c */
extern const struct part part_legend, part_note, part_stage_line;
/* parts_explanation.c: the parts of a long one, and a card of each */
extern const struct part part_parts;
bool parts_bar_has_room(struct build *build, int bar, int width);
bool is_explanation(const struct page *page, int card);
int explanation_height(struct build *build, int card, int width);
void put_explanation(struct build *build, int card, struct rectangle rect);
/* parts_moment.c: calendar and times */
extern const struct part part_month, part_weekdays, part_day, part_time;
/* parts_form.c */
extern const struct part part_option, part_radio, part_face, part_field, part_button,
    part_paging;
/* parts_code.c: QR codes */
extern const struct part part_hand_over, part_typed, part_ticket;
/* parts_slip.c */
extern const struct part part_slip;
/* parts_closed.c */
extern const struct part part_opening, part_nearby, part_call, part_service;
/* parts_number.c */
extern const struct part part_number;
/* parts_appointment.c */
extern const struct part part_appointment, part_scan;
/* parts_overlay.c */
extern const struct part part_question, part_countdown, part_language_choice;

/* An overlay that counts down has its question in the middle, and one large answer. */
bool has_countdown(const struct page *page);

/* What was found stands under what was typed: its rows are lower. */
bool is_of_search(const struct page *page);

/* The page's keys, -1 for none; and they, against the bottom of the sheet: returns the
 * height of the panel. */
int keyboard_of(const struct page *page);
int put_keyboard(struct build *build, int element);
/* Whether a key has room for what it is called, on a pad or a board in parts. */
bool key_has_room(struct build *build, int key);
/* parts_board.c: where it stands in its line. */
struct rectangle board_key(const struct build *build, int key, struct rectangle line);

/* The code that an element stands for; `rect` is without the quiet zone. */
void put_qr(struct build *build, int element, struct rectangle rect);

/* Days stand in columns of Monday to Saturday. Where what they say has no room each
 * names its own day: three in a line, or as a list. A page that is not laid out so has
 * columns for a whole week. */
#define DAY_COLUMNS 6
#define DAY_COLUMNS_NARROW 3
#define DAY_COLUMNS_LIST 1
int day_columns(const struct page *page);
/* In which of them a day is, whose number is its day of the week. */
int day_column_of(const struct page *page, const struct element *day);
/* Whether what a day says has room in a list of that width. */
bool day_row_fits(struct build *build, const char *name, const char *detail, int width);

/* What days smaller than 20 mm need around them, 0 for others. */
int day_clearance(const struct build *build);
/* Between columns, and the width of a day of six where the parts are that wide. */
int day_gap(const struct build *build);
int day_width(const struct build *build, int width);

/* The chosen place as a button to the others, -1 for none on this page. */
int place_change_of(const struct page *page);
void put_place_change(struct build *build, int element, struct rectangle rect);

/* Whether the month is named on the stage, since other things stand in its line. */
bool month_is_on_stage(const struct build *build);

/* Whether the words of a paging row and of its buttons have room in that width. */
bool part_paging_has_room(struct build *build, int element, int width);

/* Steps beside the days: the room for them, before the days are put, and where. */
void month_steps_make_room(struct build *build);
void put_month_steps_beside(struct build *build, struct rectangle days);

/* The button to an earlier or later month. */
void put_month_step(struct build *build, int element, struct rectangle rect);

/* A yellow disc with a check at the top end corner of something chosen. */
void put_badge(struct build *build, int element, struct rectangle rect, int size,
               int inset, int px);
/* One thing to bring: icon, text, maybe a line under it. Returns its height. */
int put_check(struct build *build, int element, int x, int y, int width, int icon_px);

/* What was done and what comes, in a card. Returns its end. */
int put_milestones(struct build *build, int card, struct rectangle rect);

/* Children of an element in order: first and next, -1 after the last. */
int child_first(const struct page *page, int parent);
int child_next(const struct page *page, int child);

/* The cut of a ticket at that height: a notch at each side, and dashes between them. */
void put_cut(struct build *build, int element, struct rectangle rect, int cut);
