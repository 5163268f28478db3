#include "presenter_parts.h"

#include "base/text.h"

#include "view.h"

/* --- the focus ----------------------------------------------------------------------
 */

/* What has just become wrong, and can be repaired, or else the field that is typed in
 * from now on; NULL for nothing. */
static const struct element *
new_aim(const struct page *before, const struct page *page)
{
    const struct element *begun = NULL;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];
        const struct element *old = page_find(before, element->id);

        if ((element->flags & ELEMENT_ERROR) != 0 && page_can_press(page, element) &&
            (old == NULL || (old->flags & ELEMENT_ERROR) == 0))
        {
            return element;
        }
        if (page_is_field_begun(before, element) && page_can_press(page, element)) {
            begun = element;
        }
    }
    return begun;
}

/* On another page, or when a question comes over this one, the focus starts anew; what
 * has become wrong gets it, and the next field. */
void
presenter_check_focus(struct presenter *presenter, const struct page *before,
                      const struct page *page)
{
    const struct element *element = page_find(page, presenter->focused);
    bool same = text_equal(before->screen, page->screen) &&
                page_has_overlay(before) == page_has_overlay(page);

    if (!presenter->by_keys) {
        presenter->focused[0] = '\0';
        return;
    }
    if (same && new_aim(before, page) != NULL) {
        element = new_aim(before, page);
        text_copy(presenter->focused, sizeof(presenter->focused), element->id);
    } else if (!same || element == NULL || !page_can_press(page, element)) {
        element = page_next_focus(page, NULL, 1);
        text_copy(presenter->focused, sizeof(presenter->focused),
                  element != NULL ? element->id : "");
    }
}

/* --- keys --------------------------------------------------------------------------
 */

typedef const struct element *(*focus_step)(const struct page *page,
                                            const struct element *from, int direction);

static void
move_focus(struct presenter *presenter, focus_step step, int direction)
{
    const struct page *page = &presenter_view(presenter)->page;
    const struct element *from = NULL;
    const struct element *to;

    if (presenter->by_keys && presenter->focused[0] != '\0') {
        from = page_find(page, presenter->focused);
    }
    to = step(page, from, direction);
    text_copy(presenter->focused, sizeof(presenter->focused), to != NULL ? to->id : "");
    presenter->by_keys = true;
    presenter_act(presenter, &(struct input){.kind = INPUT_FOCUS});
}

static void
press_focused(struct presenter *presenter)
{
    const struct page *page = &presenter_view(presenter)->page;
    const struct element *element =
        presenter->by_keys ? page_find(page, presenter->focused) : NULL;

    if (element == NULL || !page_can_press(page, element)) {
        move_focus(presenter, page_next_focus,
                   1); /* nothing is chosen yet: first show where one is */
        return;
    }
    text_copy(presenter->pressed, sizeof(presenter->pressed), element->id);
    presenter_act(presenter,
                  &(struct input){.kind = INPUT_PRESS, .action = element->action});
}

static bool
is_speaking_page(const struct presenter *presenter)
{
    return presenter_view(presenter)->page.adjustment.speech;
}

static void
press(struct presenter *presenter, enum verb verb, int argument)
{
    presenter_act(presenter, &(struct input){.kind = INPUT_PRESS,
                                             .action = {(int)verb, argument}});
}

/* Begins the speech, with a visit when there is none, or says it all once more. */
static void
listen(struct presenter *presenter)
{
    presenter->by_keys = true;
    if (flow_is_at_rest(presenter->parts.flow)) {
        presenter_act(presenter, &(struct input){.kind = INPUT_FOCUS});
    }
    if (is_speaking_page(presenter)) {
        presenter_act(presenter, &(struct input){.kind = INPUT_FOCUS});
        const struct shown shown = presenter_shown(presenter, NULL);

        voice_repeat(&presenter->voice, &shown);
    } else {
        press(presenter, VERB_SPEECH, 1);
    }
}

/* As its button in the help, without the way there. */
static void
turn_blank(struct presenter *presenter)
{
    const struct flow *flow = presenter->parts.flow;

    if (!flow_is_at_rest(flow)) {
        press(presenter, flow_session(flow)->blanked ? VERB_SHOW_AGAIN : VERB_BLANK, 0);
    }
}

/* Keys of the voice, which mean nothing while nobody speaks. */
static void
set_voice(struct presenter *presenter, enum verb verb, int steps)
{
    if (is_speaking_page(presenter)) {
        press(presenter, verb, steps);
    }
}

void
presenter_headphones(struct presenter *presenter, bool in)
{
    presenter->voice.headphones = in;
    lights_wake(&presenter->lights,
                presenter->parts.now(presenter->parts.now_data).now_ms);
    voice_hush(&presenter->voice);
    if (in) {
        listen(presenter);
    } else if (is_speaking_page(presenter)) {
        press(presenter, VERB_SPEECH, 0);
    }
}

/* Somebody at the keys may not see the screen: only they can tell. */
static void
invite(struct presenter *presenter, bool at_rest, enum key key)
{
    struct shown shown = presenter_shown(presenter, NULL);

    if (at_rest && key != KEY_REPEAT) {
        voice_invite(&presenter->voice, &shown);
    }
}

static void
do_key(struct presenter *presenter, enum key key)
{
    switch (key) {
    case KEY_NEXT:
        move_focus(presenter, page_next_focus, 1);
        break;
    case KEY_PREVIOUS:
        move_focus(presenter, page_next_focus, -1);
        break;
    case KEY_ROW_DOWN:
        move_focus(presenter, page_next_row, 1);
        break;
    case KEY_ROW_UP:
        move_focus(presenter, page_next_row, -1);
        break;
    case KEY_OK:
        if (!presenter_is_busy(presenter)) {
            press_focused(presenter);
        }
        break;
    case KEY_BACK:
        presenter->by_keys = true;
        presenter_act(presenter, &(struct input){.kind = INPUT_BACK});
        break;
    case KEY_REPEAT:
        listen(presenter);
        break;
    case KEY_LOUDER:
        set_voice(presenter, VERB_VOLUME, 1);
        break;
    case KEY_SOFTER:
        set_voice(presenter, VERB_VOLUME, -1);
        break;
    case KEY_FASTER:
        set_voice(presenter, VERB_RATE, 1);
        break;
    case KEY_SLOWER:
        set_voice(presenter, VERB_RATE, -1);
        break;
    case KEY_BLANK:
        turn_blank(presenter);
        break;
    }
}

void
presenter_key(struct presenter *presenter, enum key key)
{
    bool at_rest = flow_is_at_rest(presenter->parts.flow);

    /* Who hears the page needs no light to see what a key will do. */
    if (!presenter_wakes(presenter) || key == KEY_REPEAT || is_speaking_page(presenter))
    {
        do_key(presenter, key);
    }
    invite(presenter, at_rest, key);
}
