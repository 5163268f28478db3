#pragma once

#include <stddef.h>

#include "base/text.h"
#include "catalogue/catalogue.h"

/*
 * Finding a product by the citizen's own words: names, synonyms and the search
 * words of the catalogue, folded (no accents, lower case), in the language given
 * and in Dutch. Whole words come first, then beginnings, then pieces of a longer
 * word ("vergunning"), then one letter wrong; what has all the words of the query
 * hides what has fewer. The same query gives the same order. Words are never kept.
 */

#define SEARCH_RESULTS_MAX 24

struct search_result {
    const struct product *product; /* exactly one of the two is set */
    const struct partner *partner;
};

/* Best first; returns how many. */
size_t search_find(const struct catalogue *catalogue, const char *words,
                   enum language language, struct search_result *results, size_t max);

/*
 * Where in a name, shown on a page of that language, the words stand: in order and
 * apart. Of Arabic, whose letters join, the whole word; and on a page from right to
 * left nothing else, since what is taken apart there would change places.
 */
size_t search_marks(const char *words, const char *text, enum language language,
                    struct text_span *spans, size_t max);
