#pragma once

#include "base/error.h"
#include "base/translation.h"
#include "catalogue/catalogue.h"
#include "ui/audit.h"

/*
 * The words of each language that a kiosk's texts are made of: those of the screens'
 * translations and of a catalogue. Names, streets and addresses are words of every
 * language.
 */

struct vocabulary;

/* Of the catalogue in the file at `path`, and the translations that are there. NULL
 * when it can't be read. */
struct vocabulary *
vocabulary_create(const char *path,
                  struct translation *const translations[LANGUAGE_COUNT],
                  struct error *error);
void vocabulary_destroy(struct vocabulary *vocabulary); /* NULL is fine */

/* As audit_words asks; `vocabulary` is a struct vocabulary. */
bool vocabulary_knows(void *vocabulary, enum language language, const char *word);
