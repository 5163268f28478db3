#include "presenter_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define RING_MM 16 /* across: it shows around a finger */
#define LATE_MS_MAX 30000
/* Everything that a press may wait for gives up before this by itself. */
#define BUSY_MS_MAX (5 * 60 * 1000)

static struct moment
now(const struct presenter *presenter)
{
    return presenter->parts.now(presenter->parts.now_data);
}

struct glass *
presenter_view(const struct presenter *presenter)
{
    return (struct glass *)&presenter->views[presenter->shown];
}

bool
presenter_is_busy(const struct presenter *presenter)
{
    return flow_is_busy(presenter->parts.flow);
}

static int
pixels_of_mm(const struct presenter *presenter, int mm)
{
    const struct layout_options options = {
        .display = presenter->parts.display_class,
        .panel = presenter->parts.panel,
    };

    return layout_pixels_of_mm(&options, mm);
}

/* --- the one timer ------------------------------------------------------------------
 */

int64_t
presenter_next_ms(const struct presenter *presenter)
{
    int64_t flow_ms = flow_next_tick_ms(presenter->parts.flow);
    int64_t lights_ms = lights_next_ms(&presenter->lights);

    return flow_ms < lights_ms ? flow_ms : lights_ms;
}

static void
on_timer(void *data)
{
    struct presenter *presenter = data;

    presenter->timer = 0;
    presenter_tick(presenter);
}

static void
set_timer(struct presenter *presenter)
{
    int64_t next_ms = presenter_next_ms(presenter);
    int64_t delay_ms;

    if (presenter->parts.loop == NULL ||
        (presenter->timer != 0 && presenter->timer_ms == next_ms))
    {
        return;
    }
    loop_remove_timer(presenter->parts.loop, presenter->timer);
    presenter->timer = 0;
    if (next_ms == INT64_MAX) {
        return;
    }
    delay_ms = next_ms - now(presenter).now_ms;
    presenter->timer = loop_add_timer(presenter->parts.loop,
                                      delay_ms > 0 ? delay_ms : 0, on_timer, presenter);
    presenter->timer_ms = next_ms;
}

/* --- showing ------------------------------------------------------------------------
 */

static int
index_of(const struct page *page, const char *id)
{
    const struct element *element = id[0] != '\0' ? page_find(page, id) : NULL;

    return element != NULL ? (int)(element - page->elements) : -1;
}

/* A finger on something that has become something else presses nothing. */
static void
check_finger(struct presenter *presenter, const struct page *before,
             const struct page *page)
{
    const struct element *element;

    if (!finger_is_busy(&presenter->finger)) {
        if (!presenter_is_busy(presenter)) {
            presenter->pressed[0] = '\0';
        }
        return;
    }
    element = page_find(page, presenter->pressed);
    if (element == NULL || !page_can_press(page, element) ||
        !text_equal(before->screen, page->screen) ||
        element->action.verb != presenter->action.verb ||
        element->action.argument != presenter->action.argument)
    {
        finger_spend(&presenter->finger);
        presenter->pressed[0] = '\0';
    }
}

bool
presenter_wakes(struct presenter *presenter)
{
    if (!lights_wake(&presenter->lights, now(presenter).now_ms)) {
        return false;
    }
    presenter_refresh(presenter);
    return true;
}

/* Held still, and not yet gone astray. */
static int
pressed_on(const struct presenter *presenter, const struct page *page)
{
    return presenter->finger.state == FINGER_STRAYING
               ? -1
               : index_of(page, presenter->pressed);
}

static void
paint(struct presenter *presenter, const struct layout *before,
      const struct layout *layout)
{
    struct canvas *canvas = presenter->canvas;
    struct rectangle whole = {0, 0, canvas->width, canvas->height};
    struct rectangle parts[PAINTER_PARTS_MAX] = {whole};
    size_t count = before == NULL ? 1 : painter_difference(before, layout, parts);

    for (size_t i = 0; i < count; i++) {
        canvas_clip(canvas, parts[i]);
        painter_paint(presenter->parts.painter, canvas, layout);
    }
    canvas_clip(canvas, whole);
    if (count > 0) {
        display_present(presenter->parts.display, canvas->pixels, parts, count);
    }
}

struct shown
presenter_shown(const struct presenter *presenter, const struct page *before)
{
    const struct page *page = &presenter_view(presenter)->page;

    return (struct shown){
        .tongue = flow_tongue(presenter->parts.flow, page->language),
        .dutch = flow_tongue(presenter->parts.flow, LANGUAGE_NL),
        .before = before,
        .page = page,
        .focused = page_find(page, presenter->focused),
    };
}

static void
speak(struct presenter *presenter, const struct page *before)
{
    struct shown shown = presenter_shown(presenter, before);

    if (presenter->was_at_rest || !flow_is_at_rest(presenter->parts.flow)) {
        voice_show(&presenter->voice, &shown);
    } else {
        voice_forget(&presenter->voice,
                     flow_tongue(presenter->parts.flow, before->language),
                     before->adjustment.speech);
    }
}

static void
wipe(struct glass *view)
{
    page_wipe(&view->page);
    memory_wipe(&view->layout, sizeof(view->layout));
}

void
presenter_refresh(struct presenter *presenter)
{
    bool first = presenter->shown < 0;
    bool at_rest = flow_is_at_rest(presenter->parts.flow);
    bool is_over = at_rest && !presenter->was_at_rest;
    struct glass *view = &presenter->views[first ? 0 : 1 - presenter->shown];
    const struct glass *before = first ? view : presenter_view(presenter);

    if (presenter->acting) {
        return; /* shown when the flow has done all of it */
    }
    if (is_over) {
        wipe(view); /* a short page leaves the end of a longer one */
    }
    flow_describe(presenter->parts.flow, &view->page, now(presenter));
    if (is_over) {
        presenter->by_keys = false;
    }
    check_finger(presenter, &before->page, &view->page);
    presenter_check_focus(presenter, &before->page, &view->page);
    lights_check(&presenter->lights, at_rest, view->page.shape == PAGE_ATTRACT,
                 now(presenter).now_ms);
    const struct layout_options options = {
        .display = presenter->parts.display_class,
        .panel = presenter->parts.panel,
        .pressed = pressed_on(presenter, &view->page),
        .focused = index_of(&view->page, presenter->focused),
        .lit = presenter->lights.lit,
    };

    layout_page(&view->layout, &view->page, &options, presenter->parts.fonts);
    lights_put(&presenter->lights, &view->layout, pixels_of_mm(presenter, RING_MM));
    paint(presenter, first ? NULL : &before->layout, &view->layout);
    presenter->shown = (int)(view - presenter->views);
    speak(presenter, first ? NULL : &before->page);
    if (is_over) { /* nothing of it stays: no page, and no letters that were drawn */
        wipe(&presenter->views[1 - presenter->shown]);
        fonts_forget(presenter->parts.fonts);
    }
    presenter->was_at_rest = at_rest;
    set_timer(presenter);
}

void
presenter_act(struct presenter *presenter, const struct input *input)
{
    presenter->acting = true;
    if (input->kind != INPUT_LISTEN) {
        voice_hush(&presenter->voice);
    }
    flow_act(presenter->parts.flow, input, now(presenter));
    presenter->acting = false;
    presenter_refresh(presenter);
}

/* Who hears a page to its end may need longer than the warning waits. The warning
 * itself does not put itself off. */
static bool
is_listened_to(const struct presenter *presenter)
{
    return voice_is_speaking(&presenter->voice) &&
           !flow_is_at_rest(presenter->parts.flow) &&
           page_find(&presenter_view(presenter)->page, "countdown") == NULL;
}

void
presenter_tick(struct presenter *presenter)
{
    struct moment moment = now(presenter);

    if (moment.now_ms >= flow_next_tick_ms(presenter->parts.flow)) {
        presenter->acting = true;
        if (is_listened_to(presenter)) {
            flow_act(presenter->parts.flow, &(struct input){.kind = INPUT_LISTEN},
                     moment);
        }
        flow_tick(presenter->parts.flow, moment);
        presenter->acting = false;
    }
    presenter_refresh(presenter);
}

const char *
presenter_trouble(const struct presenter *presenter)
{
    struct moment moment = now(presenter);

    if (moment.now_ms - presenter_next_ms(presenter) > LATE_MS_MAX) {
        return "the page is not drawn when it should be";
    }
    if (flow_busy_ms(presenter->parts.flow, moment) > BUSY_MS_MAX) {
        return "a press is not answered";
    }
    return NULL;
}

/* --- fingers ------------------------------------------------------------------------
 */

static enum finger_place
finger_place(const struct presenter *presenter, const struct pointer *pointer)
{
    static const struct {
        int mm;
        enum finger_place place;
    } around[] = {{FINGER_HALO_MM, FINGER_ON},
                  {FINGER_HALO_MM + FINGER_STRAY_MM, FINGER_NEAR}};
    const struct glass *view = presenter_view(presenter);
    const struct box *box =
        layout_box(&view->layout, index_of(&view->page, presenter->pressed));

    for (size_t i = 0; box != NULL && i < sizeof(around) / sizeof(around[0]); i++) {
        int grown = pixels_of_mm(presenter, around[i].mm);

        if (rectangle_contains(rectangle_grown(box->rect, grown), pointer->x,
                               pointer->y)) {
            return around[i].place;
        }
    }
    return FINGER_GONE;
}

/* It shows where the finger was, so that one sees how far off. */
static void
miss(struct presenter *presenter, const struct pointer *pointer)
{
    if (!flow_is_at_rest(presenter->parts.flow)) {
        lights_miss(&presenter->lights, pointer->x, pointer->y, now(presenter).now_ms);
    }
    presenter_act(presenter, &(struct input){.kind = INPUT_MISS});
}

static void
finger_down(struct presenter *presenter, const struct pointer *pointer)
{
    const struct glass *view = presenter_view(presenter);
    const struct element *element;
    int hit;

    if (!finger_goes_down(&presenter->finger, pointer, now(presenter).now_ms,
                          pixels_of_mm(presenter, FINGER_HALO_MM)) ||
        presenter_wakes(presenter))
    {
        return;
    }
    presenter->by_keys = false;
    hit = layout_hit(&view->layout, &view->page, pointer->x, pointer->y);
    if (hit < 0) {
        miss(presenter, pointer);
        return;
    }
    element = &view->page.elements[hit];
    if (presenter_is_busy(presenter) && element->slot != SLOT_DOCK &&
        element->slot != SLOT_OVERLAY)
    {
        return; /* what was pressed before is being worked on */
    }
    finger_presses(&presenter->finger, now(presenter).now_ms);
    presenter->action = element->action;
    text_copy(presenter->pressed, sizeof(presenter->pressed), element->id);
    lights_forget_miss(&presenter->lights);
    presenter_refresh(presenter);
}

void
presenter_pointer(struct presenter *presenter, const struct pointer *pointer)
{
    struct finger *finger = &presenter->finger;
    int64_t now_ms = now(presenter).now_ms;

    if (pointer->kind == POINTER_DOWN) {
        finger_down(presenter, pointer);
        return;
    }
    if (!finger_is(finger, pointer)) {
        return;
    }
    if (pointer->kind == POINTER_CANCEL) {
        finger_vanishes(finger);
        presenter_refresh(presenter);
    } else if (pointer->kind == POINTER_MOVE) {
        if (finger_moves(finger, finger_place(presenter, pointer), now_ms)) {
            presenter_refresh(presenter);
        }
    } else if (finger_lifts(finger, pointer, finger_place(presenter, pointer), now_ms))
    {
        presenter_act(presenter, &(struct input){.kind = INPUT_PRESS,
                                                 .action = presenter->action});
    } else {
        presenter_refresh(presenter);
    }
}

void
presenter_text(struct presenter *presenter, const char *text)
{
    struct input input = {.kind = INPUT_TYPE, .text = text};

    if (presenter_wakes(presenter)) {
        return;
    }
    if (text_equal(text, "\b")) {
        input.kind = INPUT_ERASE;
    } else if (text_equal(text, "\n")) {
        input.kind = INPUT_ENTER;
    }
    presenter_act(presenter, &input);
}

void
presenter_scan(struct presenter *presenter, const char *text)
{
    presenter_act(presenter, &(struct input){.kind = INPUT_SCAN, .text = text});
}

/* --- life ---------------------------------------------------------------------------
 */

struct presenter *
presenter_create(const struct presenter_parts *parts)
{
    struct presenter *presenter = memory_allocate(1, sizeof(*presenter));
    int width, height;

    display_class_size(parts->display_class, &width, &height);
    presenter->parts = *parts;
    presenter->voice = (struct voice){parts->speaker, parts->headphones, ""};
    presenter->canvas = canvas_create(width, height);
    presenter->shown = -1;
    lights_init(&presenter->lights);
    finger_init(&presenter->finger);
    presenter->was_at_rest = true;
    presenter_refresh(presenter);
    return presenter;
}

void
presenter_destroy(struct presenter *presenter)
{
    if (presenter == NULL) {
        return;
    }
    if (presenter->parts.loop != NULL) {
        loop_remove_timer(presenter->parts.loop, presenter->timer);
    }
    canvas_destroy(presenter->canvas);
    memory_wipe(presenter, sizeof(*presenter));
    free(presenter);
}

const struct page *
presenter_page(const struct presenter *presenter)
{
    return &presenter_view(presenter)->page;
}

const struct layout *
presenter_layout(const struct presenter *presenter)
{
    return &presenter_view(presenter)->layout;
}

const struct canvas *
presenter_canvas(const struct presenter *presenter)
{
    return presenter->canvas;
}

int
presenter_focused(const struct presenter *presenter)
{
    return index_of(presenter_page(presenter), presenter->focused);
}

int
presenter_pressed(const struct presenter *presenter)
{
    return pressed_on(presenter, presenter_page(presenter));
}
