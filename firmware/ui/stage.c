#include "stage.h"

#include <string.h>

#include "parts.h"

#define SIGN_TOP_BESIDE 385 /* the sign gives way to text that comes so low */

void
put_header(struct build *build)
{
    const struct page *page = build->page;
    const struct metrics *metrics = build->metrics;
    bool home = page->shape == PAGE_HOME;
    int pitch = metrics->types[TYPE_HEADER].pitch;
    int logo = metrics->beside ? 64 : 76;
    int x = metrics->beside ? (home ? 32 : 28) : 48;
    int y = metrics->beside ? (home ? 28 : 24) : 44;
    int text = x + logo + (metrics->beside ? 16 : 20);
    int end = metrics->stage.width - 48;
    int line = y + (logo - 2 * pitch) / 2;
    struct run name = {-1, TYPE_HEADER, false, COLOR_ON_STAGE_2, ALIGN_START, 0};

    put_item(build, ITEM_LOGO, -1, (struct rectangle){x, y, logo, logo});
    put_text(build, name, page->name_lines[0], text, line, end - text);
    name.bold = true;
    name.color = COLOR_ON_STAGE;
    put_text(build, name, page->name_lines[1], text, line + pitch, end - text);
    if (metrics->beside) {
        return; /* no room: place and clock stay on the large screens */
    }
    name.align = ALIGN_END;
    put_text(build, name, page->clock, metrics->width / 3, line + pitch,
             end - metrics->width / 3);
    name.bold = false;
    name.color = COLOR_ON_STAGE_2;
    put_text(build, name, page->place, metrics->width / 2, line,
             end - metrics->width / 2);
}

static void
put_progress(struct build *build, struct rectangle stage, int margin)
{
    const struct page *page = build->page;
    bool beside = build->metrics->beside;
    int gap = beside ? 7 : 12;
    int height = beside ? 8 : 12;
    int y = beside ? 113 : 170;
    int room = stage.width - 2 * margin + gap;
    struct run text = {-1, TYPE_SMALL, false, COLOR_ON_STAGE_2, ALIGN_START, 0};
    int width;

    for (int i = 0; i < page->step_count; i++) {
        int start = room * i / page->step_count;
        int end = room * (i + 1) / page->step_count - gap;
        int grown = i + 1 == page->step ? 2 : 0;
        struct rectangle bar = {stage.x + margin + start, y - grown, end - start,
                                height + 2 * grown};

        if (i + 1 <= page->step) {
            put_fill(build, -1, bar, bar.height / 2,
                     grown ? COLOR_ACCENT : COLOR_ON_STAGE_2);
        } else {
            put_outline(build, -1, bar, bar.height / 2, 2, COLOR_STAGE_LINE);
        }
    }
    y = beside ? 136 : 198;
    width = text_width(build, text, page->step_text) + text_width(build, text, " ");
    if (width + text_width(build, text, page->step_name) * 11 / 10 >
        stage.width - 2 * margin)
    {
        width = 0; /* a narrow stage: the bars count, the words name */
    } else {
        put_text(build, text, page->step_text, stage.x + margin, y, width);
    }
    text.bold = true;
    text.color = COLOR_ON_STAGE;
    put_text(build, text, page->step_name, stage.x + margin + width, y,
             stage.width - 2 * margin - width);
}

/* The sign in its disc, cut off by the edges of the stage. */
static void
put_sign(struct build *build)
{
    const struct page *page = build->page;
    bool beside = build->metrics->beside;
    int radius = beside ? 136 : 190;
    int px = beside ? 136 : 200;
    int x = beside ? 226 : 880;
    int y = beside ? 440 : page->step_count > 0 ? 440 : 370;

    if (page->sign == NULL) {
        return;
    }
    put_circle(build, -1,
               (struct rectangle){x - radius, y - radius, 2 * radius, 2 * radius},
               COLOR_STAGE_2);
    put_icon_on(build, -1, page->sign, x - px / 2, y - px / 2, px, COLOR_ACCENT,
                COLOR_STAGE_2);
}

/* Dutch makes long words: a title takes a smaller size before it leaves the stage. */
static int
longest_word(struct build *build, struct run run, const char *text)
{
    int longest = 0;

    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        struct text_style style = {build->metrics->types[run.type].px, WEIGHT_BOLD};
        int width = fonts_width(build->fonts, style, text, length);

        longest = width > longest ? width : longest;
        text += length + strspn(text + length, " ");
    }
    return longest;
}

bool
is_message_on_stage(const struct build *build, const struct element *element)
{
    return build->metrics->beside && element->role == ROLE_MESSAGE &&
           element->slot == SLOT_SHEET && keyboard_of(build->page) >= 0;
}

/* As far as there is room; returns where it ends. */
static int
put_stage_message(struct build *build, int element, int x, int y, int width)
{
    const struct element *message = &build->page->elements[element];
    struct run run = {element, TYPE_SMALL, false, COLOR_ON_STAGE, ALIGN_START, 0};
    int lines = text_lines(build, run, message->label, width);

    y += scaled(build, 20);
    if (y + lines * pitch_of(build, run) > build->metrics->stage.height) {
        return y;
    }
    return y + put_text(build, run, message->label, x, y, width);
}

/* Title, subtitle, facts and what has no room elsewhere; returns where they end. */
static int
put_stage_text(struct build *build, struct rectangle stage, int margin)
{
    const struct page *page = build->page;
    bool beside = build->metrics->beside;
    int title_width = beside ? stage.width - 2 * margin + 12 : 600;
    int note_width = beside ? stage.width - 2 * margin + 12 : 600;
    int x = stage.x + margin;
    int y = beside                 ? (page->step_count > 0 ? 186 : 136)
            : page->step_count > 0 ? 284
                                   : 195;
    bool facts = false;

    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        struct run run = {i, TYPE_SUBTITLE, false, COLOR_ON_STAGE_2, ALIGN_START, 0};

        if (is_message_on_stage(build, it)) {
            y = put_stage_message(build, i, x, y, note_width);
        }
        if (it->slot != SLOT_STAGE) {
            continue;
        }
        if (it->role == ROLE_TITLE) {
            run.type = TYPE_TITLE;
            run.bold = true;
            run.color = COLOR_ON_STAGE;
            if (longest_word(build, run, it->label) > title_width) {
                run.type = TYPE_OVERLAY_TITLE;
            }
            y += put_text(build, run, it->label, x, y, title_width);
            y += scaled(build, 16);
        } else if (it->role == ROLE_STAGE_FACT) {
            int icon_px = scaled(build, 46);
            int indent = icon_px + scaled(build, 18);

            y += facts ? scaled(build, 14) : scaled(build, 8);
            facts = true;
            run.color = COLOR_ON_STAGE;
            put_icon(build, i, it->icon, x, y + scaled(build, 3), icon_px,
                     COLOR_ACCENT);
            y += put_text(build, run, it->label, x + indent, y, note_width - indent);
        } else {
            y += put_text(build, run, it->label, x, y, note_width - (beside ? 0 : 116));
        }
    }
    return y;
}

/* Beside the stage there is room for one more button at its foot. */
static void
put_stage_button(struct build *build, int element, struct rectangle rect)
{
    const struct element *it = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    bool home = it->role == ROLE_TILE;
    struct run label = {
        element, home ? TYPE_GREETING : TYPE_PLACE, true, COLOR_INK, ALIGN_START, 0};
    struct run note = {element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0};
    int x = rect.x + 18;
    int icon_px = 44;
    int indent = home ? 92 : 58;
    int room = rect.width - 18 - indent - (home ? 12 : 70);
    int lines = text_lines(build, label, it->label, room);
    int height = lines * pitch_of(build, label) +
                 (it->detail[0] != '\0' ? pitch_of(build, note) : 0);
    int y = rect.y + (rect.height - height) / 2;

    surface.border = COLOR_NONE;
    if (!is_pressed(build, element)) {
        surface.fill = COLOR_CARD;
        surface.icon = COLOR_PRIMARY;
        surface.disc = COLOR_PRIMARY_SOFT;
        surface.disc_icon = COLOR_PRIMARY;
    } else {
        label.color = note.color = COLOR_ON_PRIMARY;
    }
    put_control(build, element, &surface, rect, 20);
    if (home) {
        put_disc(build, element, it->icon, x + 1, rect.y + (rect.height - 74) / 2, 74,
                 icon_px, surface.disc, surface.disc_icon);
    } else {
        put_icon(build, element, it->icon, x, rect.y + (rect.height - icon_px) / 2,
                 icon_px, surface.icon);
        put_icon(build, element, "chevron_right", rect.x + rect.width - 58,
                 rect.y + (rect.height - 40) / 2, 40, surface.icon);
    }
    y += put_text(build, label, it->label, x + indent, y, room);
    put_text(build, note, it->detail, x + indent, y, room);
}

/* The stage shows behind the round corners of the sheet. */
static struct rectangle
under_the_corners(const struct build *build, struct rectangle stage)
{
    if (build->metrics->beside) {
        stage.width += build->metrics->sheet_radius;
    } else {
        stage.height += build->metrics->sheet_radius;
    }
    return stage;
}

/* The first tile that is no life event stands on the stage, where it is beside. */
int
stage_tile(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_TILE &&
            (page->elements[i].flags & ELEMENT_PRIMARY) != 0)
        {
            return i;
        }
    }
    return -1;
}

void
put_home_stage(struct build *build, struct rectangle stage)
{
    const struct page *page = build->page;
    bool beside = build->metrics->beside;
    int x = beside ? 32 : 48;

    put_fill(build, -1, under_the_corners(build, stage), 0, COLOR_STAGE);
    put_item(build, ITEM_STREET, -1, stage)->number =
        beside ? STREET_HOME_BESIDE : STREET_HOME;
    put_header(build);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        struct run run = {i, TYPE_GREETING, false, COLOR_ON_STAGE_2, ALIGN_START, 0};

        if (it->role == ROLE_GREETING) {
            put_text(build, run, it->label, x, beside ? 124 : 178, stage.width - x);
        } else if (it->role == ROLE_TITLE && it->slot == SLOT_STAGE) {
            run.type = TYPE_HOME_TITLE;
            run.bold = true;
            run.color = COLOR_ON_STAGE;
            put_text(build, run, it->label, x, beside ? 168 : 234,
                     stage.width - x - (beside ? 24 : 120));
        } else if (beside && i == stage_tile(page)) {
            put_stage_button(build, i, (struct rectangle){24, 549, 328, 119});
        }
    }
}

void
put_work_stage(struct build *build, struct rectangle stage)
{
    const struct page *page = build->page;
    int margin = build->metrics->beside ? 28 : 48;
    int reading;

    put_fill(build, -1, under_the_corners(build, stage), 0, COLOR_STAGE);
    build->measuring = true;
    reading = put_stage_text(build, stage, margin);
    build->measuring = false;
    if (!build->metrics->beside || reading < SIGN_TOP_BESIDE) {
        put_sign(build);
    }
    put_header(build);
    if (page->step_count > 0) {
        put_progress(build, stage, margin);
    }
    put_stage_text(build, stage, margin);
    for (int i = 0; build->metrics->beside && i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_PLACE_CHANGE) {
            put_stage_button(build, i, (struct rectangle){20, 549, 296, 119});
        }
    }
}
