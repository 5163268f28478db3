#include "visit/view.h"

#include <stdio.h>

/* How it went: asked once, kept with no name, and one touch passes it by. */

static void
describe_faces(const struct view *view, struct page *page)
{
    static const struct {
        const char *icon, *label;
    } faces[] = {
        {"sentiment_very_dissatisfied", N_("Very bad")},
        {"sentiment_dissatisfied", N_("Bad")},
        {"sentiment_neutral", N_("All right")},
        {"sentiment_satisfied", N_("Good")},
        {"sentiment_very_satisfied", N_("Very good")},
    };

    for (int i = 0; i < (int)(sizeof(faces) / sizeof(faces[0])); i++) {
        char id[PAGE_ID_BYTES];
        struct element *face;

        snprintf(id, sizeof(id), "face-%d", i + 1);
        face =
            page_add_action(page, SLOT_SHEET, ROLE_FACE, id, tr(view, faces[i].label),
                            (struct action){VERB_CHOOSE, i + 1});
        face->icon = faces[i].icon;
        face->flags |= view->session->satisfaction == i + 1 ? ELEMENT_SELECTED : 0u;
    }
}

static void
describe_success(const struct view *view, struct page *page)
{
    static const struct {
        const char *id, *label;
        enum usage_success success;
    } answers[] = {
        {"success-yes", N_("Yes, all of it"), USAGE_SUCCESS_YES},
        {"success-partly", N_("In part"), USAGE_SUCCESS_PARTLY},
        {"success-no", N_("No"), USAGE_SUCCESS_NO},
    };

    page_add(page, SLOT_SHEET, ROLE_HEADLINE, "success",
             tr(view, "Did you manage to do what you came for?"));
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        struct element *answer = page_add_action(
            page, SLOT_SHEET, ROLE_RADIO, answers[i].id, tr(view, answers[i].label),
            (struct action){VERB_SUCCESS, (int)answers[i].success});

        answer->flags |=
            view->session->success == answers[i].success ? ELEMENT_SELECTED : 0u;
    }
}

void
feedback_describe(const struct view *view, struct page *page)
{
    struct element *send;

    page->sign = "favorite";
    view_title(page, tr(view, "Thank you. How did it go?"),
               tr(view, "We don't ask who you are."));
    describe_faces(view, page);
    describe_success(view, page);
    view_button(page, "skip", tr(view, "Skip"), NULL, VERB_OTHER);
    send = view_button(page, "send", tr(view, "Send"), "send", VERB_NEXT);
    send->flags |= ELEMENT_PRIMARY;
}

struct outcome
feedback_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    switch (action.verb) {
    case VERB_CHOOSE:
        session->satisfaction = action.argument;
        return stay();
    case VERB_SUCCESS:
        session->success = (enum usage_success)action.argument;
        return stay();
    case VERB_OTHER:
        session->satisfaction = 0;
        session->success = USAGE_SUCCESS_UNKNOWN;
        return (struct outcome){.move = MOVE_END};
    case VERB_NEXT:
        return (struct outcome){.move = MOVE_END};
    default:
        return stay();
    }
}
