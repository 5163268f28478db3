#include "cut.h"

#include "area.h"
#include "parts.h"

/* On a notice nobody can turn to another part: what has no room is told shorter. */

static bool
has_room(struct build *build)
{
    struct rectangle sheet = area_of_sheet(build), area = area_of_parts(build);

    area.height = sheet.y + sheet.height - area.y;
    return stack_fits(build, SLOT_SHEET, area);
}

/* The other place without the way drawn: how far it is stays. */
static void
tell_nearby_shorter(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (element->role == ROLE_NEARBY) {
            element->flags &= ~(unsigned)ELEMENT_STRONG;
        } else if (element->role == ROLE_ROUTE) {
            element->role = ROLE_FACT;
            element->label = element->value;
            element->value = element->detail = "";
            element->icon = "directions_walk";
            element->flags |= ELEMENT_STRONG;
        }
    }
}

void
cut_notice(struct build *build, struct page *page)
{
    bool keep[PAGE_ELEMENTS_MAX];

    if (!has_room(build)) {
        tell_nearby_shorter(page);
    }
    if (!has_room(build)) {
        for (size_t i = 0; i < page->count; i++) {
            keep[i] = page->elements[i].role != ROLE_QR;
        }
        page_keep(page, keep);
    }
}
