#include <string.h>

#include "base/text.h"

#include "audit_rules.h"

#define SOFT_HYPHEN 0xAD /* within a word, where it may be broken */

/*
 * What is said of a page is in its language, or in Dutch and marked so. The words are
 * those that a voice would be given, one utterance after the other.
 */

struct hearing {
    struct look *look;
    const struct audit_words *words;
    int element; /* that is spoken of, -1 for the page itself */
};

/* Letters of every script; no digits, and no marks of direction. */
static bool
is_letter(uint32_t character)
{
    return (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z') ||
           (character >= 0xC0 && character <= 0x24F && character != 0xD7 &&
            character != 0xF7) ||
           (character >= 0x300 && character <= 0x52F) ||
           (character >= 0x610 && character <= 0x65F) ||
           (character >= 0x66E && character <= 0x6D3);
}

static bool
is_in_number(uint32_t character)
{
    return character >= '0' && character <= '9';
}

/* The next word from `*text` on, folded, "" at the end. What has a digit in it, a code,
 * or is one letter that is spelt, is no word. */
static void
next_word(const char **text, char word[AUDIT_WORD_BYTES])
{
    while (**text != '\0') {
        const char *from = *text, *end = from;
        bool number = false;
        size_t letters = 0;

        for (uint32_t character; (character = text_next(text)) != 0; end = *text) {
            if (!is_letter(character) && !is_in_number(character) &&
                character != '\'' && character != 0x2019 && character != SOFT_HYPHEN)
            {
                break;
            }
            letters += is_letter(character);
            number |= is_in_number(character);
        }
        if (letters > 1 && !number) {
            char whole[AUDIT_WORD_BYTES];

            text_copy(whole,
                      (size_t)(end - from) < sizeof(whole) ? (size_t)(end - from) + 1
                                                           : sizeof(whole),
                      from);
            text_fold(word, AUDIT_WORD_BYTES, whole);
            return;
        }
    }
    word[0] = '\0';
}

void
audit_each_word(const char *text, audit_word_seen seen, void *data)
{
    char word[AUDIT_WORD_BYTES];

    for (next_word(&text, word); word[0] != '\0'; next_word(&text, word)) {
        seen(data, word);
    }
}

static bool
has_dutch(const struct page *page, int element)
{
    for (size_t i = 0; i < page->count; i++) {
        if (((int)i == element || page->elements[i].parent == element) &&
            page_is_dutch(&page->elements[i]))
        {
            return true;
        }
    }
    return false;
}

/* Whose tongue it may be, when it is not the page's. */
static bool
may_be_in(const struct hearing *hearing, enum language language)
{
    const struct page *page = hearing->look->page;
    enum role role =
        hearing->element >= 0 ? page->elements[hearing->element].role : ROLE_LANGUAGE;

    return language == page->language || role == ROLE_LANGUAGE ||
           role == ROLE_LANGUAGE_CHOICE ||
           (language == LANGUAGE_NL && has_dutch(page, hearing->element));
}

static void
hear(void *data, enum language language, const char *text)
{
    const struct hearing *hearing = data;
    char word[AUDIT_WORD_BYTES];

    if (!may_be_in(hearing, language)) {
        audit_fail(hearing->look, AUDIT_LANGUAGE, hearing->element,
                   "\"%.60s\" is said in %s, and is not marked", text,
                   language_code(language));
    }
    for (const char *at = text; next_word(&at, word), word[0] != '\0';) {
        if (!hearing->words->knows(hearing->words->data, language, word)) {
            audit_fail(hearing->look, AUDIT_LANGUAGE, hearing->element,
                       "\"%s\" is no word of the texts in %s: \"%.80s\"", word,
                       language_code(language), text);
        }
    }
}

int
audit_language(struct audit *audit, const struct page *page,
               const struct audit_words *words, audit_found found, void *data)
{
    struct look look = {.audit = audit, .page = page, .found = found, .data = data};
    struct hearing hearing = {.look = &look, .words = words};
    const struct speech speech = {
        .words = &words->speech[page->language],
        .dutch = &words->speech[LANGUAGE_NL],
        .aloud = true, /* what the citizen typed is in no language */
        .say = hear,
        .data = &hearing,
    };

    for (int i = 0; i < (int)page->count; i++) {
        hearing.element = i;
        if (page_can_press(page, &page->elements[i])) {
            speech_focus(&speech, page, &page->elements[i]);
        } else {
            speech_element(&speech, page, &page->elements[i]);
        }
    }
    if (look.count == 0) { /* else the same is heard once more, of no element */
        hearing.element = -1;
        speech_page(&speech, page);
    }
    return look.count;
}
