#pragma once

#include "base/translation.h"
#include "catalogue/catalogue.h"
#include "ui/page.h"

/*
 * What the page of a kiosk that does not work says: where else to go, whom to call, and
 * what who mends it wants to know. In Dutch, as all that is shown between visits.
 */

/* What is known then; each may be NULL. */
struct out_of_order {
    const struct municipality *municipality; /* whom to call */
    const struct catalogue *catalogue;       /* with `here`: the way to another place */
    const struct location *here;
    const char *kiosk; /* its name */
    const char *fault; /* "E-2" (board/README.md) */
};

void out_of_order_page(const struct out_of_order *known,
                       const struct translation *translation, struct page *page);
