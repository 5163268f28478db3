#pragma once

#include "view.h"

/* Other places of the municipality, seen from where this kiosk stands. */

/* NULL: there is no other. */
const struct location *
nearby_other(const struct catalogue *catalogue, const struct location *here);
/* The nearest other that is open now; NULL: none is. */
const struct location *nearby_open(const struct view *view);

/* "900 meter, 11 minuten lopen"; the distance alone where nobody walks it. */
const char *nearby_distance(struct tongue tongue, char target[WORDING_BYTES],
                            const struct location *here, const struct location *there);
