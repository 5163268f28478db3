#include "monkey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/scripted.h"
#include "base/memory.h"
#include "base/text.h"
#include "ticket/qr.h"

#define TRACE_BYTES 40000
/* Typed again and again, and never to be seen after a visit. */
#define SECRET "Xylofonistje"

/* --- chance ----------------------------------------------------------------------- */

/* SplitMix64: every seed is a good one. */
static uint64_t
draw(struct monkey *monkey)
{
    uint64_t z = monkey->seed += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 to `count` - 1 */
static int
chance(struct monkey *monkey, int count)
{
    return (int)(draw(monkey) % (uint64_t)count);
}

/* --- the kiosk that it plays with ------------------------------------------------- */

static struct moment
now(void *data)
{
    return ((struct monkey *)data)->kiosk.moment;
}

static bool
make_qr(const char *text, uint8_t *dark, int *size)
{
    static struct qr qr;
    struct error error = {0};

    if (!qr_encode(text, &qr, &error)) {
        return false;
    }
    memcpy(dark, qr.dark, (size_t)qr.size * (size_t)qr.size);
    *size = qr.size;
    return true;
}

void
monkey_open(struct monkey *monkey, enum display_class display, uint64_t seed)
{
    struct error error;
    int width, height;

    *monkey = (struct monkey){.seed = seed};
    visit_kiosk_open(&monkey->kiosk);
    monkey->kiosk.display = display;
    display_class_size(display, &width, &height);
    theme_make(&monkey->theme, THEME_BRAND_1, THEME_BRAND_2, false);
    monkey->fonts = fonts_open(&error);
    assert_non_null(monkey->fonts);
    monkey->painter = painter_create(monkey->fonts, &monkey->theme, make_qr);
    monkey->display = display_memory_create(width, height);
    monkey->canvas = canvas_create(width, height);
    monkey->presenter =
        presenter_create(&(struct presenter_parts){.now = now,
                                                   .now_data = monkey,
                                                   .flow = monkey->kiosk.flow,
                                                   .fonts = monkey->fonts,
                                                   .painter = monkey->painter,
                                                   .display = monkey->display,
                                                   .display_class = display});
}

void
monkey_close(struct monkey *monkey)
{
    visit_kiosk_wait(&monkey->kiosk);
    presenter_destroy(monkey->presenter);
    display_destroy(monkey->display);
    canvas_destroy(monkey->canvas);
    painter_destroy(monkey->painter);
    fonts_close(monkey->fonts);
    visit_kiosk_close(&monkey->kiosk);
}

static void
settle(struct monkey *monkey)
{
    visit_kiosk_wait(&monkey->kiosk);
    presenter_refresh(monkey->presenter);
}

/* Everything that is due meanwhile happens in its turn. */
static void
pass(struct monkey *monkey, int64_t ms)
{
    struct moment *moment = &monkey->kiosk.moment;
    int64_t end_ms = moment->now_ms + ms;

    for (;;) {
        int64_t next_ms = presenter_next_ms(monkey->presenter);
        bool due = next_ms <= end_ms;
        int64_t to_ms = due ? next_ms : end_ms;

        if (to_ms > moment->now_ms) {
            moment->now += to_ms / 1000 - moment->now_ms / 1000;
            moment->now_ms = to_ms;
        }
        if (!due) {
            return;
        }
        presenter_tick(monkey->presenter);
    }
}

/* --- what it does ----------------------------------------------------------------- */

static void
point(struct monkey *monkey, enum pointer_kind kind, int id, int x, int y)
{
    presenter_pointer(monkey->presenter,
                      &(struct pointer){.kind = kind, .id = id, .x = x, .y = y});
}

/* Anything, but rather what leads on, and seldom what ends the visit: else it would see
 * little more than the first page. */
static int
weight_of(const struct page *page, const struct element *element)
{
    return !page_can_press(page, element)            ? 1
           : strstr(element->id, "stop") != NULL     ? 1
           : element->slot == SLOT_DOCK              ? 4
           : (element->flags & ELEMENT_PRIMARY) != 0 ? 40
                                                     : 8;
}

static int
choose_box(struct monkey *monkey)
{
    const struct layout *layout = presenter_layout(monkey->presenter);
    const struct page *page = presenter_page(monkey->presenter);
    int left = 0;

    for (size_t i = 0; i < layout->box_count; i++) {
        left += weight_of(page, &page->elements[layout->boxes[i].element]);
    }
    left = chance(monkey, left);
    for (size_t i = 0; i < layout->box_count; i++) {
        left -= weight_of(page, &page->elements[layout->boxes[i].element]);
        if (left < 0) {
            return (int)i;
        }
    }
    return 0;
}

/* Somewhere in a box, or somewhere on the screen where there is none. */
static void
aim(struct monkey *monkey, bool at_box, int *x, int *y)
{
    const struct layout *layout = presenter_layout(monkey->presenter);
    struct rectangle rect = {0, 0, layout->width, layout->height};

    if (at_box && layout->box_count > 0) {
        rect = layout->boxes[choose_box(monkey)].rect;
    }
    *x = rect.x + chance(monkey, rect.width > 0 ? rect.width : 1);
    *y = rect.y + chance(monkey, rect.height > 0 ? rect.height : 1);
}

static const char *
pressed_id(const struct monkey *monkey)
{
    int pressed = presenter_pressed(monkey->presenter);

    return pressed >= 0 ? presenter_page(monkey->presenter)->elements[pressed].id
                        : "nothing";
}

static void
touch(struct monkey *monkey, bool at_box)
{
    int x, y;

    aim(monkey, at_box, &x, &y);
    point(monkey, POINTER_DOWN, 1, x, y);
    snprintf(monkey->doing, sizeof(monkey->doing), "touches %d %d (%s)", x, y,
             pressed_id(monkey));
    pass(monkey, chance(monkey, 20) == 0 ? 3500 : 90);
    point(monkey, POINTER_UP, 1, x, y);
}

static void
fumble(struct monkey *monkey)
{
    int x[2], y[2];
    bool lost = chance(monkey, 8) == 0;

    for (int i = 0; i < 2; i++) {
        aim(monkey, true, &x[i], &y[i]);
    }
    snprintf(monkey->doing, sizeof(monkey->doing), "fumbles from %d %d to %d %d", x[0],
             y[0], x[1], y[1]);
    point(monkey, POINTER_DOWN, 1, x[0], y[0]);
    pass(monkey, 50);
    if (chance(monkey, 2) == 0) {
        point(monkey, POINTER_DOWN, 2, x[1], y[1]);
        pass(monkey, 50);
        point(monkey, POINTER_UP, 2, x[1], y[1]);
    }
    point(monkey, POINTER_MOVE, 1, x[1], y[1]);
    pass(monkey, 50);
    point(monkey, lost ? POINTER_CANCEL : POINTER_UP, 1, x[1], y[1]);
}

static void
press_keys(struct monkey *monkey)
{
    static const enum key keys[] = {KEY_NEXT, KEY_NEXT,  KEY_NEXT,   KEY_PREVIOUS,
                                    KEY_OK,   KEY_OK,    KEY_REPEAT, KEY_LOUDER,
                                    KEY_BACK, KEY_SOFTER};
    int count = 1 + chance(monkey, 6);

    snprintf(monkey->doing, sizeof(monkey->doing), "presses %d keys", count);
    for (int i = 0; i < count; i++) {
        presenter_key(monkey->presenter,
                      keys[chance(monkey, (int)(sizeof(keys) / sizeof(keys[0])))]);
    }
}

static void
type(struct monkey *monkey)
{
    static const char *const texts[] = {SECRET,  SECRET, "0612345678", "29021960",
                                        "paspo", "\b",   "\n",         "Şükrü",
                                        "\n",    "ééé",  "مرحبا",      "  "};
    const char *text = texts[chance(monkey, (int)(sizeof(texts) / sizeof(texts[0])))];

    snprintf(monkey->doing, sizeof(monkey->doing), "types %d bytes", (int)strlen(text));
    presenter_text(monkey->presenter, text);
}

static void
scan(struct monkey *monkey)
{
    static const char *const texts[] = {
        "",
        "9789000000000",
        "HTTPS://EVIL.EXAMPLE/T/AAAA",
        "HTTPS://AFSPRAAK.VOORBEELD.NL/T/AEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIB",
        ("\xE2\x80\xAE" SECRET),
        "1234567890123456789012345678901234567890123456789012345678901234567890"};
    int which = chance(monkey, 12);
    const char *text = which < 6 ? texts[which] : monkey->ticket;

    snprintf(monkey->doing, sizeof(monkey->doing), "scans a code of %d bytes",
             (int)strlen(text));
    presenter_scan(monkey->presenter, text);
}

static void
wait_a_while(struct monkey *monkey)
{
    static const int seconds[] = {1, 1, 2, 2, 2, 5, 5, 5, 20, 20, 59, 61, 70, 91, 700};
    int s = seconds[chance(monkey, (int)(sizeof(seconds) / sizeof(seconds[0])))];

    snprintf(monkey->doing, sizeof(monkey->doing), "waits %d s", s);
    pass(monkey, (int64_t)s * 1000);
}

static void
break_something(struct monkey *monkey)
{
    static const char *const papers[] = {"ok",         "ok",    "out-of-paper",
                                         "cover-open", "error", "offline"};
    static const char *const numbers[] = {"closed", "full", "offline", "uncertain",
                                          "unknown"};
    struct visit_kiosk *kiosk = &monkey->kiosk;

    visit_kiosk_wait(kiosk);
    switch (chance(monkey, 6)) {
    case 0:
        text_copy(monkey->doing, sizeof(monkey->doing), "pulls the network out");
        scripted_set_offline(kiosk->client, true);
        break;
    case 1:
    case 2:
        text_copy(monkey->doing, sizeof(monkey->doing), "puts the network in");
        scripted_set_offline(kiosk->client, false);
        break;
    case 3:
        text_copy(monkey->doing, sizeof(monkey->doing), "is too late, or unsure");
        scripted_fail_next(kiosk->client,
                           chance(monkey, 2) == 0 ? ERROR_TAKEN : ERROR_UNCERTAIN);
        break;
    case 4:
        text_copy(monkey->doing, sizeof(monkey->doing), "sees to the paper");
        printer_play(kiosk->printer, papers[chance(monkey, 6)]);
        break;
    default:
        text_copy(monkey->doing, sizeof(monkey->doing), "spoils the numbers");
        walk_in_play(kiosk->walk_in, numbers[chance(monkey, 5)]);
        break;
    }
}

static void
look(struct monkey *monkey)
{
    const struct session *session = flow_session(monkey->kiosk.flow);

    if (session->under_way && session->depth > 0) {
        monkey->shown[session->frames[session->depth - 1].screen]++;
    }
    if (session->appointment.check_in[0] != '\0') {
        text_copy(monkey->ticket, sizeof(monkey->ticket),
                  session->appointment.check_in);
    }
}

/* The first that can be pressed whose name begins so. */
static const struct element *
find(const struct page *page, const char *start)
{
    for (size_t i = 0; i < page->count; i++) {
        if (text_starts_with(page->elements[i].id, start) &&
            page_can_press(page, &page->elements[i]))
        {
            return &page->elements[i];
        }
    }
    return NULL;
}

/* False when it is not there to be touched. */
static bool
tap(struct monkey *monkey, const char *id)
{
    const struct page *page = presenter_page(monkey->presenter);
    const struct element *element =
        text_equal(id, "time-") ? find(page, id) : page_find(page, id);
    const struct box *box = element == NULL
                                ? NULL
                                : layout_box(presenter_layout(monkey->presenter),
                                             (int)(element - page->elements));

    if (box != NULL) {
        int x = box->rect.x + box->rect.width / 2;
        int y = box->rect.y + box->rect.height / 2;

        pass(monkey, 100); /* so that it is no bounce */
        point(monkey, POINTER_DOWN, 1, x, y);
        pass(monkey, 100);
        point(monkey, POINTER_UP, 1, x, y);
    }
    return box != NULL;
}

static void
press_stop(struct monkey *monkey)
{
    text_copy(monkey->doing, sizeof(monkey->doing), "stops");
    tap(monkey, "stop");
}

/*
 * Somebody who knows the way goes first, as far as it goes today: what lies deep is met
 * too seldom otherwise. "=TEXT" is typed.
 */
static void
follow(struct monkey *monkey)
{
#define BOOKED                                                                         \
    "start paspoort paspoort arrange self have normal appointment next next "          \
    "time- next =" SECRET " enter =0612345678 enter"
    static const char *const ways[] = {
        BOOKED,
        BOOKED " confirm",
        BOOKED " confirm print",
        "start uittreksels uittreksel arrange other self walk-in",
        "start verhuizen verhuizing arrange inside rented no online",
        "start appointment type",
        "start search =geld enter",
        "start paspoort paspoort more",
        "start help ask-person",
    };
    int which = chance(monkey, (int)(sizeof(ways) / sizeof(ways[0])));
    const char *way = ways[which];
    char word[40];
    int used;

    if (!flow_is_at_rest(monkey->kiosk.flow)) {
        tap(monkey, "stop");
    }
    while (sscanf(way, " %39s%n", word, &used) == 1) {
        if (word[0] == '=') {
            presenter_text(monkey->presenter, word + 1);
        } else if (!tap(monkey, word)) {
            break;
        }
        settle(monkey);
        look(monkey);
        way += used;
    }
    snprintf(monkey->doing, sizeof(monkey->doing), "follows way %d", which);
}

/* As one citizen differs from the other: half of them keep what they find. */
static void
settle_in(struct monkey *monkey)
{
    static const char *const languages[] = {"choose-nl", "choose-en", "choose-tr",
                                            "choose-ar", "choose-uk", "choose-pl"};
    static const char *const settings[] = {"text-large",    "text-largest",
                                           "text-largest",  "reach-low",
                                           "contrast-high", "speech-on"};

    if (chance(monkey, 2) == 0 && tap(monkey, "language")) {
        tap(monkey, languages[chance(monkey, 6)]);
    }
    if (chance(monkey, 2) == 0 && tap(monkey, "adjust")) {
        for (int turns = 0; turns < 8; turns++) {
            if (tap(monkey, settings[chance(monkey, 6)])) {
                monkey->settings++;
            } else if (!tap(monkey, "overlay-more")) {
                break;
            }
        }
        tap(monkey, "adjusted");
    }
    settle(monkey);
}

/* --- what must hold --------------------------------------------------------------- */

static bool
broken(char why[300], const char *promise, const char *where)
{
    snprintf(why, 300, "%s: %s", where, promise);
    return false;
}

/* Something to press, and Stop among it wherever there is a dock. */
static bool
has_way_out(const struct monkey *monkey)
{
    const struct page *page = presenter_page(monkey->presenter);
    bool dock = false, stop = false, any = false;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];
        const struct box *box = layout_box(presenter_layout(monkey->presenter), (int)i);

        if (page_can_press(page, element) && box != NULL) {
            any = true;
            stop = stop || text_equal(element->id, "stop");
        }
        dock = dock || element->slot == SLOT_DOCK;
    }
    return any && (!dock || stop);
}

/* What is on the glass is what the page says, all of it painted anew. */
static bool
is_painted_well(struct monkey *monkey)
{
    const uint32_t *shown = display_memory_pixels(monkey->display);
    struct canvas *canvas = monkey->canvas;
    size_t bytes = (size_t)canvas->width * (size_t)canvas->height * sizeof(*shown);

    painter_paint(monkey->painter, canvas, presenter_layout(monkey->presenter));
    return memcmp(shown, canvas->pixels, bytes) == 0;
}

static bool
is_zero(const void *start, const void *end)
{
    for (const char *at = start; at < (const char *)end; at++) {
        if (*at != 0) {
            return false;
        }
    }
    return true;
}

/* Where the first page has nothing of its own, an earlier one has left nothing. */
static bool
is_clean(const struct page *page)
{
    return is_zero(page->pool + page->pool_length, page->pool + sizeof(page->pool)) &&
           is_zero(page->elements + page->count, page->elements + PAGE_ELEMENTS_MAX);
}

static bool
is_forgotten(struct monkey *monkey, char why[300])
{
    const struct page *page = presenter_page(monkey->presenter);
    const char *pool = page->pool;

    if (!session_is_wiped(flow_session(monkey->kiosk.flow))) {
        return broken(why, "something of the visit is left in the session",
                      page->screen);
    }
    if (!is_clean(page) || memmem(pool, sizeof(page->pool), SECRET, 4) != NULL) {
        return broken(why, "something of the visit is left in the page", page->screen);
    }
    if (page->shape != PAGE_ATTRACT) {
        return broken(why, "a visit is over, and this is shown", page->screen);
    }
    if (!is_painted_well(monkey)) {
        return broken(why, "something of the visit is left on the glass", page->screen);
    }
    return true;
}

/* Where there are keys, letters are what leads on. */
static bool
has_keys(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_KEY) {
            return true;
        }
    }
    return false;
}

static void
do_something(struct monkey *monkey)
{
    int what = chance(monkey, 100);

    if (has_keys(presenter_page(monkey->presenter)) && chance(monkey, 3) == 0) {
        type(monkey);
    } else if (what < 65) {
        touch(monkey, true);
    } else if (what < 69) {
        touch(monkey, false);
    } else if (what < 74) {
        fumble(monkey);
    } else if (what < 82) {
        press_keys(monkey);
    } else if (what < 90) {
        type(monkey);
    } else if (what < 92) {
        scan(monkey);
    } else if (what < 94) {
        wait_a_while(monkey);
    } else if (what < 97) {
        break_something(monkey);
    } else if (chance(monkey, 3) == 0) {
        follow(monkey);
    } else {
        press_stop(monkey);
    }
}

bool
monkey_act(struct monkey *monkey, char why[300])
{
    bool was_at_rest = flow_is_at_rest(monkey->kiosk.flow);
    bool stops, at_rest;

    do_something(monkey);
    stops = text_equal(monkey->doing, "stops") && !was_at_rest;
    if (chance(monkey, 4) > 0) {
        settle(monkey); /* else it does not wait for the answer */
    }
    pass(monkey, 100);
    if (was_at_rest && !flow_is_at_rest(monkey->kiosk.flow)) {
        settle_in(monkey);
    }
    look(monkey);
    at_rest = flow_is_at_rest(monkey->kiosk.flow);
    monkey->visits += at_rest && !was_at_rest;
    monkey->stops += stops;
    if (stops && !at_rest) {
        return broken(why, "Stop does not end the visit",
                      presenter_page(monkey->presenter)->screen);
    }
    if (!has_way_out(monkey)) {
        return broken(why, "there is no way out",
                      presenter_page(monkey->presenter)->screen);
    }
    if (at_rest && !was_at_rest) {
        return is_forgotten(monkey, why);
    }
    if (chance(monkey, 100) == 0 && !is_painted_well(monkey)) {
        return broken(why, "the glass is not what the page says",
                      presenter_page(monkey->presenter)->screen);
    }
    return true;
}
