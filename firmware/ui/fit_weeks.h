#pragma once

#include "build.h"

/*
 * The days of a page that has steps to other weeks are not cut into parts: as many
 * weeks are shown as there is room for, and the steps go by as many. Where even one has
 * no room beside the rest, days and steps are the last part, and the rest comes before
 * it; and where it has none there either, lines of it are shown that make up a week.
 */

bool weeks_have_steps(const struct page *page);

/* Before anything is measured: what days say where their columns are narrow, the order
 * in which this display has steps and place, the month where it has room. */
void weeks_prepare(struct build *build, struct page *page);

/* Leaves the days for which there is room in `area`, foot included, and among them the
 * chosen one. False: what stands beside them has to come before. */
bool weeks_fit(struct build *build, struct page *page, struct rectangle area);

/* The button says what the message did, where it has room for it; the days are `alone`
 * where the rest comes before them. */
void weeks_say_in_button(struct build *build, struct page *page, struct rectangle area,
                         bool alone);

/* Where there is still no room for all of it: so, and without the subtitle, which was
 * read on the page before. */
void weeks_make_room(struct build *build, struct page *page, struct rectangle area);

/* What no button had to say. */
void weeks_forget_words(struct page *page);

/* Month, days of the week, and days. */
bool weeks_hold(const struct element *element);
