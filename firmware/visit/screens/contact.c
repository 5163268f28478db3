#include "visit/keyboard.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define FIELDS_ON_PAGE 2 /* beside the keys there is room for no more */
#define PHONE_DIGITS 10  /* of a Dutch number */
#define ABROAD_DIGITS_MIN 8
#define ABROAD_DIGITS_MAX 15 /* E.164 */

/* What the appointment system may ask for. */
static const struct field_look {
    const char *name, *icon, *label;
    enum keyboard_kind keys;
} looks[] = {
    {"lastName", "person_outline", N_("Your last name"), KEYBOARD_NAME},
    {"firstName", "person_outline", N_("Your first name"), KEYBOARD_NAME},
    {"phoneNumber", "phone", N_("Your phone number"), KEYBOARD_PHONE},
    {"email", "mail_outline", N_("Your email address"), KEYBOARD_EMAIL},
};

/* Another field is asked by its own name: it is required, so it can't be left out. */
static struct field_look
look_of(const struct appointment_field *field)
{
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        if (text_equal(looks[i].name, field->name)) {
            return looks[i];
        }
    }
    return (struct field_look){field->name, "edit", field->name, KEYBOARD_EMAIL};
}

static int
digits_in(const char *value)
{
    int count = 0;

    for (; *value != '\0'; value++) {
        count += *value >= '0' && *value <= '9';
    }
    return count;
}

static bool
is_email(const char *value)
{
    const char *at = strchr(value, '@');
    const char *dot = at != NULL ? strrchr(at, '.') : NULL;

    return at != NULL && at > value && strchr(at + 1, '@') == NULL && dot != NULL &&
           dot > at + 1 && dot[1] != '\0' && strchr(value, ' ') == NULL;
}

static const char *
phone_problem(const struct view *view, struct page *page, const char *value)
{
    int digits = digits_in(value);
    bool abroad = value[0] == '+';

    if (abroad) {
        return digits >= ABROAD_DIGITS_MIN && digits <= ABROAD_DIGITS_MAX
                   ? ""
                   : tr(view, "A number from abroad has 8 to 15 digits.");
    }
    if (digits < PHONE_DIGITS) {
        return view_count(view, page, "{1} digit is missing. A number has 10 digits.",
                          "{1} digits are missing. A number has 10 digits.",
                          PHONE_DIGITS - digits);
    }
    if (digits > PHONE_DIGITS) {
        return view_count(view, page,
                          "There is {1} digit too many. A number has 10 digits.",
                          "There are {1} digits too many. A number has 10 digits.",
                          digits - PHONE_DIGITS);
    }
    return value[0] == '0' ? "" : tr(view, "A number starts with 0.");
}

/* What is wrong with it and how it should be; "" when nothing is. */
static const char *
problem_of(const struct view *view, struct page *page, size_t index)
{
    const struct session *session = view->session;
    const struct appointment_field *field = &session->known.field[index];
    const char *value = session->typed.values[index].value;

    if (value[0] == '\0') {
        return tr(view, "This is still empty. Please fill it in.");
    }
    if (text_equal(field->name, "phoneNumber")) {
        return phone_problem(view, page, value);
    }
    if (text_equal(field->name, "email") && !is_email(value)) {
        return tr(view, "An email address has an @ and a dot, as in name@example.com.");
    }
    return "";
}

/* The same without a page: for acting. */
static bool
is_wrong(const struct session *session, size_t index)
{
    const struct appointment_field *field = &session->known.field[index];
    const char *value = session->typed.values[index].value;
    int digits = digits_in(value);

    if (value[0] == '\0') {
        return true;
    }
    if (text_equal(field->name, "phoneNumber")) {
        return value[0] == '+'
                   ? digits < ABROAD_DIGITS_MIN || digits > ABROAD_DIGITS_MAX
                   : digits != PHONE_DIGITS || value[0] != '0';
    }
    return text_equal(field->name, "email") && !is_email(value);
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
    const struct appointment_field *field = &session->known.field[index];
    struct field_look look = look_of(field);
    const char *value = session->typed.values[index].value;
    char id[PAGE_ID_BYTES], text[WORDING_BYTES];
    struct element *element;

    snprintf(id, sizeof(id), "field-%zu", index + 1);
    element = page_add_action(page, SLOT_SHEET, ROLE_FIELD, id, tr(view, look.label),
                              (struct action){VERB_FIELD, (int)index});
    element->icon = look.icon;
    element->value = page_text(
        page, look.keys == KEYBOARD_PHONE ? wording_phone(text, value) : value);
    element->flags |= index == session->typed.current ? ELEMENT_SELECTED : 0u;
    if (session->typed.wrong[index]) {
        element->flags |= ELEMENT_ERROR;
        element->detail = page_text(page, problem_of(view, page, index));
    }
}

void
contact_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct field_look look = look_of(&session->known.field[session->typed.current]);

    page->sign = "contact_phone";
    view_progress(view, page, STEP_CONTACT);
    view_title(page, tr(view, "How can we reach you?"),
               view_count(view, page, "Fill in this {1} thing.",
                          "Fill in these {1} things.",
                          (int)session->known.field_count));
    for (size_t i = first_of_page(session); i < end_of_page(session); i++) {
        describe_field(view, page, i);
    }
    view_message(page, "why", "lock",
                 tr(view, "**Why?** We contact you when the appointment changes. After "
                          "confirming, this kiosk erases your details."),
                 "");
    keyboard_describe(view, page, look.keys, tr(view, "Continue"));
}

/* Only what belongs in a number, however it came in. */
static bool
suits(const struct session *session, struct action action)
{
    const struct appointment_field *field =
        &session->known.field[session->typed.current];
    int character = action.argument;

    if (action.verb != VERB_KEY || look_of(field).keys != KEYBOARD_PHONE) {
        return true;
    }
    return (character >= '0' && character <= '9') ||
           (character == '+' &&
            session->typed.values[session->typed.current].value[0] == '\0');
}

static struct outcome
next(struct session *session)
{
    struct typed *typed = &session->typed;
    size_t end = end_of_page(session);

    for (size_t i = end; i > first_of_page(session); i--) {
        typed->wrong[i - 1] = is_wrong(session, i - 1);
        if (typed->wrong[i - 1]) {
            typed->current = i - 1;
        }
    }
    if (typed->wrong[typed->current]) {
        return stay();
    }
    for (size_t i = typed->current + 1; i < session->known.field_count; i++) {
        if (i >= end || is_wrong(session, i)) {
            typed->current = i;
            return stay();
        }
    }
    return go_to(SCREEN_CONFIRM);
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
        typed->keys = KEYS_LETTERS;
        typed->shift = false;
        return stay();
    }
    if (action.verb == VERB_NEXT) {
        return next(session);
    }
    if (suits(session, action) && keyboard_act(typed, action, value, size) &&
        !is_wrong(session, typed->current))
    {
        typed->wrong[typed->current] = false; /* repaired */
    }
    return stay();
}
