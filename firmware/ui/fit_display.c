#include "fit_display.h"

#include "base/text.h"
#include "metrics.h"
#include "parts.h"
#include "stack.h"
#include "stage.h"

/* A month may say what its days are for; it does where that is not on the stage. */
static bool
says_month(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_MONTH) {
            return page->elements[i].detail[0] != '\0';
        }
    }
    return false;
}

static bool
is_shown_otherwise(struct build *build, const struct element *element)
{
    const struct metrics *metrics = build->metrics;

    switch ((int)element->role) {
    case ROLE_PLACE:
        return metrics->places != PLACES_SHOWN; /* one button on the stage changes it */
    case ROLE_PLACE_CHANGE:
        return metrics->places == PLACES_SHOWN;
    case ROLE_SUBTITLE: /* over the days of a month, which name what they are for */
        return metrics->month_steps == MONTH_STEPS_BESIDE && says_month(build->page);
    case ROLE_GREETING: /* larger letters leave no line for it */
        return stage_shape(build)->greeting == 0;
    case ROLE_LANGUAGES: /* the dock has them too */
        return build->page->shape == PAGE_HOME && metrics->language_bar == 0;
    case ROLE_PARTS: /* the headings say it too */
        return !parts_bar_has_room(build, (int)(element - build->page->elements),
                                   build->metrics->content.width);
    case ROLE_ROW: /* that is in the dock, where there are five cells */
        return metrics->dock.cells == 5 && text_equal(element->id, "adjust-language");
    case ROLE_DOCK: /* of four cells the first is one of two; Aanpassen has the other */
        return metrics->dock.cells == 4 && element->number == 1 &&
               page_find(build->page, "back") != NULL;
    default:
        return false;
    }
}

static bool
is_ticket(const struct element *element)
{
    return element->role == ROLE_TICKET || element->role == ROLE_NUMBER;
}

/* What to do with a ticket comes behind it where the stage has no room: who turns parts
 * sees the ticket at once, and reads this over the buttons. */
static void
put_ticket_first(struct page *page)
{
    for (size_t i = 0; i + 1 < page->count; i++) {
        if (page->elements[i].role == ROLE_SUBTITLE &&
            page->elements[i].slot == SLOT_SHEET && is_ticket(&page->elements[i + 1]))
        {
            do {
                page_move(page, i + 1, i);
                i++;
            } while (i + 1 < page->count &&
                     page->elements[i + 1].parent != PAGE_NO_PARENT);
            return;
        }
    }
}

void
fit_take_off(struct fit *fit)
{
    bool keep[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;

    for (size_t i = 0; i < page->count; i++) {
        int parent = page->elements[i].parent;

        keep[i] = (parent == PAGE_NO_PARENT || keep[parent]) &&
                  !is_shown_otherwise(&fit->build, &page->elements[i]);
    }
    fit_keep(fit, keep);
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (element->role == ROLE_MONTH &&
            fit->metrics.month_steps != MONTH_STEPS_BESIDE) {
            element->detail = "";
        }
        if (element->slot == SLOT_STAGE && fit->build.off_stage[i]) {
            element->slot = SLOT_SHEET;
        }
    }
    put_ticket_first(page);
    stage_plan(&fit->build);
}

/* Of a place that is not asked here. */
void
fit_shorten_title(struct fit *fit)
{
    for (size_t i = 0; i < fit->page->count; i++) {
        struct element *element = &fit->page->elements[i];

        if (element->role == ROLE_TITLE && element->slot == SLOT_STAGE &&
            element->brief != NULL && fit->metrics.places != PLACES_SHOWN)
        {
            element->label = element->brief;
        }
    }
}
