#pragma once

#include "view.h"

/* The words of the ticket on paper, of the appointment that was booked. */
void paper_words(const struct view *view, struct paper_ticket *ticket);
