#include "device/display.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <SDL_syswm.h>

#include "base/memory.h"

/*
 * A window on an X11 desktop (Wayland desktops bring XWayland; SDL has no software
 * surface on Wayland itself, and would need a GPU driver).
 *
 * SDL_WaitEvent() would block, but then nobody reads the loop's other descriptors.
 * So the loop polls SDL's X connection, whose descriptor Xlib.h gives without
 * linking libX11, and SDL is pumped only when there is something: an idle window
 * wakes nobody up. Drawing may read events into Xlib's own queue, where poll() does
 * not see them; so a present is followed by one pump from a timer of 0 ms.
 */

/* A little more than PENDING_FOCUS_TIME of SDL. */
#define FOCUS_DELAY_MS 220

struct window {
    struct loop *loop;
    struct display_listener listener;
    int width, height; /* of the canvas */
    SDL_Window *window;
    SDL_Surface *shown; /* the canvas at the window's size */
    int fd;             /* -1 when not in the loop */
    int pump_timer;     /* 0 when none runs */
    bool video;
    bool pressed; /* a finger is down */
    struct pointer last;
};

/* --- showing ----------------------------------------------------------------- */

/* The mean of the canvas pixels under one pixel of the window. */
static uint32_t
mean(const struct window *window, const uint32_t *pixels, struct rectangle under)
{
    uint32_t red = 0, green = 0, blue = 0;
    uint32_t count = (uint32_t)(under.width * under.height), half = count / 2;

    for (int y = under.y; y < under.y + under.height; y++) {
        const uint32_t *row = pixels + (size_t)y * (size_t)window->width;

        for (int x = under.x; x < under.x + under.width; x++) {
            red += row[x] >> 16 & 0xFFu;
            green += row[x] >> 8 & 0xFFu;
            blue += row[x] & 0xFFu;
        }
    }
    return (red + half) / count << 16 | (green + half) / count << 8 |
           (blue + half) / count;
}

/* First canvas pixel under window pixel `at`; the window is never larger. */
static int
canvas_from(int at, int shown, int canvas)
{
    return (int)((int64_t)at * canvas / shown);
}

static void
copy_part(struct window *window, const uint32_t *pixels, struct rectangle part)
{
    for (int y = part.y; y < part.y + part.height; y++) {
        char *row = (char *)window->shown->pixels + (ptrdiff_t)y * window->shown->pitch;

        memcpy(row + (size_t)part.x * sizeof(*pixels),
               pixels + (size_t)y * (size_t)window->width + part.x,
               (size_t)part.width * sizeof(*pixels));
    }
}

static void
scale_part(struct window *window, const uint32_t *pixels, struct rectangle part)
{
    int shown_width = window->shown->w, shown_height = window->shown->h;

    for (int y = part.y; y < part.y + part.height; y++) {
        uint32_t *row = (uint32_t *)((char *)window->shown->pixels +
                                     (ptrdiff_t)y * window->shown->pitch);
        int top = canvas_from(y, shown_height, window->height);
        int bottom = canvas_from(y + 1, shown_height, window->height);
        int left = canvas_from(part.x, shown_width, window->width);

        for (int x = part.x; x < part.x + part.width; x++) {
            int right = canvas_from(x + 1, shown_width, window->width);

            row[x] = mean(window, pixels,
                          (struct rectangle){left, top, right - left, bottom - top});
            left = right;
        }
    }
}

/* Every window pixel that has some of the canvas part under it. */
static struct rectangle
shown_part(const struct window *window, struct rectangle part)
{
    struct rectangle whole = {0, 0, window->shown->w, window->shown->h};
    int64_t width = window->shown->w, height = window->shown->h;
    int left = (int)(part.x * width / window->width) - 1;
    int top = (int)(part.y * height / window->height) - 1;
    int right = (int)((part.x + part.width) * width / window->width) + 1;
    int bottom = (int)((part.y + part.height) * height / window->height) + 1;

    return rectangle_intersection(
        whole, (struct rectangle){left, top, right - left, bottom - top});
}

static void
copy_to_window(struct window *window, struct rectangle part)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    SDL_Rect from = {part.x, part.y, part.width, part.height}, to = from;

    if (surface != NULL && SDL_BlitSurface(window->shown, &from, surface, &to) == 0 &&
        to.w > 0 && to.h > 0)
    {
        SDL_UpdateWindowSurfaceRects(window->window, &to, 1);
    }
}

static void pump(void *data);

static void
present(void *maker, const uint32_t *pixels, const struct rectangle *parts,
        size_t count)
{
    struct window *window = maker;
    struct rectangle canvas = {0, 0, window->width, window->height};

    for (size_t i = 0; i < count; i++) {
        struct rectangle part =
            shown_part(window, rectangle_intersection(parts[i], canvas));

        if (window->shown->w == window->width && window->shown->h == window->height) {
            copy_part(window, pixels, part);
        } else {
            scale_part(window, pixels, part);
        }
        copy_to_window(window, part);
    }
    if (window->pump_timer == 0) {
        window->pump_timer = loop_add_timer(window->loop, 0, pump, window);
    }
}

/* --- hearing ----------------------------------------------------------------- */

static void
tell_pointer(struct window *window, enum pointer_kind kind,
             const SDL_TouchFingerEvent *at)
{
    struct pointer pointer = {
        .kind = kind,
        .id = (int)(at->fingerId & 0x7FFF),
        .x = (int)(at->x * (float)window->width + 0.5F),
        .y = (int)(at->y * (float)window->height + 0.5F),
    };

    pointer.x = SDL_max(0, SDL_min(pointer.x, window->width - 1));
    pointer.y = SDL_max(0, SDL_min(pointer.y, window->height - 1));
    window->pressed = kind == POINTER_DOWN || kind == POINTER_MOVE;
    window->last = pointer;
    if (window->listener.pointer != NULL) {
        window->listener.pointer(window->listener.data, &pointer);
    }
}

/* A press whose end nobody will hear is taken back. */
static void
tell_cancel(struct window *window)
{
    if (window->pressed && window->listener.pointer != NULL) {
        window->last.kind = POINTER_CANCEL;
        window->listener.pointer(window->listener.data, &window->last);
    }
    window->pressed = false;
}

static const struct {
    SDL_Keycode code;
    enum key key;
} keys[] = {
    {SDLK_DOWN, KEY_ROW_DOWN},  {SDLK_RIGHT, KEY_NEXT}, {SDLK_TAB, KEY_NEXT},
    {SDLK_UP, KEY_ROW_UP},      {SDLK_F4, KEY_SLOWER},  {SDLK_F5, KEY_FASTER},
    {SDLK_LEFT, KEY_PREVIOUS},  {SDLK_RETURN, KEY_OK},  {SDLK_KP_ENTER, KEY_OK},
    {SDLK_BACKSPACE, KEY_BACK}, {SDLK_F1, KEY_REPEAT},  {SDLK_F2, KEY_SOFTER},
    {SDLK_F3, KEY_LOUDER},      {SDLK_F6, KEY_BLANK},
};

static void
tell_key(struct window *window, const SDL_Keysym *pressed)
{
    if (pressed->sym == SDLK_ESCAPE) {
        if (window->listener.close != NULL) {
            window->listener.close(window->listener.data);
        }
        return;
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (pressed->sym == keys[i].code && window->listener.key != NULL) {
            bool back = pressed->sym == SDLK_TAB && (pressed->mod & KMOD_SHIFT) != 0;

            window->listener.key(window->listener.data,
                                 back ? KEY_PREVIOUS : keys[i].key);
            return;
        }
    }
}

static void
tell_window(struct window *window, Uint8 event)
{
    if (event == SDL_WINDOWEVENT_EXPOSED || event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        copy_to_window(window,
                       (struct rectangle){0, 0, window->shown->w, window->shown->h});
    } else if (event == SDL_WINDOWEVENT_FOCUS_LOST) {
        tell_cancel(window);
    }
}

static void
tell(struct window *window, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_FINGERDOWN:
        tell_pointer(window, POINTER_DOWN, &event->tfinger);
        break;
    case SDL_FINGERMOTION:
        tell_pointer(window, POINTER_MOVE, &event->tfinger);
        break;
    case SDL_FINGERUP:
        tell_pointer(window, POINTER_UP, &event->tfinger);
        break;
    case SDL_KEYDOWN:
        tell_key(window, &event->key.keysym);
        break;
    case SDL_TEXTINPUT:
        if (window->listener.text != NULL) {
            window->listener.text(window->listener.data, event->text.text);
        }
        break;
    case SDL_WINDOWEVENT:
        tell_window(window, event->window.event);
        break;
    case SDL_QUIT:
        if (window->listener.close != NULL) {
            window->listener.close(window->listener.data);
        }
        break;
    default:
        break;
    }
}

/*
 * SDL handles a change of focus a fifth of a second late, and only when pumped
 * then: one pump is planned for it.
 */
static void
plan_focus(struct window *window, const SDL_SysWMmsg *message)
{
    int type = message->msg.x11.event.type;

    if (type == FocusIn || type == FocusOut) {
        loop_remove_timer(window->loop, window->pump_timer);
        window->pump_timer = loop_add_timer(window->loop, FOCUS_DELAY_MS, pump, window);
    }
}

/*
 * Handling an X event may read further ones into memory, where poll() does not see
 * them. As every X event also comes as SDL_SYSWMEVENT, a round without any event is
 * one that handled nothing: then nothing is left behind.
 */
static void
hear(struct window *window)
{
    bool heard = true;

    while (heard) {
        SDL_Event event;

        heard = false;
        while (SDL_PollEvent(&event) != 0) {
            heard = true;
            if (event.type == SDL_SYSWMEVENT) {
                plan_focus(window, event.syswm.msg);
            } else {
                tell(window, &event);
            }
        }
    }
}

static void
pump(void *data)
{
    struct window *window = data;

    window->pump_timer = 0;
    hear(window);
}

static void
on_connection(void *data, int fd, short events)
{
    (void)fd, (void)events;
    hear(data);
}

/* --- life -------------------------------------------------------------------- */

static void
destroy(void *maker)
{
    struct window *window = maker;

    if (window->fd >= 0) {
        loop_remove_fd(window->loop, window->fd);
    }
    loop_remove_timer(window->loop, window->pump_timer);
    SDL_FreeSurface(window->shown);
    if (window->window != NULL) {
        SDL_DestroyWindow(window->window);
    }
    if (window->video) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    free(window);
}

static const struct display_operations operations = {
    .present = present,
    .destroy = destroy,
};

static void
set_hints(void)
{
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
    /* Else the window's surface goes through OpenGL: seven times the memory. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    /* The mouse is a finger, and a finger is no mouse: one path. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    /* No touch is lost, not even the one that brings the window to the front. */
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "1");
    /* Reading it is most of what starting on X11 costs. Dead keys go with it: the
     * screen has its own keyboard with accents. */
    setenv("XCOMPOSEFILE", "/dev/null", 0);
}

/* As large as the desktop has room for, at most one to one. */
static SDL_Rect
fitting_size(int width, int height)
{
    SDL_Rect room = {0, 0, width, height}, size = {0, 0, width, height};

    SDL_GetDisplayUsableBounds(0, &room);
    if (size.h > room.h) {
        size.w = (int)((int64_t)width * room.h / height);
        size.h = room.h;
    }
    if (size.w > room.w) {
        size.h = (int)((int64_t)height * room.w / width);
        size.w = room.w;
    }
    size.w = SDL_max(size.w, 1);
    size.h = SDL_max(size.h, 1);
    return size;
}

static bool
window_open(struct window *window, struct error *error)
{
    SDL_SysWMinfo info;
    SDL_Rect size;

    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return error_set(error, ERROR_DEVICE, "no desktop: %s", SDL_GetError());
    }
    window->video = true;
    size = fitting_size(window->width, window->height);
    window->window = SDL_CreateWindow("Loketzuil", SDL_WINDOWPOS_UNDEFINED,
                                      SDL_WINDOWPOS_UNDEFINED, size.w, size.h, 0);
    window->shown =
        SDL_CreateRGBSurfaceWithFormat(0, size.w, size.h, 32, SDL_PIXELFORMAT_XRGB8888);
    SDL_VERSION(&info.version);
    if (window->window == NULL || window->shown == NULL ||
        SDL_GetWindowSurface(window->window) == NULL ||
        SDL_GetWindowWMInfo(window->window, &info) != SDL_TRUE ||
        info.subsystem != SDL_SYSWM_X11)
    {
        return error_set(error, ERROR_DEVICE, "no window: %s", SDL_GetError());
    }
    window->fd = ConnectionNumber(info.info.x11.display);
    loop_add_fd(window->loop, window->fd, POLLIN, on_connection, window);
    window->pump_timer = loop_add_timer(window->loop, 0, pump, window);
    SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
    SDL_StartTextInput();
    return true;
}

struct display *
display_sdl_create(struct loop *loop, int width, int height,
                   struct display_listener listener, struct error *error)
{
    struct display *display;
    struct window *window = memory_allocate(1, sizeof(*window));

    assert(width > 0 && height > 0);
    window->loop = loop;
    window->listener = listener;
    window->width = width;
    window->height = height;
    window->fd = -1;
    if (!window_open(window, error)) {
        destroy(window);
        return NULL;
    }
    display = memory_allocate(1, sizeof(*display));
    *display = (struct display){&operations, window, width, height};
    return display;
}
