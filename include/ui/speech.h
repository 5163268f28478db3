#pragma once

#include <stdbool.h>

#include "base/language.h"
#include "ui/page.h"

/*
 * What a page says to who does not see it, from its description alone. Icons, legends
 * and what only stands over columns are silent: an element says in words what its
 * icon shows. A voice reads times, prices, phone numbers and codes wrong; here they
 * become words.
 *
 * Aloud, for everybody around, nothing private is said: of a field only that something
 * is in it, of a code only that there is one.
 */

#define SPEECH_BYTES 2048 /* of one utterance */

/* What is said beside the texts of a page, in its language. */
struct speech_words {
    const char *button, *choice, *field; /* what kind of thing it is */
    const char *chosen, *unavailable, *empty;
    const char *filled;        /* "Ingevuld: {1} tekens" */
    const char *in_private;    /* "Met koptelefoon hoort u dit" */
    const char *position;      /* "{1} van {2}" */
    const char *part;          /* "deel", before "1 van 3" */
    const char *choices;       /* "Hier te kiezen: {1}" */
    const char *mistake;       /* "Fout" */
    const char *time, *hour;   /* "{1} uur {2}", "{1} uur" */
    const char *price, *whole; /* "{1} euro {2}", "{1} euro" */
    const char *letter;        /* "{1} van {2}" */
    const char *alphabet;      /* 26 words with spaces between them, from A */
    /* How the page writes them: "uur" before or behind a time, "€", "ma". */
    char time_word[24], currency[24];
    const char *weekday_short[7], *weekday[7];
};

struct speech {
    const struct speech_words *words; /* in the page's language */
    const struct speech_words *dutch; /* of texts that are there in Dutch only */
    bool aloud;
    /* One after the other; a copy is the listener's business. */
    void (*say)(void *data, enum language language, const char *text);
    void *data;
};

/* A page that has come: its title and step, mistakes, all there is to read, and how
 * much there is to choose from. Of a page with a question over it, the question. */
void speech_page(const struct speech *speech, const struct page *page);

/* One element as it is read with its page. */
void speech_element(const struct speech *speech, const struct page *page,
                    const struct element *element);

/* Where the keys' focus is: what it is called, is, and holds, its state, and which of
 * how many. `element` may be NULL. */
void speech_focus(const struct speech *speech, const struct page *page,
                  const struct element *element);

/* What has become different on the same page, but for a countdown. */
void speech_changes(const struct speech *speech, const struct page *before,
                    const struct page *page, const struct element *focused);

/* A text as it is said: of times, prices, phone numbers and weekdays the words. */
void speech_text(char *target, size_t size, const char *source,
                 const struct speech_words *words);
/* A code, letter by letter: "H van Hendrik, 7, K van Karel". */
void speech_code(char *target, size_t size, const char *code,
                 const struct speech_words *words);
