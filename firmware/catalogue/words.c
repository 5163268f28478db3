#include <string.h>

#include "base/text.h"
#include "catalogue/reader.h"

/* Texts and search words in the languages of the catalogue. */

#define SEARCH_WORDS_MAX 40      /* of one product in one language */
#define SEARCH_CHARACTERS_MAX 60 /* "verklaring omtrent het gedrag" is one */

const char *
words_in(const struct words *words, enum language language, bool *fallback)
{
    const char *text = words->in[language];

    if (fallback != NULL) {
        *fallback = text == NULL && words->in[LANGUAGE_NL] != NULL;
    }
    if (text == NULL) {
        text = words->in[LANGUAGE_NL];
    }
    return text != NULL ? text : "";
}

/* The language that a member is for; reports one that the catalogue has not. */
static bool
member_language(struct reader *reader, const struct place *member,
                enum language *language)
{
    const struct catalogue *catalogue = reader->catalogue;

    if (language_from_code(member->name, language)) {
        if (catalogue->language_count == 0) {
            return true; /* the list itself is wrong: that has been said */
        }
        for (size_t i = 0; i < catalogue->language_count; i++) {
            if (catalogue->languages[i] == *language) {
                return true;
            }
        }
    }
    reader_problem(reader, member, "is not one of the languages of this catalogue");
    return false;
}

void
read_words(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    struct words *words = target;
    int max = field->max != 0 ? field->max : TEXT_CHARACTERS_MAX;
    char shown[VALUE_TEXT_BYTES];

    if (json_type(place->json) != JSON_OBJECT) {
        reader_problem(reader, place, "must be texts by language, not %s",
                       value_text(place->json, shown));
        return;
    }
    if (json_count(place->json) == 0 && (field->flags & FIELD_REQUIRED) == 0) {
        return;
    }
    if (json_member(place->json, "nl") == NULL) {
        reader_problem(reader, place, "has no Dutch text (nl)");
    }
    for (const struct json *json = json_first(place->json); json != NULL;
         json = json_next(json))
    {
        struct place member = {place, json_name(json), 0, json};
        enum language language;
        const char *text;

        if (!member_language(reader, &member, &language)) {
            continue;
        }
        text = reader_text(reader, &member, max);
        if (text == NULL) {
            continue;
        }
        words->in[language] = arena_copy_text(reader->arena, text);
        if (language == LANGUAGE_NL && reader->advise) {
            advise_plain_language(reader, &member, text);
        }
    }
}

static void
read_search_word(struct reader *reader, const struct place *place, void *owner,
                 void *item)
{
    const char *text = reader_text(reader, place, SEARCH_CHARACTERS_MAX);

    (void)owner;
    *(const char **)item = arena_copy_text(reader->arena, text != NULL ? text : "");
}

void
read_search_words(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
    static const struct list_shape shape = {
        .max = SEARCH_WORDS_MAX,
        .size = sizeof(const char *),
        .read = read_search_word,
    };
    struct search_words *search = target;
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (json_type(place->json) != JSON_OBJECT) {
        reader_problem(reader, place, "must be lists of words by language, not %s",
                       value_text(place->json, shown));
        return;
    }
    for (const struct json *json = json_first(place->json); json != NULL;
         json = json_next(json))
    {
        struct place member = {place, json_name(json), 0, json};
        enum language language;

        if (member_language(reader, &member, &language)) {
            search->in[language].words =
                reader_list(reader, &member, &shape, NULL, &search->in[language].count);
        }
    }
}
