#include "visit/call_back.h"

#include <stdio.h>

#include "appointment/fields.h"
#include "visit/contact_field.h"

static void
describe_phone(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const char *phone = session->call_back.phone;
    char text[WORDING_BYTES];
    struct element *field =
        page_add(page, SLOT_SHEET, ROLE_FIELD, "phone", tr(view, "Your phone number"));

    field->icon = "phone";
    field->value = page_text(
        page, contact_field_show(text, APPOINTMENT_FIELD_PHONE_NUMBER, phone));
    field->flags |= ELEMENT_SELECTED | ELEMENT_PRIVATE;
    if (session->call_back.phone_wrong) {
        field->flags |= ELEMENT_ERROR;
        field->detail = page_text(
            page,
            contact_field_problem(view, page, APPOINTMENT_FIELD_PHONE_NUMBER, phone));
    }
}

static bool
is_chosen(const struct session *session, struct call_back_part part)
{
    return session->call_back.from == part.from &&
           session->call_back.until == part.until;
}

static void
describe_parts(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool wrong = session->call_back.part_wrong;
    struct call_back_part parts[CALL_BACK_PARTS_MAX];
    size_t count = call_back_parts(view, parts);
    struct element *question = page_add(page, SLOT_SHEET, ROLE_SECTION, "when",
                                        wrong ? tr(view, "Choose when we may call.")
                                              : tr(view, "When may we call?"));

    question->flags |= ELEMENT_STRONG | (wrong ? ELEMENT_ERROR : 0u);
    for (size_t i = 0; i < count; i++) {
        char id[PAGE_ID_BYTES];
        struct element *option;

        snprintf(id, sizeof(id), "part-%zu", i + 1);
        option = page_add_action(page, SLOT_SHEET, ROLE_OPTION, id,
                                 call_back_day(view, page, parts[i].from),
                                 (struct action){VERB_CHOOSE, (int)i});
        option->detail = call_back_hours(view, page, parts[i]);
        option->flags |= is_chosen(session, parts[i]) ? ELEMENT_SELECTED : 0u;
    }
}

void
call_back_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;

    page->sign = "phone_in_talk";
    view_title(page, tr(view, "We will call you back"),
               tr(view, "Fill in your number. Choose when we may call."));
    describe_phone(view, page);
    describe_parts(view, page);
    if (view->session->notice == NOTICE_CALL_BACK_FAILED) {
        char text[WORDING_BYTES];

        view_message(page, "failed", "error",
                     page_text(page, wording_fill(text,
                                                  tr(view, "It was not sent. Please "
                                                           "call us: **{1}**"),
                                                  municipality->phone, NULL, NULL)),
                     "")
            ->flags |= ELEMENT_DANGER;
    } else {
        call_back_describe_why(view, page);
    }
    keyboard_describe(view, page, KEYBOARD_PHONE, tr(view, "Send"));
    keyboard_enter_with(page, "send");
}

/* What time has passed can't be chosen any more. */
static bool
is_still_there(const struct view *view, const struct session *session)
{
    struct call_back_part parts[CALL_BACK_PARTS_MAX];
    size_t count = call_back_parts(view, parts);

    for (size_t i = 0; i < count; i++) {
        if (is_chosen(session, parts[i])) {
            return true;
        }
    }
    return false;
}

static struct outcome
submit(const struct view *view, struct session *session)
{
    session->call_back.phone_wrong = !contact_field_is_right(
        APPOINTMENT_FIELD_PHONE_NUMBER, session->call_back.phone);
    session->call_back.part_wrong = !is_still_there(view, session);
    if (session->call_back.phone_wrong || session->call_back.part_wrong) {
        return stay();
    }
    session->notice = NOTICE_NONE;
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_CALL_BACK};
}

static void
choose(const struct view *view, struct session *session, int index)
{
    struct call_back_part parts[CALL_BACK_PARTS_MAX];

    if ((size_t)index < call_back_parts(view, parts)) {
        session->call_back.from = parts[index].from;
        session->call_back.until = parts[index].until;
        session->call_back.part_wrong = false;
    }
}

struct outcome
call_back_act(const struct view *view, struct session *session, struct action action)
{
    char *phone = session->call_back.phone;

    if (action.verb == VERB_NEXT) {
        return submit(view, session);
    }
    if (action.verb == VERB_CHOOSE) {
        choose(view, session, action.argument);
    } else if (action.verb != VERB_KEY ||
               contact_field_takes(APPOINTMENT_FIELD_PHONE_NUMBER, phone,
                                   action.argument))
    {
        keyboard_act(&session->typed, action, phone, sizeof(session->call_back.phone));
        session->call_back.phone_wrong =
            session->call_back.phone_wrong &&
            !contact_field_is_right(APPOINTMENT_FIELD_PHONE_NUMBER, phone);
    }
    return stay();
}
