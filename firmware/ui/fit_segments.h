#pragma once

#include "build.h"

/*
 * Times under a heading for each part of the day are a long list. A small display shows
 * one part of the day at once, and a segment for each: the page describes both, the
 * segments in the order of the headings.
 */

struct segments {
    int bar; /* index of the segments, -1 where headings are shown */
    int count;
    int of[PAGE_ELEMENTS_MAX]; /* to which an element belongs, -1: to all */
};

/* Decides, and takes off what is not shown then: headings, or the segments where all
 * has room in `area`, foot included, or not one row of times under them on a `part`. */
void segments_prepare(struct build *build, struct page *page, struct rectangle area,
                      struct rectangle part, struct segments *segments);
/* Without segments: headings that cost half of the times on a part are left out, and
 * facts are short where the first part would have no times under them. */
void segments_spare_words(struct build *build, struct page *page, struct rectangle area,
                          struct rectangle part);
/* What stands over the times on each part of the page, with the gap under it. */
int segments_fixed_height(struct build *build, struct page *page,
                          const struct segments *segments, int width);
/* While one is measured all else on the sheet is hidden. */
void segments_show_only(struct page *page, const struct segments *segments, int shown);
void segments_show_all(struct page *page, const struct segments *segments);
/* One is chosen; `first` is the part on which each begins. */
void segments_mark(struct page *page, const struct segments *segments, int chosen,
                   const int first[PAGE_ELEMENTS_MAX]);
