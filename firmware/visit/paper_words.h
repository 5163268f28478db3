#pragma once

#include "view.h"

/* The words of the ticket on paper, of the appointment that was booked. */
void paper_words(const struct view *view, struct paper_ticket *ticket);
/* Of the number that was drawn, and of that of an appointment which has checked in. */
void paper_words_number(const struct view *view, struct paper_ticket *ticket);
/* Of the slip for whoever helps next. */
void paper_words_slip(const struct view *view, struct paper_ticket *ticket);
void paper_words_arrived(const struct view *view, struct paper_ticket *ticket);
