#include "visit/hours.h"

#include <stdio.h>

/* Where the municipality can be found: what a kiosk that can't help still knows. */

#define PLACES_MAX 32

/* Nearest first; returns how many. */
static size_t
nearest_first(const struct view *view, const struct location *list[PLACES_MAX])
{
    const struct catalogue *catalogue = view->parts->catalogue;
    const struct location *here = view->parts->here;
    size_t count = 0;

    for (size_t i = 0; i < catalogue->location_count && count < PLACES_MAX; i++) {
        const struct location *place = &catalogue->locations[i];
        size_t at = count++;

        while (at > 0 && location_distance_m(here, place) <
                             location_distance_m(here, list[at - 1]))
        {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = place;
    }
    return count;
}

void
places_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct location *list[PLACES_MAX];
    size_t count = nearest_first(view, list);
    struct element *card = page_add(page, SLOT_SHEET, ROLE_CARD, "places", "");

    page->sign = "place";
    view_title(page, tr(view, "Where you find us"),
               tr(view, "Address and opening hours"));
    card->spoken = page_text(page, tr(view, "Where you find us"));
    for (size_t i = 0; i < count; i++) {
        char id[PAGE_ID_BYTES];
        struct element *row;

        snprintf(id, sizeof(id), "place-%zu", i + 1);
        row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, id,
                       page_format(page, "%s %s, %s", list[i]->street,
                                   list[i]->house_number, list[i]->city));
        row->icon = list[i]->icon;
        row->value = page_text(page, view_name(view, &list[i]->name));
        row->detail = hours_now(view, page, &list[i]->opening);
        page_put_under(page, row, card);
    }
    view_message(page, "phone", "phone",
                 page_format(page, "%s: %s", tr(view, "Call the municipality"),
                             municipality->phone),
                 view_words(view, page, &municipality->phone_hours));
    page->paging.next = page_text(page, tr(view, "More places"));
}

struct outcome
places_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    (void)action;
    return stay();
}
