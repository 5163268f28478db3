#pragma once

#include "base/translation.h"
#include "catalogue/catalogue.h"
#include "ui/page.h"

/*
 * Stills: what the panel of a card shows while no kiosk runs on it. They are pages like
 * any other, and made into pictures when the card is made (loketzuilctl still): then
 * neither a clock nor a place can be on them.
 */

enum still {
    STILL_STARTING,     /* until the first page of the kiosk */
    STILL_OUT_OF_ORDER, /* nothing on this card can be started */
    STILL_COUNT
};

/* "starting", "out-of-order"; false when it is neither. */
bool still_from_name(const char *name, enum still *still);

/* In Dutch; `translation` may be NULL. */
void still_describe(enum still still, const struct municipality *municipality,
                    const struct translation *translation, struct page *page);
