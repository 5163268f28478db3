#include "overlays.h"

#include <stdio.h>

#include "blank.h"
#include "call_back.h"
#include "hours.h"

static struct element *
question(struct page *page, const char *icon, const char *label, const char *detail)
{
    struct element *title =
        page_add(page, SLOT_OVERLAY, ROLE_TITLE, "overlay-title", label);

    title->icon = icon;
    title->detail = page_text(page, detail);
    return title;
}

static struct element *
button(struct page *page, const char *id, const char *label, enum verb verb)
{
    return page_add_action(page, SLOT_OVERLAY, ROLE_BUTTON, id, label,
                           (struct action){.verb = (int)verb});
}

void
overlay_languages(const struct view *view, struct page *page)
{
    const struct catalogue *catalogue = view->parts->catalogue;

    question(page, "translate", tr(view, "Language"), "");
    for (size_t i = 0; i < catalogue->language_count; i++) {
        enum language language = catalogue->languages[i];
        char id[PAGE_ID_BYTES];
        struct element *choice;

        snprintf(id, sizeof(id), "choose-%s", language_code(language));
        choice = page_add_action(
            page, SLOT_OVERLAY, ROLE_LANGUAGE_CHOICE, id, language_name(language),
            (struct action){.verb = VERB_LANGUAGE, .argument = (int)language});
        choice->detail = page_text(page, translate(view->parts->translations[language],
                                                   "Choose your language"));
        if (language == view->tongue.language) {
            choice->flags |= ELEMENT_SELECTED;
            choice->icon = "check_circle";
        }
    }
    button(page, "close", tr(view, "Close"), VERB_CONTINUE)->icon = "close";
}

/* Chat while somebody answers; else the telephone, where nobody calls back. */
static void
help_on_phone(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct chat *chat = &municipality->chat;

    if (chat->url != NULL && hours_are_now(view, &chat->opening)) {
        view_row(page, SLOT_OVERLAY, "help-chat", "chat",
                 tr(view, "Chat with us on your phone"),
                 hours_now(view, page, &chat->opening),
                 (struct action){.verb = VERB_CHAT});
    } else if (!call_back_is_offered(view)) {
        view_row(page, SLOT_OVERLAY, "help-phone", "phone",
                 tr(view, "Call us on your own phone"),
                 view_words(view, page, &municipality->phone_hours),
                 (struct action){.verb = VERB_CHAT});
    }
}

void
overlay_help(const struct view *view, struct page *page)
{
    question(page, "support_agent", tr(view, "Can't find your way?"),
             tr(view, "Take your time. We are happy to help you."));
    view_row(page, SLOT_OVERLAY, "ask-person", "person",
             tr(view, "Ask a member of staff"),
             view_calls_staff(view) ? tr(view, "Somebody comes to this kiosk")
                                    : tr(view, "See where and when, or call us"),
             (struct action){.verb = VERB_PERSON})
        ->flags |= ELEMENT_PRIMARY;
    if (call_back_is_offered(view)) {
        view_row(page, SLOT_OVERLAY, "help-call-back", "phone_in_talk",
                 tr(view, "Let us call you back"), tr(view, "Choose when"),
                 (struct action){.verb = VERB_CALL_BACK});
    }
    help_on_phone(view, page);
    if (!view->session->adjustment.speech) {
        view_row(page, SLOT_OVERLAY, "help-read", "volume_up",
                 tr(view, "Read this screen to me"),
                 tr(view, "Calmly, by the loudspeaker"),
                 (struct action){.verb = VERB_SPEECH, .argument = 1});
    }
    blank_offer(view, page);
    button(page, "continue", tr(view, "No, I will go on by myself"), VERB_CONTINUE);
}

static void
consequence(struct page *page, const char *id, const char *icon, const char *label)
{
    page_add(page, SLOT_OVERLAY, ROLE_NOTE, id, label)->icon = icon;
}

void
overlay_cancel(const struct view *view, struct page *page)
{
    struct element *sure;

    question(page, "event_busy", tr(view, "Do you want to cancel this appointment?"),
             "")
        ->flags |= ELEMENT_DANGER;
    view_appointment(view, page, SLOT_OVERLAY);
    consequence(page, "free", "payments", tr(view, "Cancelling costs nothing."));
    consequence(page, "other", "groups",
                tr(view, "Somebody else then gets your place."));
    consequence(page, "again", "replay",
                tr(view, "You can make a new appointment later."));
    sure =
        button(page, "sure", tr(view, "Yes, cancel the appointment"), VERB_CANCEL_SURE);
    sure->icon = "event_busy";
    sure->flags |= ELEMENT_PRIMARY | ELEMENT_DANGER;
    if (view->parts->client->operations->move != NULL && view->session->product != NULL)
    {
        button(page, "rather", tr(view, "Rather another day or time"), VERB_MOVE)
            ->icon = "event";
    }
    button(page, "keep", tr(view, "No, keep the appointment"), VERB_CONTINUE);
}

void
overlay_scanned(const struct view *view, struct page *page)
{
    question(page, "qr_code_scanner", tr(view, "Is this about your appointment?"),
             tr(view, "You held a code before the scanner."));
    button(page, "show", tr(view, "Show my appointment"), VERB_SCANNED)->flags |=
        ELEMENT_PRIMARY;
    button(page, "go-on", tr(view, "No, I will go on here"), VERB_CONTINUE);
}

void
overlay_still_there(const struct view *view, struct page *page, int seconds)
{
    char number[16];
    struct element *countdown;
    struct element *stop;

    snprintf(number, sizeof(number), "%d", seconds);
    countdown = page_add(page, SLOT_OVERLAY, ROLE_COUNTDOWN, "countdown", number);
    countdown->number = seconds;
    countdown->detail =
        page_text(page, translate_count(view->tongue.translation, "second", "seconds",
                                        (unsigned long)seconds));
    question(page, NULL, tr(view, "Are you still there?"),
             tr(view, "Touch the screen to go on. Otherwise this kiosk stops and we "
                      "erase what you filled in."));
    button(page, "go-on", tr(view, "Yes, I am going on"), VERB_CONTINUE)->flags |=
        ELEMENT_PRIMARY;
    stop = button(page, "stop-and-erase", tr(view, "Stop and erase my details"),
                  VERB_STOP);
    stop->icon = "delete_outline";
    stop->flags |= ELEMENT_DANGER;
}

void
overlay_patience(const struct view *view, struct page *page)
{
    question(page, "hourglass_empty", tr(view, "One moment, please"),
             tr(view, "We are looking it up for you."));
}
