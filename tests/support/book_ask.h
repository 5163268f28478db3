#pragma once

#include "backoffice/book_staff.h"
#include "book_setup.h"

/*
 * Asking the book of a setup in few words. Keys are named by a letter; who books is
 * always the same person. What can fail answers with the kind, ERROR_NONE: it went
 * well.
 */

struct book_wish ask_wish(const struct book_setup *setup, const char *location,
                          const char *product, int persons);
/* "a" becomes a whole key. */
const char *ask_key(const char *letter, char key[BOOK_KEY_BYTES]);

/* Of one "paspoort" at "linde"; ask_confirm_as() of one of anything anywhere. */
enum error_kind
ask_hold(const struct book_setup *setup, const char *letter, int64_t start);
enum error_kind
ask_confirm(const struct book_setup *setup, const char *letter, int64_t start);
enum error_kind
ask_confirm_as(const struct book_setup *setup, const char *letter, int64_t start,
               const char *location, const char *product, struct booking *booking);
enum error_kind ask_give_up(const struct book_setup *setup, const char *letter);
enum error_kind
ask_move(const struct book_setup *setup, const uint8_t id[BOOK_ID_BYTES],
         const char *letter, int64_t start, struct booking *booking);

/* Until nothing more is to be forgotten. */
void ask_tidy(const struct book_setup *setup);

/* Without asserts, for threads and processes of their own. Keys are numbers here. */
void ask_numbered_key(size_t number, char key[BOOK_KEY_BYTES]);
/* At "linde"; a hold or a booking. */
bool
ask_numbered(struct book *book, bool hold, size_t number, const char *product,
             int persons, int64_t start, struct booking *booking, struct error *error);

/* 0 up to `below`; xorshift: the same walk for the same seed, which is not 0. */
unsigned ask_chance(uint64_t *seed, unsigned below);
