#pragma once

#include "jcc_call.h"
#include "jcc_fields.h"

/* One appointment of JCC's: made, shown, moved, given up. As the contract says. */

bool jcc_booking_make(struct jcc_call *call, const struct appointment_booking *booking,
                      struct appointment *appointment, struct error *error);
bool jcc_booking_show(struct jcc_call *call, const char *id,
                      struct appointment *appointment, struct error *error);
bool jcc_booking_cancel(struct jcc_call *call, const char *id, struct error *error);
bool jcc_booking_move(struct jcc_call *call, const char *id, int64_t start,
                      struct appointment_moved *moved, struct error *error);

/* How long the wish takes on that day, asked of JCC. */
bool jcc_minutes_ask(struct jcc_call *call, const struct appointment_wish *wish,
                     struct date date, int *minutes, struct error *error);
/* What it requires of a person for the wish. */
bool jcc_rules_ask(struct jcc_call *call, const struct appointment_wish *wish,
                   struct jcc_rules *rules, struct error *error);
