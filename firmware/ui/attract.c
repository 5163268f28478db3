#include "attract.h"

#include "parts.h"
#include "stage.h"

static void
put_start(struct build *build, int element, struct rectangle rect)
{
    const struct element *start = &build->page->elements[element];
    struct surface surface = {.fill = is_pressed(build, element) ? COLOR_CARD
                                                                 : COLOR_ACCENT};
    struct run run = {element, TYPE_START, true, COLOR_ON_ACCENT, ALIGN_CENTER, 0, 0};

    put_control(build, element, &surface, rect, rect.height / 2);
    put_centered(build, run, start->icon, scaled(build, 84), scaled(build, 28), false,
                 start->label, rect, COLOR_ON_ACCENT);
}

/* The names of the languages, spread over the width. */
static void
put_language_names(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    struct run run = {element, TYPE_BODY, false, COLOR_ON_STAGE, ALIGN_START, 0, 0};
    int room = rect.width;
    int gaps = -1;
    int x = rect.x;

    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        room -= text_width(build, run, page->elements[i].label);
        gaps++;
    }
    if (gaps < 3) {
        room = gaps * scaled(build, 48); /* few: together at the start */
    }
    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        int width = text_width(build, run, page->elements[i].label);

        run.element = i;
        put_text(build, run, page->elements[i].label, x, rect.y, width + 1);
        x += width + (gaps > 0 ? room / gaps : 0);
    }
}

void
put_attract(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    const struct attract_shape *shape = &metrics->attract;
    const struct header_shape *header = &metrics->stage.header;
    const struct page *page = build->page;
    struct rectangle all = {0, 0, metrics->width, metrics->height};
    int x = shape->margin;
    int width = metrics->width - 2 * x;
    int y = shape->title;
    struct item *street;

    put_fill(build, -1, all, 0, COLOR_STAGE);
    street = put_item(build, ITEM_STREET, -1, shape->street_area);
    street->number = (int)shape->street;
    street->length = (size_t)build->options->lit;
    put_header(build, header, x + width);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        struct run run = {i, TYPE_ATTRACT_TITLE, true, COLOR_ON_STAGE, ALIGN_START, 0,
                          0};

        if (it->role == ROLE_TITLE) {
            y += put_text(build, run, it->label, x, y, shape->title_width) +
                 scaled(build, 29);
        } else if (it->role == ROLE_SUBTITLE) {
            run.type = TYPE_LEAD;
            run.bold = false;
            run.color = COLOR_ON_STAGE_2;
            put_text(build, run, it->label, x, y, shape->lead_width);
        } else if (it->role == ROLE_START) {
            put_start(build, i, shape->start);
        } else if (it->role == ROLE_LANGUAGES) {
            put_language_names(build, i,
                               (struct rectangle){x, shape->names, width, 52});
        } else if (it->role == ROLE_STAGE_FACT) {
            int px = scaled(build, 40), top = shape->fact;

            run.type = TYPE_SMALL;
            run.bold = false;
            put_icon(build, i, it->icon, x, top + (pitch_of(build, run) - px) / 2, px,
                     COLOR_ACCENT);
            put_text(build, run, it->label, x + px + scaled(build, 16), top,
                     shape->lead_width);
        } else if (it->role == ROLE_NOTE) {
            struct run note = {i,           TYPE_SMALL, false, COLOR_ON_STAGE_2,
                               ALIGN_START, 0,          0};

            put_centered(build, note, it->icon, scaled(build, 40), scaled(build, 16),
                         false, it->label,
                         (struct rectangle){x, shape->note, width, 44},
                         COLOR_ON_STAGE_2);
        }
    }
}
