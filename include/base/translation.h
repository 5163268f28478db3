#pragma once

#include <stdbool.h>

#include "base/error.h"

/*
 * The texts of a language, from a compiled gettext catalogue (.mo; GNU gettext
 * manual, "The Format of GNU MO Files"). The msgid is the English text, so that
 * screens read well; English itself needs a file only for its plurals.
 * Immutable once open.
 */

struct translation;

/* `directory`/`language`.mo: "assets/translations", "nl". */
struct translation *
translation_open(const char *directory, const char *language, struct error *error);
void translation_close(struct translation *translation);

/* The translation, or `message` itself when there is none. Never NULL. Here and below
 * `translation` may be NULL: a language without a file. */
const char *translate(const struct translation *translation, const char *message);
/* With msgctxt, for a word that needs two translations. */
const char *translate_in(const struct translation *translation, const char *context,
                         const char *message);
/* The form for `count` by the file's Plural-Forms. */
const char *translate_count(const struct translation *translation, const char *one,
                            const char *many, unsigned long count);

/* Each translation, and each form of one that counts; for a check of all. */
typedef void (*translation_seen)(void *data, const char *message, const char *form);
void translation_each(const struct translation *translation, translation_seen seen,
                      void *data);

/* Each text that is translated, of what counts both of its forms, without contexts. */
void
translation_each_message(const struct translation *translation,
                         void (*seen)(void *data, const char *message), void *data);

/* Marks a text for xgettext where it is not translated at once. */
#define N_(message) (message)
#define NC_(context, message) (message)
