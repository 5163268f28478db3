#include "ui/page.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

void
page_begin(struct page *page, enum page_shape shape, const char *screen,
           enum language language)
{
    memset(page, 0, offsetof(struct page, elements));
    page->shape = shape;
    text_copy(page->screen, sizeof(page->screen), screen);
    page->language = language;
    page->name_lines[0] = page->name_lines[1] = page->place = page->clock = "";
    page->step_name = page->step_text = "";
    page->part_count = page->overlay_part_count = 1;
    page->paging = (struct paging_words){"", "", "", "", "", "", 0, 0};
    page->count = 0;
    page->pool_length = 0;
}

const char *
page_text(struct page *page, const char *text)
{
    size_t bytes;
    char *copy;

    if (text == NULL || text[0] == '\0') {
        return "";
    }
    bytes = strlen(text) + 1;
    assert(page->pool_length + bytes <= sizeof(page->pool));
    copy = page->pool + page->pool_length;
    memcpy(copy, text, bytes);
    page->pool_length += bytes;
    return copy;
}

const char *
page_format(struct page *page, const char *format, ...)
{
    size_t room = sizeof(page->pool) - page->pool_length;
    char *target = page->pool + page->pool_length;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(target, room, format, arguments);
    va_end(arguments);
    assert(length >= 0 && (size_t)length < room);
    page->pool_length += (size_t)length + 1;
    return target;
}

struct element *
page_add(struct page *page, enum slot slot, enum role role, const char *id,
         const char *label)
{
    struct element *element = &page->elements[page->count];

    assert(page->count < PAGE_ELEMENTS_MAX);
    assert(strlen(id) < PAGE_ID_BYTES);
    assert(page_find(page, id) == NULL);
    *element = (struct element){
        .role = role,
        .slot = slot,
        .parent = PAGE_NO_PARENT,
        .label = page_text(page, label),
        .detail = "",
        .value = "",
        .extra = "",
    };
    text_copy(element->id, sizeof(element->id), id);
    page->count++;
    return element;
}

struct element *
page_add_action(struct page *page, enum slot slot, enum role role, const char *id,
                const char *label, struct action action)
{
    struct element *element = page_add(page, slot, role, id, label);

    assert(action.verb > 0);
    element->action = action;
    element->flags = ELEMENT_TOUCH;
    return element;
}

void
page_put_under(struct page *page, struct element *child, const struct element *parent)
{
    assert(parent < child && parent >= page->elements);
    child->parent = (int)(parent - page->elements);
}

void
page_keep(struct page *page, const bool keep[PAGE_ELEMENTS_MAX])
{
    int moved_to[PAGE_ELEMENTS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[count];

        if (!keep[i]) {
            moved_to[i] = PAGE_NO_PARENT;
            continue;
        }
        *element = page->elements[i];
        if (element->parent != PAGE_NO_PARENT) {
            element->parent = moved_to[element->parent];
            assert(element->parent != PAGE_NO_PARENT);
        }
        moved_to[i] = (int)count++;
    }
    page->count = count;
}

/* Swaps the element with the one before it; nothing belongs to both. */
static void
swap_with_one_before(struct page *page, size_t index)
{
    struct element one = page->elements[index];

    page->elements[index] = page->elements[index - 1];
    page->elements[index - 1] = one;
    for (size_t i = 0; i < page->count; i++) {
        int *parent = &page->elements[i].parent;

        if (*parent == (int)index) {
            *parent = (int)index - 1;
        } else if (*parent == (int)index - 1) {
            *parent = (int)index;
        }
    }
}

void
page_move(struct page *page, size_t from, size_t before)
{
    assert(before <= from && from < page->count);
    for (size_t i = from; i > before; i--) {
        assert(page->elements[i].parent != (int)i - 1);
        swap_with_one_before(page, i);
    }
}

const struct element *
page_find(const struct page *page, const char *id)
{
    for (size_t i = 0; i < page->count; i++) {
        if (strcmp(page->elements[i].id, id) == 0) {
            return &page->elements[i];
        }
    }
    return NULL;
}

int
page_count_of(const struct page *page, enum role role)
{
    int count = 0;

    for (size_t i = 0; i < page->count; i++) {
        count += page->elements[i].role == role;
    }
    return count;
}

bool
page_is_field_begun(const struct page *before, const struct element *element)
{
    const struct element *old = page_find(before, element->id);

    return element->role == ROLE_FIELD && (element->flags & ELEMENT_SELECTED) != 0 &&
           (old == NULL || (old->flags & ELEMENT_SELECTED) == 0);
}

bool
page_has_overlay(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].slot == SLOT_OVERLAY) {
            return true;
        }
    }
    return false;
}

bool
page_can_press(const struct page *page, const struct element *element)
{
    if ((element->flags & ELEMENT_TOUCH) == 0 ||
        (element->flags & ELEMENT_DISABLED) != 0) {
        return false;
    }
    return element->slot == SLOT_OVERLAY || element->slot == SLOT_DOCK ||
           !page_has_overlay(page);
}

const struct element *
page_next_focus(const struct page *page, const struct element *from, int direction)
{
    int count = (int)page->count;
    int at = direction > 0 ? -1 : count;

    if (from != NULL) {
        at = (int)(from - page->elements);
    }
    for (int tried = 0; tried < count; tried++) {
        at = (at + direction + count) % count;
        if (page_can_press(page, &page->elements[at])) {
            return &page->elements[at];
        }
    }
    return NULL;
}

static bool
is_in_row(const struct element *element, const struct element *from)
{
    return element->role == ROLE_KEY && from->role == ROLE_KEY &&
           element->parent == from->parent && element->number == from->number;
}

const struct element *
page_next_row(const struct page *page, const struct element *from, int direction)
{
    const struct element *at = page_next_focus(page, from, direction);

    if (from == NULL) {
        return at;
    }
    while (at != NULL && at != from && is_in_row(at, from)) {
        at = page_next_focus(page, at, direction);
    }
    for (size_t i = 0; at != NULL && i < page->count; i++) {
        if (is_in_row(&page->elements[i], at) &&
            page_can_press(page, &page->elements[i])) {
            return &page->elements[i];
        }
    }
    return at;
}

/* Stars and marks are for the eye: they are not said. */
static void
speak_plain(struct text *text, const char *part)
{
    static const char *const silent[] = {"**", PAGE_DUTCH_MARK};

    while (*part != '\0') {
        size_t skipped = 0;

        for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
            skipped = text_starts_with(part, silent[i]) ? strlen(silent[i]) : skipped;
        }
        if (skipped == 0) {
            text_add_bytes(text, part++, 1);
        }
        part += skipped;
    }
}

static void
speak_part(struct text *text, const char *part)
{
    if (part[0] == '\0') {
        return;
    }
    if (text->length > 0) {
        bool ended = strchr(".!?:", text->data[text->length - 1]) != NULL;

        text_add(text, ended ? " " : ". ");
    }
    speak_plain(text, part);
}

const char *
page_dutch(struct page *page, const char *text)
{
    const char *kept = page_format(page, "%s" PAGE_DUTCH_MARK, text);

    if (page->dutch_count < PAGE_DUTCH_MAX) {
        page->dutch[page->dutch_count++] = (unsigned short)(kept - page->pool);
    }
    return kept;
}

const char *
page_dutch_start(const struct page *page, const char *text, const char *mark)
{
    const char *start = mark;

    for (size_t i = 0; i < page->dutch_count; i++) {
        const char *dutch = page->pool + page->dutch[i];
        size_t length = strlen(dutch) - strlen(PAGE_DUTCH_MARK);

        if (length <= (size_t)(mark - text) && length > (size_t)(mark - start) &&
            memcmp(mark - length, dutch, length) == 0)
        {
            start = mark - length;
        }
    }
    return start != mark ? start : text;
}

bool
page_is_dutch(const struct element *element)
{
    const char *const parts[] = {element->spoken, element->label, element->value,
                                 element->extra, element->detail};

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i] != NULL && strstr(parts[i], PAGE_DUTCH_MARK) != NULL) {
            return true;
        }
    }
    return false;
}

void
page_speak(const struct element *element, char *target, size_t size)
{
    struct text text = text_begin(target, size);

    if (element->spoken != NULL) {
        speak_plain(&text, element->spoken);
        return;
    }
    speak_part(&text, element->label);
    speak_part(&text, element->value);
    speak_part(&text, element->extra);
    speak_part(&text, element->detail);
}

static const char *const role_names[ROLE_ROLE_COUNT] = {
    [ROLE_GREETING] = "greeting",
    [ROLE_TITLE] = "title",
    [ROLE_SUBTITLE] = "subtitle",
    [ROLE_STAGE_FACT] = "stage-fact",
    [ROLE_START] = "start",
    [ROLE_LANGUAGES] = "languages",
    [ROLE_LANGUAGE] = "language",
    [ROLE_LANGUAGE_CHOICE] = "language-choice",
    [ROLE_TILE] = "tile",
    [ROLE_ROW] = "row",
    [ROLE_CHANNEL] = "channel",
    [ROLE_LOCATION] = "location",
    [ROLE_PLACE] = "place",
    [ROLE_PLACE_CHANGE] = "place-change",
    [ROLE_MONTH] = "month",
    [ROLE_MONTH_STEP] = "month-step",
    [ROLE_DAY] = "day",
    [ROLE_TIME] = "time",
    [ROLE_COUNT_CHIP] = "count",
    [ROLE_SEGMENTS] = "segments",
    [ROLE_SEGMENT] = "segment",
    [ROLE_OPTION] = "option",
    [ROLE_FACE] = "face",
    [ROLE_RADIO] = "radio",
    [ROLE_FIELD] = "field",
    [ROLE_CLEAR] = "clear",
    [ROLE_KEYBOARD] = "keyboard",
    [ROLE_KEY_PAD] = "key-pad",
    [ROLE_KEY] = "key",
    [ROLE_BUTTON] = "button",
    [ROLE_PAGING] = "paging",
    [ROLE_FACT] = "fact",
    [ROLE_FACT_CARD] = "fact-card",
    [ROLE_PARTS] = "parts",
    [ROLE_PART] = "part",
    [ROLE_CARD] = "card",
    [ROLE_BULLET] = "bullet",
    [ROLE_HEADING] = "heading",
    [ROLE_CHECK] = "check",
    [ROLE_PARAGRAPH] = "paragraph",
    [ROLE_SUMMARY] = "summary",
    [ROLE_CHANGE] = "change",
    [ROLE_MILESTONE] = "milestone",
    [ROLE_MESSAGE] = "message",
    [ROLE_SECTION] = "section",
    [ROLE_HEADLINE] = "headline",
    [ROLE_WEEKDAYS] = "weekdays",
    [ROLE_WEEKDAY] = "weekday",
    [ROLE_LEGEND] = "legend",
    [ROLE_APPOINTMENT] = "appointment",
    [ROLE_SCAN] = "scan",
    [ROLE_SUM] = "sum",
    [ROLE_HAND_OVER] = "hand-over",
    [ROLE_QR] = "qr",
    [ROLE_STEP] = "step",
    [ROLE_TYPED] = "typed",
    [ROLE_TICKET] = "ticket",
    [ROLE_TICKET_DAY] = "ticket-day",
    [ROLE_TICKET_TIME] = "ticket-time",
    [ROLE_TICKET_PLACE] = "ticket-place",
    [ROLE_TICKET_CODE] = "ticket-code",
    [ROLE_NUMBER] = "number",
    [ROLE_OPENING] = "opening",
    [ROLE_NEARBY] = "nearby",
    [ROLE_ROUTE] = "route",
    [ROLE_CALL] = "call",
    [ROLE_SLIP] = "slip",
    [ROLE_SERVICE] = "service",
    [ROLE_COUNTDOWN] = "countdown",
    [ROLE_NOTE] = "note",
    [ROLE_DOCK] = "dock",
};

const char *
role_name(enum role role)
{
    return role_names[role];
}

static void
trace_flags(struct text *text, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = {
        {ELEMENT_PRIMARY, "primary"},   {ELEMENT_SELECTED, "selected"},
        {ELEMENT_DISABLED, "disabled"}, {ELEMENT_RECOMMENDED, "recommended"},
        {ELEMENT_DANGER, "danger"},     {ELEMENT_ERROR, "error"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if ((flags & words[i].flag) != 0) {
            text_format(text, " %s", words[i].word);
        }
    }
}

static void
trace_marks(struct text *text, const struct element *element)
{
    const char *before = " (marked: ";

    for (size_t i = 0; i < PAGE_MARKS_MAX && element->marks[i].length > 0; i++) {
        text_add(text, before);
        text_add_bytes(text, element->label + element->marks[i].start,
                       element->marks[i].length);
        before = ", ";
    }
    text_add(text, element->marks[0].length > 0 ? ")" : "");
}

static void
trace_element(struct text *text, const struct element *element)
{
    const char *parts[] = {element->label, element->value, element->extra,
                           element->detail};
    const char *before = ": ";

    text_format(text, "%s%s %s", element->parent != PAGE_NO_PARENT ? "    " : "  ",
                role_name(element->role), element->id);
    trace_flags(text, element->flags);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i][0] != '\0') {
            text_format(text, "%s%s", before, parts[i]);
            before = " | ";
        }
    }
    trace_marks(text, element);
    if (element->spoken != NULL) {
        text_format(text, " (spoken: %s)", element->spoken);
    }
    text_add(text, "\n");
}

void
page_trace(const struct page *page, char *target, size_t size)
{
    static const char *const slots[SLOT_COUNT] = {
        [SLOT_STAGE] = "stage",     [SLOT_SHEET] = "sheet", [SLOT_FOOT] = "foot",
        [SLOT_OVERLAY] = "overlay", [SLOT_DOCK] = "dock",
    };
    struct text text = text_begin(target, size);

    text_format(&text, "%s %s\n", page->screen, language_code(page->language));
    if (page->step_count > 0) {
        text_format(&text, "  progress: %s %s\n", page->step_text, page->step_name);
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bool named = false;

        for (size_t i = 0; i < page->count; i++) {
            if (page->elements[i].slot != (enum slot)slot) {
                continue;
            }
            if (!named) {
                text_format(&text, "%s\n", slots[slot]);
                named = true;
            }
            trace_element(&text, &page->elements[i]);
        }
    }
}

static const char *
moved(const struct page *from, struct page *to, const char *text)
{
    if (text >= from->pool && text < from->pool + sizeof(from->pool)) {
        return to->pool + (text - from->pool);
    }
    return text; /* a constant */
}

void
page_copy(struct page *target, const struct page *source)
{
    if (target == source) {
        return;
    }
    memcpy(target, source, offsetof(struct page, elements));
    memcpy(target->elements, source->elements,
           source->count * sizeof(source->elements[0]));
    target->count = source->count;
    memcpy(target->pool, source->pool, source->pool_length);
    target->pool_length = source->pool_length;
    for (int i = 0; i < 2; i++) {
        target->name_lines[i] = moved(source, target, source->name_lines[i]);
    }
    target->place = moved(source, target, source->place);
    target->clock = moved(source, target, source->clock);
    target->step_name = moved(source, target, source->step_name);
    target->step_text = moved(source, target, source->step_text);
    target->sign = moved(source, target, source->sign);
    target->paging.place = moved(source, target, source->paging.place);
    target->paging.more = moved(source, target, source->paging.more);
    target->paging.overlay_more = moved(source, target, source->paging.overlay_more);
    target->paging.back = moved(source, target, source->paging.back);
    target->paging.next = moved(source, target, source->paging.next);
    target->paging.previous = moved(source, target, source->paging.previous);
    for (size_t i = 0; i < target->count; i++) {
        struct element *element = &target->elements[i];

        element->label = moved(source, target, element->label);
        element->detail = moved(source, target, element->detail);
        element->value = moved(source, target, element->value);
        element->extra = moved(source, target, element->extra);
        element->brief = moved(source, target, element->brief);
        element->spoken = moved(source, target, element->spoken);
        element->icon = moved(source, target, element->icon);
    }
}

void
page_wipe(struct page *page)
{
    memory_wipe(page, sizeof(*page));
    page_begin(page, PAGE_ATTRACT, "", LANGUAGE_NL);
}
