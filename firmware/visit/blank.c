#include "blank.h"

#include "adjust.h"

void
blank_describe(const struct view *view, struct page *page)
{
    struct element *again;

    page->sign = "visibility_off";
    view_title(page, tr(view, "Is somebody looking?"),
               tr(view,
                  "Your screen is empty now. Nobody sees what you filled in. It is "
                  "kept."));
    page->elements[page->count - 1].brief =
        tr(view, "Nobody sees what you filled in. It is kept.");
    again =
        page_add_action(page, SLOT_SHEET, ROLE_START, "show-again", tr(view, "Go on"),
                        (struct action){.verb = VERB_SHOW_AGAIN});
    again->icon = "touch_app";
    again->flags |= ELEMENT_PRIMARY;
    page_add(page, SLOT_SHEET, ROLE_NOTE, "wiped",
             tr(view, "Doing nothing? Then we erase everything after 60 seconds."))
        ->icon = "lock";
}

void
blank_offer(const struct view *view, struct page *page)
{
    if (!view->session->blanked) {
        page_add_action(page, SLOT_OVERLAY, ROLE_BUTTON, "blank",
                        tr(view, "Somebody is looking"),
                        (struct action){.verb = VERB_BLANK})
            ->icon = "visibility_off";
    }
}

bool
blank_lets(struct session *session, struct action action)
{
    if (!session->blanked) {
        return true;
    }
    switch (action.verb) {
    case VERB_SHOW_AGAIN:
    case VERB_STOP:
    case VERB_LANGUAGES:
    case VERB_LANGUAGE:
    case VERB_HELP:
    case VERB_CONTINUE:
        return true;
    case VERB_PERSON:
    case VERB_CALL_BACK:
        session->blanked = false; /* their pages show nothing of what came before */
        return true;
    case VERB_BACK:
        return session->overlay != OVERLAY_NONE;
    default:
        return adjust_is_about(action);
    }
}

bool
blank_act(struct session *session, struct action action)
{
    if (action.verb != VERB_BLANK && action.verb != VERB_SHOW_AGAIN) {
        return false;
    }
    session->blanked = action.verb == VERB_BLANK;
    session->overlay = OVERLAY_NONE;
    return true;
}
