#pragma once

#include "view.h"

/* What is the matter with the printer, as it said last: a sentence. */
const char *printer_words(const struct view *view);
/* Printing failed now, or it was known before that it can't. */
bool printer_is_troubled(const struct view *view);
