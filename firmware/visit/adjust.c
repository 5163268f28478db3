#include "adjust.h"

#include <assert.h>
#include <stdio.h>

#include "usage/event.h"

#define CHOICES_MAX 3
#define MISSES_BEFORE_ASKING 2

/* One line of the question; what it sets is the argument of its verb, from 0. */
struct setting {
    enum verb verb;
    const char *id, *icon, *label;
    const char *choices[CHOICES_MAX];
    const char *ids[CHOICES_MAX];
};

static const struct setting settings[] = {
    {VERB_TEXT_SIZE,
     "text",
     "text_increase",
     N_("Text size"),
     {N_("Normal"), N_("Large"), N_("Largest")},
     {"text-normal", "text-large", "text-largest"}},
    {VERB_CONTRAST,
     "contrast",
     "contrast",
     N_("Contrast"),
     {N_("Normal"), N_("High contrast")},
     {"contrast-normal", "contrast-high"}},
    {VERB_REACH,
     "reach",
     "accessible",
     N_("Buttons"),
     {N_("Normal"), N_("Low on the screen")},
     {"reach-normal", "reach-low"}},
    {VERB_SPEECH,
     "speech",
     "volume_up",
     N_("Read aloud"),
     {N_("Off"), N_("On")},
     {"speech-off", "speech-on"}},
};

static int
current(const struct adjustment *adjustment, int verb)
{
    switch (verb) {
    case VERB_TEXT_SIZE:
        return (int)adjustment->text;
    case VERB_CONTRAST:
        return adjustment->high_contrast;
    case VERB_REACH:
        return adjustment->reduced_reach;
    default:
        assert(verb == VERB_SPEECH);
        return adjustment->speech;
    }
}

static void
describe_setting(const struct view *view, struct page *page,
                 const struct setting *setting)
{
    const char *label = tr(view, setting->label);
    struct element *bar =
        page_add(page, SLOT_OVERLAY, ROLE_SEGMENTS, setting->id, label);

    bar->icon = setting->icon;
    for (int i = 0; i < CHOICES_MAX && setting->choices[i] != NULL; i++) {
        struct element *choice =
            page_add_action(page, SLOT_OVERLAY, ROLE_SEGMENT, setting->ids[i],
                            tr(view, setting->choices[i]),
                            (struct action){.verb = (int)setting->verb, .argument = i});

        choice->spoken = page_format(page, "%s: %s", label, choice->label);
        choice->number = setting->verb == VERB_TEXT_SIZE ? i : 0;
        if (i == current(&view->session->adjustment, (int)setting->verb)) {
            choice->flags |= ELEMENT_SELECTED;
            choice->icon = "check";
        }
        page_put_under(page, choice, bar);
    }
}

/* Where the dock has no room for it (ui/fit.c). */
static void
describe_language(const struct view *view, struct page *page)
{
    struct element *row =
        page_add_action(page, SLOT_OVERLAY, ROLE_ROW, "adjust-language",
                        tr(view, "Language"), (struct action){.verb = VERB_LANGUAGES});

    row->icon = "translate";
    row->detail = page_text(page, language_name(view->tongue.language));
}

void
overlay_adjust(const struct view *view, struct page *page)
{
    page_add(page, SLOT_OVERLAY, ROLE_TITLE, "overlay-title",
             tr(view, "Adjust the screen"));
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        describe_setting(view, page, &settings[i]);
    }
    if (view->parts->catalogue->language_count > 1) {
        describe_language(view, page);
    }
    page_add_action(page, SLOT_OVERLAY, ROLE_BUTTON, "adjusted", tr(view, "Done"),
                    (struct action){.verb = VERB_CONTINUE})
        ->flags |= ELEMENT_PRIMARY;
}

void
overlay_larger(const struct view *view, struct page *page)
{
    struct element *title =
        page_add(page, SLOT_OVERLAY, ROLE_TITLE, "overlay-title", tr(view, "Larger?"));

    title->icon = "text_increase";
    title->detail =
        page_text(page, tr(view, "You touched beside a button. We can make the letters "
                                 "and the buttons larger."));
    page_add_action(page, SLOT_OVERLAY, ROLE_BUTTON, "larger",
                    tr(view, "Yes, make it larger"),
                    (struct action){.verb = VERB_LARGER})
        ->flags |= ELEMENT_PRIMARY;
    page_add_action(page, SLOT_OVERLAY, ROLE_BUTTON, "not-larger",
                    tr(view, "No, it is fine like this"),
                    (struct action){.verb = VERB_CONTINUE});
}

void
adjust_miss(struct session *session)
{
    session->misses_in_row++;
    if (session->misses_in_row >= MISSES_BEFORE_ASKING && !session->larger_offered &&
        session->adjustment.text == TEXT_NORMAL && session->overlay == OVERLAY_NONE)
    {
        session->larger_offered = true;
        session->overlay = OVERLAY_LARGER;
    }
}

static int
stepped(int step, int more)
{
    step += more;
    return step > ADJUSTMENT_STEP_MAX    ? ADJUSTMENT_STEP_MAX
           : step < -ADJUSTMENT_STEP_MAX ? -ADJUSTMENT_STEP_MAX
                                         : step;
}

bool
adjust_is_about(struct action action)
{
    return action.verb >= VERB_ADJUST && action.verb <= VERB_RATE;
}

bool
adjust_act(struct session *session, struct action action)
{
    struct adjustment *adjustment = &session->adjustment;
    unsigned mode;

    if (action.verb == VERB_LARGER) {
        session->overlay = OVERLAY_NONE;
        action = (struct action){.verb = VERB_TEXT_SIZE, .argument = TEXT_LARGE};
    }
    switch (action.verb) {
    case VERB_TEXT_SIZE:
        assert(action.argument >= 0 && action.argument < TEXT_SIZE_COUNT);
        adjustment->text = (enum text_size)action.argument;
        mode = USAGE_MODE_LARGE_TEXT;
        break;
    case VERB_CONTRAST:
        adjustment->high_contrast = action.argument != 0;
        mode = USAGE_MODE_HIGH_CONTRAST;
        break;
    case VERB_REACH:
        adjustment->reduced_reach = action.argument != 0;
        mode = USAGE_MODE_REDUCED_REACH;
        break;
    case VERB_SPEECH:
        adjustment->speech = action.argument != 0;
        mode = USAGE_MODE_SPEECH;
        break;
    case VERB_VOLUME:
        adjustment->volume = stepped(adjustment->volume, action.argument);
        return true;
    case VERB_RATE:
        adjustment->rate = stepped(adjustment->rate, action.argument);
        return true;
    default:
        return false;
    }
    if (action.argument != 0) {
        session->modes |= mode;
    }
    return true;
}
