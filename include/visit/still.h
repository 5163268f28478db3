#pragma once

#include "base/translation.h"
#include "catalogue/catalogue.h"
#include "ui/page.h"

/*
 * Stills: what the panel of a card shows while no kiosk runs on it. They are pages like
 * any other, and made into pictures when the card is made (loketzuilctl still): then
 * no clock can be on them, and no place but where the kiosk of these settings stands.
 */

enum still {
    STILL_STARTING,     /* until the first page of the kiosk */
    STILL_OUT_OF_ORDER, /* nothing on this card can be started */
    STILL_COUNT
};

/* "starting", "out-of-order"; false when it is neither. */
bool still_from_name(const char *name, enum still *still);

/* In Dutch. `here` may be NULL: then no way to another place can be told. `translation`
 * may be NULL. */
void still_describe(enum still still, const struct catalogue *catalogue,
                    const struct location *here, struct translation *translation,
                    struct page *page);
