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
        element->role == ROLE_PARTS || element->role == ROLE_PART ||
        element->role == ROLE_LEGEND || element->role == ROLE_COUNTDOWN)
    {
        return KIND_SILENT;
    }
    if ((element->flags & ELEMENT_TOUCH) == 0) {
        return KIND_READING;
    }
    return element->role == ROLE_BUTTON || element->role == ROLE_DOCK ||
                   element->role == ROLE_CHANGE || element->role == ROLE_CLEAR ||
                   element->role == ROLE_START || element->role == ROLE_MONTH_STEP
               ? KIND_BUTTON
               : KIND_CHOICE;
}

/* --- one thing that is said ------------------------------------------------------- */

/* Sentences one after the other; where the language changes another utterance begins.
 */
struct saying {
    const struct speech *speech;
    const struct page *page;
    enum language usual, language; /* of the page; of what is being added */
    bool kept;                     /* nothing is said of it: it is compared */
    char said[SPEECH_BYTES];
    struct text text;
};

static void
begin(struct saying *saying, const struct speech *speech, const struct page *page)
{
    saying->speech = speech;
    saying->page = page;
    saying->usual = saying->language = page->language;
    saying->kept = false;
    saying->text = text_begin(saying->said, sizeof(saying->said));
}

static void
finish(struct saying *saying)
{
    if (saying->text.length > 0 && !saying->kept) {
        saying->speech->say(saying->speech->data, saying->language, saying->said);
        saying->text = text_begin(saying->said, sizeof(saying->said));
    }
}

static void
add_in(struct saying *saying, enum language language, const char *more)
{
    struct text *text = &saying->text;

    if (more[0] == '\0') {
        return;
    }
    if (language != saying->language) {
        finish(saying);
        saying->language = language;
    }
    if (text->length > 0) {
        text_add(text,
                 strchr(".!?:", text->data[text->length - 1]) != NULL ? " " : ". ");
    }
    text_add(text, more);
}

static void
add(struct saying *saying, const char *more)
{
    add_in(saying, saying->usual, more);
}

/* --- one element ---------------------------------------------------------------- */

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
add_value(const struct element *element, struct saying *saying)
{
    const struct speech *speech = saying->speech;
    const struct speech_words *words = speech->words;
    char said[SPEECH_BYTES];

    if (element->value[0] == '\0') {
        add(saying, words->empty);
    } else if (speech->aloud && (element->flags & ELEMENT_PRIVATE) != 0) {
        add(saying,
            element->role == ROLE_FIELD
                ? wording_number(said, words->filled, (int)characters(element->value))
                : words->in_private);
    } else {
        if (element->role == ROLE_TICKET_CODE) {
            speech_code(said, sizeof(said), element->value, words);
        } else {
            speech_text(said, sizeof(said), element->value, words);
        }
        add(saying, said);
    }
}

/* The voice for a choice of language is its own: who looks for it may know no other. */
static enum language
language_of(const struct saying *saying, const struct element *element)
{
    static const char *const choices[] = {"language-", "choose-"};
    enum language language;

    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        if (text_starts_with(element->id, choices[i]) &&
            language_from_code(element->id + strlen(choices[i]), &language))
        {
            return language;
        }
    }
    return saying->usual;
}

static void
add_words(struct saying *saying, enum language language, const char *from,
          const char *end)
{
    const struct speech_words *words =
        language == LANGUAGE_NL ? saying->speech->dutch : saying->speech->words;
    char some[SPEECH_BYTES], said[SPEECH_BYTES];
    struct text text = text_begin(some, sizeof(some));

    text_add_bytes(&text, from, (size_t)(end - from));
    if (some[strspn(some, " .,;:\n")] != '\0') {
        speech_text(said, sizeof(said), some, words);
        add_in(saying, language, said);
    }
}

/* A text of the element: its numbers become words, and Dutch in it has the Dutch voice.
 */
static void
add_part(const struct element *element, const char *part, struct saying *saying)
{
    const char *mark;

    while ((mark = strstr(part, PAGE_DUTCH_MARK)) != NULL) {
        const char *dutch = page_dutch_start(saying->page, part, mark);

        add_words(saying, language_of(saying, element), part, dutch);
        add_words(saying, LANGUAGE_NL, dutch, mark);
        part = mark + strlen(PAGE_DUTCH_MARK);
    }
    add_words(saying, language_of(saying, element), part, part + strlen(part));
}

/* What is asked for, or a code: of what is in it, aloud not everything is said. */
static void
add_held(const struct element *element, struct saying *saying)
{
    bool hidden = saying->speech->aloud && (element->flags & ELEMENT_PRIVATE) != 0;

    add_part(element, element->label, saying);
    if (element->role == ROLE_FIELD) {
        add(saying, saying->speech->words->field);
    }
    add_value(element, saying);
    if (!hidden) {
        add_part(element, element->detail, saying);
    }
}

static void
add_element(const struct element *element, struct saying *saying)
{
    char whole[SPEECH_BYTES];
    bool read = element->role == ROLE_PARAGRAPH; /* all of it is what it says */
    bool private = (element->flags & ELEMENT_PRIVATE) != 0;

    if (read && private && saying->speech->aloud) {
        add(saying, saying->speech->words->in_private);
    } else if ((private && !read) || element->role == ROLE_FIELD ||
               element->role == ROLE_TICKET_CODE)
    {
        add_held(element, saying);
    } else if (element->role == ROLE_PAGING) {
        snprintf(whole, sizeof(whole), "%s %s", saying->speech->words->part,
                 element->label);
        add_part(element, whole, saying);
    } else if (element->spoken != NULL) {
        add_part(element, element->spoken, saying);
    } else {
        add_part(element, element->label, saying);
        /* The words for a time bring its own; what stands under a month is told above;
         * what a key types is what is on it. */
        if (element->role != ROLE_TICKET_TIME && element->role != ROLE_MONTH &&
            element->role != ROLE_KEY)
        {
            add_part(element, element->value, saying);
            add_part(element, element->extra, saying);
            add_part(element, element->detail, saying);
        }
    }
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
add_facts(const struct page *page, const struct element *element, struct saying *saying)
{
    for (size_t i = 0; i < page->count; i++) {
        if (is_under(page, &page->elements[i], element) &&
            kind_of(&page->elements[i]) == KIND_READING)
        {
            add_element(&page->elements[i], saying);
        }
    }
}

/* Those beside it between which one chooses. */
static void
add_position(const struct page *page, const struct element *element,
             struct saying *saying)
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
        add(saying, wording_fill(said, saying->speech->words->position, at_text,
                                 all_text, NULL));
    }
}

static void
add_state(const struct element *element, struct saying *saying)
{
    if ((element->flags & ELEMENT_SELECTED) != 0) {
        add(saying, saying->speech->words->chosen);
    }
    if ((element->flags & ELEMENT_DISABLED) != 0) {
        add(saying, saying->speech->words->unavailable);
    }
}

/* Where the focus is: what is called so. */
static void
add_name(const struct page *page, const struct element *element, struct saying *saying)
{
    add_element(element, saying);
    add_facts(page, element, saying);
}

/* And what it is. */
static void
add_kind(const struct page *page, const struct element *element, struct saying *saying)
{
    enum kind kind = kind_of(element);

    if (kind == KIND_BUTTON) {
        add(saying, saying->speech->words->button);
    } else if (kind == KIND_CHOICE) {
        add(saying, saying->speech->words->choice);
    }
    if (kind != KIND_FIELD) {
        add_state(element, saying);
    }
    if (kind == KIND_CHOICE || kind == KIND_FIELD) {
        add_position(page, element, saying);
    }
}

/* --- a page --------------------------------------------------------------------- */

void
speech_element(const struct speech *speech, const struct page *page,
               const struct element *element)
{
    struct saying saying;

    begin(&saying, speech, page);
    add_element(element, &saying);
    finish(&saying);
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
    struct saying saying;

    begin(&saying, speech, page);
    add(&saying, speech->words->mistake);
    add_part(element, element->label, &saying);
    add_part(element, element->detail, &saying);
    finish(&saying);
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
            speech_element(speech, page, element);
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
    struct saying saying;

    if (element == NULL) {
        return;
    }
    begin(&saying, speech, page);
    add_name(page, element, &saying);
    add_kind(page, element, &saying);
    finish(&saying);
}

/* What is told of it when it changes. */
static void
add_news(const struct page *page, const struct element *element, bool focused,
         struct saying *saying)
{
    if (element->role == ROLE_FIELD) {
        add_value(element, saying); /* it is being typed: its name is known */
        return;
    }
    add_name(page, element, saying);
    if (focused) {
        add_kind(page, element, saying);
    }
}

/* All of it in one, "" for nothing: to compare by. */
static void
keep_news(const struct speech *speech, const struct page *page,
          const struct element *element, bool focused, struct saying *saying)
{
    begin(saying, speech, page);
    saying->kept = true;
    if (element != NULL) {
        add_news(page, element, focused, saying);
    }
}

static void
say_change(const struct speech *speech, const struct page *before,
           const struct page *page, const struct element *element, bool focused)
{
    const struct element *old = page_find(before, element->id);
    bool begun = page_is_field_begun(before, element);
    struct saying was, is;

    keep_news(speech, before, old, focused, &was);
    keep_news(speech, page, element, focused, &is);
    if (!begun && text_equal(was.said, is.said)) {
        return;
    }
    if (element->role == ROLE_FIELD &&
        (begun || old == NULL || is_mistake(old) < is_mistake(element)))
    {
        speech_element(speech, page, element); /* another field, or wrong by now */
    } else if (focused && element->role != ROLE_FIELD) {
        speech_focus(speech, page, element);
    } else {
        begin(&is, speech, page);
        add_news(page, element, focused, &is);
        finish(&is);
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
