#pragma once

#include "view.h"

/* What is the matter with the printer, as it said last: a sentence. */
const char *printer_words(const struct view *view);
