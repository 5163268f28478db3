#include "ui/speech.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/wording.h"

enum kind {
    KIND_READING,
    KIND_BUTTON,
    KIND_CHOICE,
    KIND_FIELD,
    KIND_KEY,
    KIND_SILENT, /* what it says, something else says too */
};

static enum kind
kind_of(const struct element *element)
{
    if (element->role == ROLE_FIELD) {
        return KIND_FIELD;
    }
    if (element->role == ROLE_KEY) {
        return element->value[0] != '\0' ? KIND_KEY : KIND_BUTTON;
    }
    if (element->role == ROLE_WEEKDAYS || element->role == ROLE_WEEKDAY ||
        element->role == ROLE_LEGEND || element->role == ROLE_COUNTDOWN)
    {
        return KIND_SILENT;
    }
    if ((element->flags & ELEMENT_TOUCH) == 0) {
        return KIND_READING;
    }
    return element->role == ROLE_BUTTON || element->role == ROLE_DOCK ||
                   element->role == ROLE_CHANGE || element->role == ROLE_START ||
                   element->role == ROLE_MONTH_STEP
               ? KIND_BUTTON
               : KIND_CHOICE;
}

/* --- one element ---------------------------------------------------------------- */

static void
add(struct text *text, const char *more)
{
    if (more[0] == '\0') {
        return;
    }
    if (text->length > 0) {
        text_add(text,
                 strchr(".!?:", text->data[text->length - 1]) != NULL ? " " : ". ");
    }
    text_add(text, more);
}

static size_t
characters(const char *text)
{
    size_t count = 0;

    for (uint32_t character; (character = text_next(&text)) != 0;) {
        count += character != ' ' && character != 0xA0;
    }
    return count;
}

/* What is in a field, or behind the word for a code. */
static void
add_value(const struct speech *speech, const struct element *element, struct text *text)
{
    const struct speech_words *words = speech->words;
    char said[SPEECH_BYTES];

    if (element->value[0] == '\0') {
        add(text, words->empty);
    } else if (speech->aloud && (element->flags & ELEMENT_PRIVATE) != 0) {
        add(text,
            element->role == ROLE_FIELD
                ? wording_number(said, words->filled, (int)characters(element->value))
                : words->in_private);
    } else {
        if (element->role == ROLE_TICKET_CODE) {
            speech_code(said, sizeof(said), element->value, words);
        } else {
            speech_text(said, sizeof(said), element->value, words);
        }
        add(text, said);
    }
}

static const struct speech_words *
words_of(const struct speech *speech, const struct element *element)
{
    return page_is_dutch(element) ? speech->dutch : speech->words;
}

/* The voice for it. Of a choice of language its own: who looks for it may know no
 * other. */
static enum language
language_of(const struct page *page, const struct element *element)
{
    static const char *const choices[] = {"language-", "choose-"};
    enum language language;

    if (page_is_dutch(element)) {
        return LANGUAGE_NL;
    }
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        if (text_starts_with(element->id, choices[i]) &&
            language_from_code(element->id + strlen(choices[i]), &language))
        {
            return language;
        }
    }
    return page->language;
}

/* What of an element is said, before numbers become words. */
static void
text_of(const struct speech *speech, const struct element *element,
        char whole[SPEECH_BYTES])
{
    struct text text = text_begin(whole, SPEECH_BYTES);

    if (element->role == ROLE_PAGING) {
        text_format(&text, "%s %s", speech->words->part, element->label);
    } else if (element->spoken == NULL &&
               (element->role == ROLE_TICKET_TIME || element->role == ROLE_MONTH ||
                element->role == ROLE_KEY))
    {
        /* The words for a time bring its own; what stands under a month is told above;
         * what a key types is what is on it. */
        text_add(&text, element->label);
    } else {
        page_speak(element, whole, SPEECH_BYTES);
    }
}

/* What is asked for, or a code: of what is in it, aloud not everything is said. */
static void
add_held(const struct speech *speech, const struct element *element, struct text *text)
{
    bool hidden = speech->aloud && (element->flags & ELEMENT_PRIVATE) != 0;
    char said[SPEECH_BYTES];

    speech_text(said, sizeof(said), element->label, speech->words);
    add(text, said);
    if (element->role == ROLE_FIELD) {
        add(text, speech->words->field);
    }
    add_value(speech, element, text);
    if (!hidden) {
        speech_text(said, sizeof(said), element->detail, speech->words);
        add(text, said);
    }
}

static void
add_element(const struct speech *speech, const struct element *element,
            struct text *text)
{
    char whole[SPEECH_BYTES], said[SPEECH_BYTES];

    if ((element->flags & ELEMENT_PRIVATE) != 0 || element->role == ROLE_FIELD ||
        element->role == ROLE_TICKET_CODE)
    {
        add_held(speech, element, text);
        return;
    }
    text_of(speech, element, whole);
    speech_text(said, sizeof(said), whole, words_of(speech, element));
    add(text, said);
}

static bool
is_under(const struct page *page, const struct element *element,
         const struct element *holder)
{
    return element->parent != PAGE_NO_PARENT &&
           &page->elements[element->parent] == holder;
}

/* What a choice is made by: the price and the wait of a channel. */
static void
add_facts(const struct speech *speech, const struct page *page,
          const struct element *element, struct text *text)
{
    for (size_t i = 0; i < page->count; i++) {
        if (is_under(page, &page->elements[i], element) &&
            kind_of(&page->elements[i]) == KIND_READING)
        {
            add_element(speech, &page->elements[i], text);
        }
    }
}

/* Those beside it between which one chooses. */
static void
add_position(const struct speech *speech, const struct page *page,
             const struct element *element, struct text *text)
{
    char said[WORDING_BYTES], at_text[16], all_text[16];
    int at = 0, all = 0;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *other = &page->elements[i];

        if (other->role == element->role && other->slot == element->slot &&
            other->parent == element->parent && page_can_press(page, other))
        {
            all++;
            at = other == element ? all : at;
        }
    }
    if (all > 1 && at > 0) {
        snprintf(at_text, sizeof(at_text), "%d", at);
        snprintf(all_text, sizeof(all_text), "%d", all);
        add(text, wording_fill(said, speech->words->position, at_text, all_text, NULL));
    }
}

static void
add_state(const struct speech *speech, const struct element *element, struct text *text)
{
    if ((element->flags & ELEMENT_SELECTED) != 0) {
        add(text, speech->words->chosen);
    }
    if ((element->flags & ELEMENT_DISABLED) != 0) {
        add(text, speech->words->unavailable);
    }
}

/* Where the focus is: what is called so. */
static void
describe_name(const struct speech *speech, const struct page *page,
              const struct element *element, struct text *text)
{
    add_element(speech, element, text);
    add_facts(speech, page, element, text);
}

/* And what it is. */
static void
describe_kind(const struct speech *speech, const struct page *page,
              const struct element *element, struct text *text)
{
    enum kind kind = kind_of(element);

    if (kind == KIND_BUTTON) {
        add(text, speech->words->button);
    } else if (kind == KIND_CHOICE) {
        add(text, speech->words->choice);
    }
    if (kind != KIND_FIELD) {
        add_state(speech, element, text);
    }
    if (kind == KIND_CHOICE || kind == KIND_FIELD) {
        add_position(speech, page, element, text);
    }
}

/* --- a page --------------------------------------------------------------------- */

static void
say_element(const struct speech *speech, const struct page *page,
            const struct element *element)
{
    char said[SPEECH_BYTES];
    struct text text = text_begin(said, sizeof(said));

    add_element(speech, element, &text);
    if (text.length > 0) {
        speech->say(speech->data, language_of(page, element), said);
    }
}

static bool
is_mistake(const struct element *element)
{
    return (element->flags & ELEMENT_ERROR) != 0 && element->detail[0] != '\0';
}

static void
say_mistake(const struct speech *speech, const struct page *page,
            const struct element *element)
{
    char label[SPEECH_BYTES], detail[SPEECH_BYTES], said[SPEECH_BYTES];
    struct text text = text_begin(said, sizeof(said));

    speech_text(label, sizeof(label), element->label, speech->words);
    speech_text(detail, sizeof(detail), element->detail, speech->words);
    add(&text, speech->words->mistake);
    add(&text, label);
    add(&text, detail);
    speech->say(speech->data, page->language, said);
}

/* Is read by itself: not under something that is chosen, nor behind a question. */
static bool
is_read(const struct page *page, const struct element *element)
{
    const struct element *holder =
        element->parent != PAGE_NO_PARENT ? &page->elements[element->parent] : NULL;

    if ((element->flags & ELEMENT_TOUCH) != 0 || kind_of(element) == KIND_SILENT) {
        return false;
    }
    if (holder != NULL && (holder->flags & ELEMENT_TOUCH) != 0) {
        return false;
    }
    return !page_has_overlay(page) || element->slot == SLOT_OVERLAY;
}

static void
say_choices(const struct speech *speech, const struct page *page)
{
    char said[WORDING_BYTES];
    int count = 0;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        count += element->slot != SLOT_DOCK && element->role != ROLE_KEY &&
                 page_can_press(page, element);
    }
    if (count > 1) {
        speech->say(speech->data, page->language,
                    wording_number(said, speech->words->choices, count));
    }
}

static void
say_step(const struct speech *speech, const struct page *page)
{
    char said[SPEECH_BYTES];
    struct text text = text_begin(said, sizeof(said));

    if (page->step_count > 0 && !page_has_overlay(page)) {
        text_format(&text, "%s %s", page->step_text, page->step_name);
        speech->say(speech->data, page->language, said);
    }
}

void
speech_page(const struct speech *speech, const struct page *page)
{
    bool titled = false;

    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        for (size_t i = 0; i < page->count; i++) {
            const struct element *element = &page->elements[i];

            if (element->slot != (enum slot)slot || !is_read(page, element)) {
                continue;
            }
            say_element(speech, page, element);
            if (!titled && element->role == ROLE_TITLE) {
                say_step(speech, page);
                titled = true;
            }
        }
    }
    for (size_t i = 0; i < page->count; i++) {
        if (is_mistake(&page->elements[i]) && !page_has_overlay(page)) {
            say_mistake(speech, page, &page->elements[i]);
        }
    }
    say_choices(speech, page);
}

void
speech_focus(const struct speech *speech, const struct page *page,
             const struct element *element)
{
    char said[SPEECH_BYTES];
    struct text text = text_begin(said, sizeof(said));
    enum language language;

    if (element == NULL) {
        return;
    }
    language = language_of(page, element);
    describe_name(speech, page, element, &text);
    if (language != page->language) {
        speech->say(speech->data, language, said);
        text = text_begin(said, sizeof(said));
    }
    describe_kind(speech, page, element, &text);
    speech->say(speech->data, page->language, said);
}

/* What would be said of it, "" for nothing: to compare by. */
static void
say_into(const struct speech *speech, const struct page *page,
         const struct element *element, bool focused, char said[SPEECH_BYTES])
{
    struct text text = text_begin(said, SPEECH_BYTES);

    if (element == NULL) {
        return;
    }
    if (element->role == ROLE_FIELD) {
        add_value(speech, element, &text); /* it is being typed: its name is known */
        return;
    }
    describe_name(speech, page, element, &text);
    if (focused) {
        describe_kind(speech, page, element, &text);
    }
}

static void
say_change(const struct speech *speech, const struct page *before,
           const struct page *page, const struct element *element, bool focused)
{
    const struct element *old = page_find(before, element->id);
    char was[SPEECH_BYTES], is[SPEECH_BYTES];

    say_into(speech, before, old, focused, was);
    say_into(speech, page, element, focused, is);
    if (text_equal(was, is)) {
        return;
    }
    if (element->role == ROLE_FIELD &&
        (old == NULL || is_mistake(old) < is_mistake(element)))
    {
        say_element(speech, page, element); /* another field, or wrong by now */
    } else if (focused && element->role != ROLE_FIELD) {
        speech_focus(speech, page, element);
    } else {
        speech->say(speech->data, language_of(page, element), is);
    }
}

void
speech_changes(const struct speech *speech, const struct page *before,
               const struct page *page, const struct element *focused)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];
        const struct element *old = page_find(before, element->id);

        if (is_mistake(element) && (old == NULL || !is_mistake(old))) {
            say_mistake(speech, page, element);
        }
        /* A field is told of wherever the focus is: it is what the keys are for. */
        if (element != focused &&
            (is_read(page, element) || element->role == ROLE_FIELD)) {
            say_change(speech, before, page, element, false);
        }
    }
    if (focused != NULL) {
        say_change(speech, before, page, focused, true);
    }
}
