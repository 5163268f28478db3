#pragma once

#include "base/theme.h"
#include "ui/audit.h"
#include "ui/font.h"
#include "ui/page.h"

/*
 * The work of an audit: pages that a tour collected, each laid out in every variant and
 * judged, by two processes. What they find comes back in the order of the pages, the
 * same in every run.
 */

#define AUDIT_VARIANTS (TEXT_SIZE_COUNT * 4) /* × contrast × reach */
#define AUDIT_SITUATION_BYTES 96

struct audit_sheet { /* one page as it came for one display */
    char situation[AUDIT_SITUATION_BYTES];
    enum display_class display;
    bool focus; /* the first of its screen: each focus is laid out too */
    struct page *page;
};

struct audit_work {
    struct audit_sheet *sheets;
    size_t count, room;
    struct fonts *fonts;
    struct theme theme, high_contrast;
    struct audit_words words;  /* that may be said */
    struct panel panel;        /* zeroes: as each display mostly is */
    bool only[AUDIT_VARIANTS]; /* which variants are wanted */
};

struct audit_record {
    size_t sheet;
    int variant, part;
    bool crashed; /* laying it out ended the process */
    struct audit_failure failure;
};

struct audit_findings {
    struct audit_record *records;
    size_t count;
    size_t layouts;
};

struct adjustment audit_variant(int variant);

/* Page and options of a part of a variant, ready to be laid out. */
void audit_prepare(const struct audit_work *work, const struct audit_record *at,
                   struct page *page, struct layout_options *options);

void audit_work_add(struct audit_work *work, const char *situation,
                    enum display_class display, const struct page *page);
/* False when no process can be started. */
bool audit_work_run(const struct audit_work *work, struct audit_findings *findings,
                    struct error *error);
void audit_work_finish(struct audit_work *work);
