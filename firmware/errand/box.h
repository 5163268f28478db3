#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "errand/errand.h"

/*
 * The files of errands that wait: KEY.call-back and KEY.help with the body that will be
 * sent, sealed, and KEY.withdraw, empty, for one that nobody needs any more. Not safe
 * from several threads.
 */

#define BOX_PATH_BYTES 640

enum box_kind { BOX_CALL_BACK, BOX_HELP, BOX_WITHDRAW, BOX_KIND_COUNT };

struct box_item {
    char key[ERRAND_KEY_BYTES];
    enum box_kind kind;
};

/* Durable; takes the place of what was kept under that key and kind. */
bool box_put(const char *folder, const struct box_item *item, const char *body,
             struct error *error);
/* The caller frees; NULL with ERROR_NOT_FOUND when it is gone. */
char *box_read(const char *folder, const struct box_item *item, struct error *error);
void box_remove(const char *folder, const struct box_item *item);
/* Everything in it, in any order; the caller frees. False: the folder can't be read. */
bool box_list(const char *folder, struct box_item **list, size_t *count,
              struct error *error);
