#include "visit/contact_field.h"

#include <stdio.h>

#define FIELDS_ON_PAGE 2 /* beside the keys there is room for no more */

static bool
is_wrong(const struct session *session, size_t index)
{
    return !contact_field_is_right(session->known.field[index].name,
                                   session->typed.values[index].value);
}

static size_t
first_of_page(const struct session *session)
{
    return session->typed.current / FIELDS_ON_PAGE * FIELDS_ON_PAGE;
}

static size_t
end_of_page(const struct session *session)
{
    size_t end = first_of_page(session) + FIELDS_ON_PAGE;

    return end < session->known.field_count ? end : session->known.field_count;
}

static void
describe_field(const struct view *view, struct page *page, size_t index)
{
    const struct session *session = view->session;
    const char *name = session->known.field[index].name;
    const char *typed = session->typed.values[index].value;
    const char *brief = contact_field_brief(name);
    struct contact_field field = contact_field_of(name);
    char id[PAGE_ID_BYTES], text[WORDING_BYTES];
    struct element *element;

    snprintf(id, sizeof(id), "field-%zu", index + 1);
    element = page_add_action(page, SLOT_SHEET, ROLE_FIELD, id, tr(view, field.label),
                              (struct action){VERB_FIELD, (int)index});
    element->icon = field.icon;
    element->brief = brief != NULL ? tr(view, brief) : NULL;
    element->value = page_text(page, contact_field_show(text, name, typed));
    element->flags |= ELEMENT_PRIVATE;
    element->flags |= index == session->typed.current ? ELEMENT_SELECTED : 0u;
    if (session->typed.wrong[index]) {
        element->flags |= ELEMENT_ERROR;
        element->detail =
            page_text(page, contact_field_problem(view, page, name, typed));
    }
}

/* Whether all that is asked here is to find the citizen back. */
static bool
page_reaches(const struct session *session)
{
    for (size_t i = first_of_page(session); i < end_of_page(session); i++) {
        if (!contact_field_of(session->known.field[i].name).reaches) {
            return false;
        }
    }
    return true;
}

void
contact_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool reaches = page_reaches(session);

    page->sign = "contact_phone";
    view_progress(view, page, STEP_CONTACT);
    view_title(page,
               reaches ? tr(view, "How can we reach you?")
                       : tr(view, "What are your details?"),
               view_count(view, page, "Fill in this {1} thing.",
                          "Fill in these {1} things.",
                          (int)session->known.field_count));
    for (size_t i = first_of_page(session); i < end_of_page(session); i++) {
        describe_field(view, page, i);
    }
    view_message(page, "why", "lock",
                 reaches
                     ? tr(view, "**Why?** We contact you when the appointment changes. "
                                "After confirming, this kiosk erases your details.")
                     : tr(view, "**Why?** The counter needs this for your appointment. "
                                "After confirming, this kiosk erases your details."),
                 "");
    keyboard_describe(
        view, page,
        contact_field_of(session->known.field[session->typed.current].name).keys,
        tr(view, "Continue"));
}

/* Marks what is wrong of the fields down to the current one, and goes to the first of
 * those; false for none. */
static bool
finds_wrong(struct session *session)
{
    struct typed *typed = &session->typed;
    bool found = false;

    for (size_t i = typed->current + 1; i > first_of_page(session); i--) {
        typed->wrong[i - 1] = is_wrong(session, i - 1);
        if (typed->wrong[i - 1]) {
            typed->current = i - 1;
            found = true;
        }
    }
    return found;
}

/* What comes after the current field is asked before it is found wrong: on a display
 * without room for two nobody has seen it yet. */
static struct outcome
next(struct session *session)
{
    struct typed *typed = &session->typed;
    size_t end = end_of_page(session);

    if (finds_wrong(session)) {
        return stay();
    }
    for (size_t i = typed->current + 1; i < session->known.field_count; i++) {
        if (i >= end || is_wrong(session, i)) {
            typed->wrong[i] = i < end && typed->values[i].value[0] != '\0';
            typed->current = i;
            return stay();
        }
    }
    return go_to(SCREEN_CONFIRM);
}

static bool
suits(const struct session *session, struct action action)
{
    size_t current = session->typed.current;

    return action.verb != VERB_KEY ||
           contact_field_takes(session->known.field[current].name,
                               session->typed.values[current].value, action.argument);
}

struct outcome
contact_act(const struct view *view, struct session *session, struct action action)
{
    struct typed *typed = &session->typed;
    char *value = typed->values[typed->current].value;
    int most = session->known.field[typed->current].length_max;
    size_t size = sizeof(typed->values[0].value);

    (void)view;
    if (most > 0 && (size_t)most + 1 < size) {
        size = (size_t)most + 1;
    }
    if (action.verb == VERB_FIELD) {
        typed->current = (size_t)action.argument;
        keyboard_begin(typed);
        return stay();
    }
    if (action.verb == VERB_NEXT) {
        keyboard_begin(typed);
        return next(session);
    }
    if (suits(session, action) && keyboard_act(typed, action, value, size) &&
        !is_wrong(session, typed->current))
    {
        typed->wrong[typed->current] = false; /* repaired */
    }
    return stay();
}
