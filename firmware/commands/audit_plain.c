#include "audit_plain.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/plain_language.h"
#include "catalogue/catalogue_check.h"
#include "catalogue/catalogue_store.h"

struct text_at_hand {
    const char *message;
    size_t *count;
};

static void
print_fault(void *data, const char *what)
{
    const struct text_at_hand *text = data;

    printf("nl.po: plain-language: \"%s\": %s\n", text->message, what);
    (*text->count)++;
}

static void
check_form(void *data, const char *message, const char *form)
{
    plain_language_check(form, print_fault, &(struct text_at_hand){message, data});
}

void
audit_plain_texts(const struct translation *dutch, size_t *count)
{
    translation_each(dutch, check_form, count);
}

bool
audit_plain_catalogue(const char *path, size_t *count, struct error *error)
{
    struct catalogue_problems problems;
    size_t length;
    char *text = file_read(path, CATALOGUE_BYTES_MAX, &length, error);

    if (text == NULL) {
        return false;
    }
    catalogue_destroy(catalogue_check(text, length, true, &problems));
    free(text);
    for (size_t i = 0; i < problems.count; i++) {
        printf("%s:%d: plain-language: %s\n", path, problems.list[i].line,
               problems.list[i].sentence);
    }
    *count += problems.advice_count;
    catalogue_problems_finish(&problems);
    return true;
}
