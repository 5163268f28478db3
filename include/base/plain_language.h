#pragma once

/*
 * Dutch that everybody can read (level B1): sentences of at most fifteen words, and
 * none of the words that only an office uses. What a machine can't judge, such as a
 * passive or a clause within a clause, is left to people.
 */

#define PLAIN_SENTENCE_WORDS_MAX 15

/* `what` says it whole: "\"indien\" can be said as \"als\"". */
typedef void (*plain_language_found)(void *data, const char *what);

/* Each fault of `text`, in its order. Stars that mark bold are no letters. */
void plain_language_check(const char *text, plain_language_found found, void *data);
