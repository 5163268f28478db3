#pragma once

#include "view.h"

/* What choosing a product, a partner or an answer does to the session. */

/* With answers that the choice itself gives; `answers` may be NULL. */
struct outcome choice_product(struct session *session, const struct product *product,
                              const struct answer *answers, size_t answer_count);
struct outcome choice_partner(struct session *session, const struct partner *partner);
/* After an answer: the next question, or how to go about it. */
struct outcome choice_next(const struct session *session);
/* The question that is asked next, NULL when all are answered. */
const struct question *choice_question(const struct session *session);
/* A channel of the product was chosen, by its index. */
struct outcome
choice_channel(const struct view *view, struct session *session, int index);
/* The way to day and time, once the channel is an appointment. */
struct outcome choice_place(const struct view *view, struct session *session);
/* What follows on a place: its days have to be asked. */
void choice_location(struct session *session, const struct location *location);
/* The first free day of those that are shown, if any. */
void choice_first_day(struct session *session);
/* An answer given; whatever was answered to that question before is dropped. */
void choice_answer(struct session *session, const struct question *question,
                   const struct option *option);
