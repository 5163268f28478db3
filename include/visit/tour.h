#pragma once

#include "base/error.h"
#include "base/translation.h"
#include "catalogue/catalogue.h"
#include "ui/layout.h"
#include "ui/page.h"

/*
 * A tour past every page that a kiosk with this catalogue can show, without knowing an
 * id of it: each life event, product, question and channel, and on the way what may go
 * well or wrong. It drives the real flow; appointments, numbers, printer and staff are
 * the makers that pretend. The clock stands on an afternoon on which the place is open.
 *
 * Pages that show the catalogue's texts are seen for each product, those that only
 * depend on day and time for one. Each situation is described in every language of the
 * catalogue.
 */

struct tour_options {
    const struct catalogue *catalogue;
    const struct location *here;             /* NULL: the catalogue's first */
    struct translation *const *translations; /* one a language, as the flow has them */
};

/* What is looked at: a name that is the same in every run ("info paspoort"), the
 * display it is for, and the page, in full (see ui/fit.h); it is good until it returns.
 */
typedef void (*tour_look)(void *data, const char *situation, enum display_class display,
                          const struct page *page);

/* False when the kiosk can't be set up, or a way that must be there is not. */
bool tour_run(const struct tour_options *options, tour_look look, void *data,
              struct error *error);
