#include "visit/choice.h"

static const struct question *
asked(const struct session *session)
{
    const struct question *question = session->frames[session->depth - 1].question;

    return question != NULL ? question : choice_question(session);
}

void
question_describe(const struct view *view, struct page *page)
{
    const struct question *question = asked(view->session);
    const char *why = view_words(view, page, &question->why);

    page->sign = view->session->product->icon;
    view_progress(view, page, STEP_CHOOSE);
    view_title(page, view_words(view, page, &question->title), "");
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];
        struct element *row =
            page_add_action(page, SLOT_SHEET, ROLE_ROW, option->id,
                            view_words(view, page, &option->label),
                            (struct action){.verb = VERB_CHOOSE, .argument = (int)i});

        row->icon = option->icon[0] != '\0' ? option->icon : "check";
        row->detail = page_text(page, view_words(view, page, &option->note));
    }
    if (why[0] != '\0') {
        view_message(page, "why", "info", tr(view, "Why do we ask this?"), why);
    }
}

struct outcome
question_act(const struct view *view, struct session *session, struct action action)
{
    const struct question *question = asked(session);
    const struct option *option;

    (void)view;
    if (action.verb != VERB_CHOOSE) {
        return stay();
    }
    option = &question->options[action.argument];
    if (option->channel == CHANNEL_PERSON) {
        session->channel = CHANNEL_PERSON;
        return (struct outcome){
            .move = MOVE_TO, .screen = SCREEN_PERSON, .started = true};
    }
    if (option->partner != NULL) {
        return choice_partner(session, option->partner);
    }
    if (option->product != NULL) {
        return choice_product(session, option->product, NULL, 0);
    }
    session->frames[session->depth - 1].question = question;
    choice_answer(session, question, option);
    return choice_next(session);
}
