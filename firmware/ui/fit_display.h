#pragma once

#include "fit_paging.h"

/* What a display shows otherwise than it is described. */

/* Takes off what stands elsewhere there, and from the stage what it has no room for. */
void fit_take_off(struct fit *fit);
/* Of a place that is not asked on this page. */
void fit_shorten_title(struct fit *fit);
