#pragma once

#include "build.h"
#include "cut.h"

/* How what does not fit is shown in parts, and the row at the foot that turns them. */

struct fit {
    struct build build;
    struct metrics metrics;
    struct page *page;
};

/* A slot that is cut, and the foot that says so. */
struct paging {
    enum slot bands, foot;
    struct rectangle area; /* of both, */
    int over, lost; /* with so much for the question; lost where it does not stay */
    bool reading;   /* what is read is paged on, and acted on at the end */
    bool acts;      /* there is such an action */
    int primary;    /* of the page's own foot, -1 for none */
    int row, button;
    int *part, *count;
    struct cut cut;
};

/* What stays, and what there is on the stage then. */
void fit_keep(struct fit *fit, const bool keep[PAGE_ELEMENTS_MAX]);
/* The area over the foot, which is as high as it is described. */
struct rectangle
paging_over_foot(struct fit *fit, enum slot foot, struct rectangle area);
/* The index of the page's own action in that foot, -1 for none. */
int paging_primary(const struct page *page, enum slot foot);
void paging_add_row(struct page *page, struct paging *paging);
/* The height of the foot, and the gap over it, on a last part or on another. */
int paging_foot_height(struct fit *fit, const struct paging *paging, bool last);
/* Leaves the part that is shown, of those that `paging->cut` has. */
void paging_show(struct fit *fit, struct paging *paging);
/* All of it, or as many parts as it takes. */
void paging_fit(struct fit *fit, struct paging *paging);
/* Which part of an explanation is read, and which were. */
void paging_tell_parts(struct page *page);
