#include "device/display/kms.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/display/placement.h"
#include "device/display/uevent.h"

#define LOG_MODULE "display"
#include "base/log.h"

/*
 * One buffer, drawn in while it is shown. A page is painted once and then stands
 * still, so a torn picture lasts one refresh of the panel and nothing moves that
 * could tear again; a second buffer would cost its memory and, of every change, a
 * second drawing.
 *
 * Nothing is shown before the first present: whoever had the screen, a splash, stays
 * on it until there is something to see instead.
 */

/* Between tries while another program has the card; it doubles. */
#define RETRY_MS_MIN 100
#define RETRY_MS_MAX 2000

/* Where the canvas is drawn: the panel's buffer, or while there is none, memory. */
struct surface {
    struct kms_buffer buffer; /* `id` 0: plain memory */
    struct placement placement;
};

struct screen {
    struct loop *loop;
    struct kms kms;
    struct display_drm_options options;
    char connector[32];
    int card, card_number;  /* `card` -1: none is open */
    struct kms_panel panel; /* where it shows; `connected` false: dark */
    struct kms_mode mode;
    struct surface surface;
    bool presented; /* there is something to show */
    bool shown;     /* the panel scans our buffer, as far as we know */
    bool flushes;   /* the driver wants to hear what changed */
    int retry_timer, retry_ms;
    int uevents; /* -1 when the kernel tells nothing */
};

static void retry(void *data);

/* --- the surface ------------------------------------------------------------- */

static struct surface
surface_in_memory(const struct screen *screen)
{
    int width = screen->options.width, height = screen->options.height;
    struct surface surface = {.buffer.pitch = (size_t)width};

    surface.buffer.pixels = memory_allocate((size_t)width * (size_t)height,
                                            sizeof(surface.buffer.pixels[0]));
    placement_make(&surface.placement, width, height, width, height, 0);
    return surface;
}

static void
surface_finish(struct screen *screen, struct surface *surface)
{
    if (surface->buffer.id == 0) {
        free(surface->buffer.pixels);
    } else {
        screen->kms.operations->buffer_destroy(screen->kms.kernel, screen->card,
                                               &surface->buffer);
    }
}

/* Continues on another surface with the same picture. */
static void
surface_replace(struct screen *screen, struct surface surface)
{
    struct rectangle whole = {0, 0, screen->options.width, screen->options.height};

    if (screen->presented) {
        uint32_t *canvas = memory_allocate((size_t)whole.width * (size_t)whole.height,
                                           sizeof(*canvas));

        placement_read(&screen->surface.placement, screen->surface.buffer.pixels,
                       screen->surface.buffer.pitch, canvas);
        placement_draw(&surface.placement, canvas, whole, surface.buffer.pixels,
                       surface.buffer.pitch);
        free(canvas);
    }
    surface_finish(screen, &screen->surface);
    screen->surface = surface;
}

/* --- bringing it to the panel ------------------------------------------------ */

static void
retry_later(struct screen *screen)
{
    screen->shown = false;
    if (screen->retry_timer == 0) {
        screen->retry_timer =
            loop_add_timer(screen->loop, screen->retry_ms, retry, screen);
        screen->retry_ms =
            2 * screen->retry_ms > RETRY_MS_MAX ? RETRY_MS_MAX : 2 * screen->retry_ms;
    }
}

static void
retry_end(struct screen *screen)
{
    loop_remove_timer(screen->loop, screen->retry_timer);
    screen->retry_timer = 0;
    screen->retry_ms = RETRY_MS_MIN;
}

/* Not ours any more: what is drawn waits in the buffer. */
static void
lose(struct screen *screen, int reason)
{
    if (screen->shown || screen->retry_ms == RETRY_MS_MIN) {
        log_warning("%s can't be shown on: %s", screen->panel.name, strerror(-reason));
    }
    retry_later(screen);
}

static int
flush(struct screen *screen, const struct rectangle *parts, size_t count)
{
    int result = 0;

    for (size_t i = 0; i < count && result == 0 && screen->flushes; i += KMS_PARTS_MAX)
    {
        size_t left = count - i;

        result = screen->kms.operations->flush(
            screen->kms.kernel, screen->card, &screen->surface.buffer, parts + i,
            left < KMS_PARTS_MAX ? left : KMS_PARTS_MAX);
        if (result == -ENOSYS) {
            screen->flushes = false;
            result = 0;
        }
    }
    /* A driver that needs no flush doesn't tell either that another one is shown. */
    if (!screen->flushes &&
        !screen->kms.operations->is_master(screen->kms.kernel, screen->card))
    {
        result = -EACCES;
    }
    return result;
}

/* The whole buffer, from now on. */
static void
show(struct screen *screen)
{
    struct rectangle whole = {0, 0, screen->mode.width, screen->mode.height};
    int result;

    if (!screen->presented || !screen->panel.connected) {
        return;
    }
    result =
        screen->kms.operations->show(screen->kms.kernel, screen->card, &screen->panel,
                                     &screen->mode, &screen->surface.buffer);
    if (result == 0) {
        result = flush(screen, &whole, 1);
    }
    if (result != 0) {
        lose(screen, result);
        return;
    }
    log_info("%s shows %dx%d at %d Hz", screen->panel.name, screen->mode.width,
             screen->mode.height, screen->mode.refresh_hz);
    if (screen->options.yields) {
        screen->kms.operations->drop_master(screen->kms.kernel, screen->card);
    }
    screen->shown = true;
    retry_end(screen);
}

/* --- finding a panel --------------------------------------------------------- */

static bool
is_ours(const struct screen *screen, const struct kms_panel *panel)
{
    return panel->connected &&
           (screen->connector[0] == '\0' || text_equal(panel->name, screen->connector));
}

static bool
has_no_room(const struct screen *screen, const struct kms_panel *panel,
            struct error *error)
{
    char list[160];
    struct text modes = text_begin(list, sizeof(list));

    for (size_t i = 0; i < panel->mode_count; i++) {
        text_format(&modes, " %dx%d", panel->modes[i].width, panel->modes[i].height);
    }
    return error_set(error, ERROR_DEVICE,
                     "%s has no%s mode for a canvas of %dx%d turned by %d; it has%s",
                     panel->name, screen->options.mode_width != 0 ? " such" : "",
                     screen->options.width, screen->options.height,
                     screen->options.rotation, list);
}

/* Draws for this panel from now on; shows once there is something to show. */
static bool
light(struct screen *screen, const struct kms_panel *panel, const struct kms_mode *mode,
      struct error *error)
{
    struct surface surface = {0};
    int result;

    if (screen->surface.buffer.id == 0 || screen->mode.width != mode->width ||
        screen->mode.height != mode->height)
    {
        result = screen->kms.operations->buffer_create(screen->kms.kernel, screen->card,
                                                       mode->width, mode->height,
                                                       &surface.buffer);
        if (result != 0) {
            return error_set(error, ERROR_DEVICE, "no buffer of %dx%d: %s", mode->width,
                             mode->height, strerror(-result));
        }
        placement_make(&surface.placement, screen->options.width,
                       screen->options.height, mode->width, mode->height,
                       screen->options.rotation);
        surface_replace(screen, surface);
    }
    screen->panel = *panel;
    screen->mode = *mode;
    screen->flushes = true;
    show(screen);
    return true;
}

static void
darken(struct screen *screen)
{
    if (screen->panel.connected) {
        log_warning("%s has no panel any more", screen->panel.name);
        if (screen->shown) {
            screen->kms.operations->hide(screen->kms.kernel, screen->card,
                                         &screen->panel);
        }
    }
    screen->panel.connected = false;
    screen->shown = false;
    retry_end(screen);
}

static void
card_leave(struct screen *screen)
{
    if (screen->card < 0) {
        return;
    }
    if (screen->surface.buffer.id != 0) {
        surface_replace(screen, surface_in_memory(screen));
    }
    screen->kms.operations->close(screen->kms.kernel, screen->card);
    screen->card = -1;
    screen->panel.connected = false;
    screen->shown = false;
}

/* The one in use when it is still there, else the first that is ours. */
static const struct kms_panel *
panel_find(const struct screen *screen, const struct kms_panel *panels, int count)
{
    const struct kms_panel *found = NULL;

    for (int i = count - 1; i >= 0; i--) {
        bool in_use =
            screen->panel.connected && panels[i].connector == screen->panel.connector;

        if (is_ours(screen, &panels[i])) {
            found = &panels[i];
            if (in_use) {
                break;
            }
        }
    }
    return found;
}

/* On the open card. Without a panel it is dark; that is no error. */
static bool
card_look(struct screen *screen, struct error *error)
{
    struct kms_panel *panels = memory_allocate(KMS_PANELS_MAX, sizeof(panels[0]));
    const struct kms_panel *panel;
    const struct kms_mode *mode = NULL;
    bool right = true;
    int count = screen->kms.operations->panels(screen->kms.kernel, screen->card, panels,
                                               KMS_PANELS_MAX);

    if (count < 0) {
        free(panels);
        card_leave(screen);
        return error_set(error, ERROR_DEVICE, "the card is gone: %s", strerror(-count));
    }
    panel = panel_find(screen, panels, count);
    if (panel != NULL) {
        mode = kms_mode_choose(panel, &screen->options);
    }
    if (mode != NULL) {
        right = light(screen, panel, mode, error);
    } else {
        darken(screen);
        right = panel == NULL || has_no_room(screen, panel, error);
    }
    free(panels);
    return right;
}

/* Opens the first card with a panel, else the first that could have one. */
static bool
card_find(struct screen *screen, struct error *error)
{
    int first = -1;
    bool right = true;

    error_set(error, ERROR_DEVICE, "there is no graphics card for panels");
    for (int number = 0; number < KMS_CARDS_MAX && !screen->panel.connected; number++) {
        card_leave(screen);
        screen->card = screen->kms.operations->open(screen->kms.kernel, number);
        screen->card_number = number;
        if (screen->card >= 0) {
            first = first < 0 ? number : first;
            right = card_look(screen, error) && right;
        } else if (screen->card != -ENODEV && screen->card != -ENOENT) {
            error_set(error, ERROR_DEVICE, "card%d: %s", number,
                      strerror(-screen->card));
        }
        screen->card = screen->card < 0 ? -1 : screen->card;
    }
    if (!screen->panel.connected && first >= 0 && screen->card < 0) {
        screen->card = screen->kms.operations->open(screen->kms.kernel, first);
        screen->card_number = first;
        screen->card = screen->card < 0 ? -1 : screen->card;
    }
    return screen->panel.connected || (first >= 0 && right);
}

/* --- what happens to it ------------------------------------------------------ */

static void
look_again(struct screen *screen)
{
    struct error error = {0};
    bool right = screen->card >= 0 && card_look(screen, &error);

    if (!screen->panel.connected && screen->card < 0) {
        right = card_find(screen, &error);
    }
    if (!right) {
        log_warning("%s", error.message);
    }
}

/*
 * Who never was the card's master can't ask for it without privilege, but who opens a
 * card that has none becomes it.
 */
static bool
has_no_master(struct screen *screen)
{
    const struct kms *kms = &screen->kms;
    int card = kms->operations->open(kms->kernel, screen->card_number);
    bool free_of_master = card >= 0 && kms->operations->is_master(kms->kernel, card);

    if (card >= 0) {
        kms->operations->close(kms->kernel, card);
    }
    return free_of_master;
}

static void
retry(void *data)
{
    struct screen *screen = data;
    int result;

    screen->retry_timer = 0;
    if (screen->card < 0 || !screen->panel.connected) {
        return;
    }
    result = screen->kms.operations->become_master(screen->kms.kernel, screen->card);
    if (result == 0) {
        show(screen);
    } else if (result == -EACCES && has_no_master(screen)) {
        card_leave(screen);
        look_again(screen);
    } else {
        retry_later(screen);
    }
}

static void
on_uevent(void *data, int fd, short events)
{
    struct screen *screen = data;
    char message[UEVENT_BYTES_MAX];
    bool changed = false;
    ssize_t length;

    (void)events;
    do {
        length = recv(fd, message, sizeof(message), MSG_DONTWAIT);
        if (length > 0) {
            changed = changed || uevent_is_of(message, (size_t)length, "drm");
        } else if (length < 0 && errno == ENOBUFS) {
            changed = true; /* some were lost */
            length = 1;
        }
    } while (length > 0);
    if (changed) {
        look_again(screen);
    }
}

/* --- the display ------------------------------------------------------------- */

static void
present(void *maker, const uint32_t *pixels, const struct rectangle *parts,
        size_t count)
{
    struct screen *screen = maker;
    struct surface *surface = &screen->surface;
    struct rectangle changed[KMS_PARTS_MAX];

    for (size_t i = 0; i < count;) {
        size_t drawn = 0;
        int result;

        for (; i < count && drawn < KMS_PARTS_MAX; i++) {
            changed[drawn] =
                placement_draw(&surface->placement, pixels, parts[i],
                               surface->buffer.pixels, surface->buffer.pitch);
            drawn += rectangle_is_empty(changed[drawn]) ? 0 : 1;
        }
        if (!screen->shown || drawn == 0) {
            continue;
        }
        result = flush(screen, changed, drawn);
        if (result != 0) {
            lose(screen, result);
        }
    }
    if (!screen->presented) {
        screen->presented = true;
        show(screen);
    }
}

static void
locate(void *maker, double across, double down, int *x, int *y)
{
    const struct screen *screen = maker;
    const struct placement *placement = &screen->surface.placement;
    int width = placement->panel_width, height = placement->panel_height;
    double panel_x = across * width, panel_y = down * height;

    panel_x = panel_x < 0 ? 0 : panel_x > width - 1 ? width - 1 : panel_x;
    panel_y = panel_y < 0 ? 0 : panel_y > height - 1 ? height - 1 : panel_y;
    placement_to_canvas(placement, (int)panel_x, (int)panel_y, x, y);
}

static bool
shows(void *maker)
{
    const struct screen *screen = maker;

    return screen->shown || !screen->presented || !screen->panel.connected;
}

static void
destroy(void *maker)
{
    struct screen *screen = maker;

    retry_end(screen);
    if (screen->uevents >= 0) {
        loop_remove_fd(screen->loop, screen->uevents);
        close(screen->uevents);
    }
    surface_finish(screen, &screen->surface);
    if (screen->card >= 0) {
        screen->kms.operations->close(screen->kms.kernel, screen->card);
    }
    free(screen);
}

static const struct display_operations operations = {
    .present = present,
    .destroy = destroy,
    .locate = locate,
    .shows = shows,
};

static void
listen_to_kernel(struct screen *screen)
{
    screen->uevents = screen->kms.operations->listen(screen->kms.kernel);
    if (screen->uevents < 0) {
        log_warning("a panel plugged in later won't be seen: %s",
                    strerror(-screen->uevents));
        screen->uevents = -1;
        return;
    }
    loop_add_fd(screen->loop, screen->uevents, POLLIN, on_uevent, screen);
}

struct display *
kms_display_create(struct loop *loop, const struct kms *kms,
                   const struct display_drm_options *options, struct error *error)
{
    struct display *display;
    struct screen *screen = memory_allocate(1, sizeof(*screen));

    assert(options->width > 0 && options->height > 0);
    screen->loop = loop;
    screen->kms = *kms;
    screen->options = *options;
    if (options->connector != NULL) {
        text_copy(screen->connector, sizeof(screen->connector), options->connector);
    }
    screen->options.connector = screen->connector;
    screen->card = -1;
    screen->retry_ms = RETRY_MS_MIN;
    screen->surface = surface_in_memory(screen);
    listen_to_kernel(screen); /* first: what comes while it looks isn't missed */
    if (!card_find(screen, error)) {
        destroy(screen);
        return NULL;
    }
    if (!screen->panel.connected) {
        log_warning("no panel is connected; the screen is dark until one is");
    }
    display = memory_allocate(1, sizeof(*display));
    *display = (struct display){&operations, screen, options->width, options->height};
    return display;
}
