#include "fake_kms.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

#define FD_FIRST 1000 /* never a real descriptor */
#define PITCH_EXTRA 5

static struct fake_opened *
opened_of(struct fake_kms *fake, int fd)
{
    struct fake_opened *opened = &fake->opened[fd - FD_FIRST];

    assert(fd >= FD_FIRST && opened->card > 0);
    return opened;
}

static struct fake_card *
card_of(struct fake_kms *fake, int fd)
{
    return &fake->cards[opened_of(fake, fd)->card - 1];
}

static bool
has_master(const struct fake_kms *fake, int card)
{
    bool found = fake->cards[card].taken;

    for (size_t i = 0; i < 64; i++) {
        found = found || (fake->opened[i].card == card + 1 && fake->opened[i].master);
    }
    return found;
}

static int
fake_open(void *kernel, int number)
{
    struct fake_kms *fake = kernel;

    if (number >= FAKE_CARDS_MAX || !fake->cards[number].plugged) {
        return -ENOENT;
    }
    if (fake->cards[number].open_error != 0) {
        return -fake->cards[number].open_error;
    }
    for (int i = 0; i < 64; i++) {
        if (fake->opened[i].card == 0) {
            bool master = !has_master(fake, number);

            fake->opened[i] = (struct fake_opened){number + 1, master, master};
            fake->opens++;
            return FD_FIRST + i;
        }
    }
    return -EMFILE;
}

static void
go_dark(struct fake_kms *fake, int card)
{
    free(fake->glasses[card].pixels);
    fake->glasses[card] = (struct fake_glass){0};
}

static void
fake_close(void *kernel, int fd)
{
    struct fake_kms *fake = kernel;

    opened_of(fake, fd)->card = 0;
}

static int
fake_panels(void *kernel, int fd, struct kms_panel *panels, size_t count_max)
{
    const struct fake_card *card = card_of(kernel, fd);

    assert((size_t)card->panel_count <= count_max);
    memcpy(panels, card->panels, (size_t)card->panel_count * sizeof(panels[0]));
    return card->plugged ? card->panel_count : -ENODEV;
}

static int
fake_buffer_create(void *kernel, int fd, int width, int height,
                   struct kms_buffer *buffer)
{
    struct fake_kms *fake = kernel;

    for (uint32_t i = 0; i < 8; i++) {
        struct fake_buffer *made = &fake->buffers[i];

        if (made->pixels == NULL) {
            made->width = width;
            made->height = height;
            made->card = opened_of(fake, fd)->card - 1;
            made->pitch = (size_t)width + PITCH_EXTRA;
            made->pixels =
                memory_allocate(made->pitch * (size_t)height, sizeof(made->pixels[0]));
            *buffer = (struct kms_buffer){.id = i + 1,
                                          .memory = 77,
                                          .pixels = made->pixels,
                                          .pitch = made->pitch,
                                          .bytes = made->pitch * (size_t)height * 4};
            return 0;
        }
    }
    return -ENOMEM;
}

static void
fake_buffer_destroy(void *kernel, int fd, struct kms_buffer *buffer)
{
    struct fake_kms *fake = kernel;
    struct fake_buffer *made = &fake->buffers[buffer->id - 1];
    int card = opened_of(fake, fd)->card - 1;

    assert(made->pixels != NULL && made->card == card);
    if (fake->glasses[card].buffer == buffer->id) {
        go_dark(fake, card);
    }
    free(made->pixels);
    *made = (struct fake_buffer){0};
    *buffer = (struct kms_buffer){0};
}

static void
bring(struct fake_kms *fake, int card, struct rectangle part)
{
    struct fake_glass *glass = &fake->glasses[card];
    const struct fake_buffer *buffer = &fake->buffers[glass->buffer - 1];

    for (int y = part.y; y < part.y + part.height; y++) {
        memcpy(glass->pixels + (size_t)y * (size_t)glass->width + part.x,
               buffer->pixels + (size_t)y * buffer->pitch + part.x,
               (size_t)part.width * sizeof(glass->pixels[0]));
    }
}

static int
fake_show(void *kernel, int fd, const struct kms_panel *panel,
          const struct kms_mode *mode, const struct kms_buffer *buffer)
{
    struct fake_kms *fake = kernel;
    int card = opened_of(fake, fd)->card - 1, error = fake->show_error;
    const struct fake_buffer *made = &fake->buffers[buffer->id - 1];

    fake->show_error = 0;
    if (!opened_of(fake, fd)->master) {
        return -EACCES;
    }
    if (error != 0) {
        return error;
    }
    if (made->width < mode->width || made->height < mode->height || !panel->connected) {
        return -ENOSPC;
    }
    fake->shows++;
    go_dark(fake, card);
    fake->glasses[card] = (struct fake_glass){
        .buffer = buffer->id,
        .width = mode->width,
        .height = mode->height,
        .pixels = memory_allocate((size_t)mode->width * (size_t)mode->height, 4),
    };
    bring(fake, card, (struct rectangle){0, 0, mode->width, mode->height});
    return 0;
}

static void
fake_hide(void *kernel, int fd, const struct kms_panel *panel)
{
    struct fake_kms *fake = kernel;

    (void)panel;
    go_dark(fake, opened_of(fake, fd)->card - 1);
}

static int
fake_flush(void *kernel, int fd, const struct kms_buffer *buffer,
           const struct rectangle *parts, size_t count)
{
    struct fake_kms *fake = kernel;
    int card = opened_of(fake, fd)->card - 1;
    struct rectangle whole = {0, 0, fake->glasses[card].width,
                              fake->glasses[card].height};

    fake->flushes++;
    if (!opened_of(fake, fd)->master) {
        return -EACCES;
    }
    if (!card_of(fake, fd)->wants_flush) {
        return -ENOSYS;
    }
    if (count > 256 || fake->glasses[card].buffer != buffer->id) {
        return -EINVAL;
    }
    for (size_t i = 0; i < count; i++) {
        bring(fake, card, rectangle_intersection(parts[i], whole));
    }
    return 0;
}

static bool
fake_is_master(void *kernel, int fd)
{
    return opened_of(kernel, fd)->master;
}

static int
fake_become_master(void *kernel, int fd)
{
    struct fake_kms *fake = kernel;
    struct fake_opened *opened = opened_of(fake, fd);

    fake->tries++;
    if (!fake->privileged && !opened->was_master) {
        return -EACCES;
    }
    if (!opened->master && has_master(fake, opened->card - 1)) {
        return -EBUSY;
    }
    opened->master = opened->was_master = true;
    return 0;
}

static void
fake_drop_master(void *kernel, int fd)
{
    opened_of(kernel, fd)->master = false;
}

static int
fake_listen(void *kernel)
{
    struct fake_kms *fake = kernel;

    return fake->deaf ? -EPERM : fake->uevents[0];
}

struct kms
fake_kms_start(struct fake_kms *fake)
{
    static const struct kms_operations operations = {
        .open = fake_open,
        .close = fake_close,
        .panels = fake_panels,
        .buffer_create = fake_buffer_create,
        .buffer_destroy = fake_buffer_destroy,
        .show = fake_show,
        .hide = fake_hide,
        .flush = fake_flush,
        .is_master = fake_is_master,
        .become_master = fake_become_master,
        .drop_master = fake_drop_master,
        .listen = fake_listen,
    };
    int failed = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fake->uevents);

    assert(failed == 0);
    (void)failed;
    return (struct kms){&operations, fake};
}

void
fake_kms_stop(struct fake_kms *fake)
{
    for (size_t i = 0; i < 64; i++) {
        assert(fake->opened[i].card == 0);
    }
    for (size_t i = 0; i < 8; i++) {
        assert(fake->buffers[i].pixels == NULL);
    }
    for (int i = 0; i < FAKE_CARDS_MAX; i++) {
        assert(fake->glasses[i].pixels == NULL);
    }
    if (fake->deaf) {
        close(fake->uevents[0]);
    }
    close(fake->uevents[1]);
}

struct kms_panel
fake_panel(int number, int width, int height)
{
    struct kms_panel panel = {
        .connector = (uint32_t)(30 + number),
        .controller = (uint32_t)(50 + number),
        .connected = true,
        .mode_count = 1,
        .modes = {{width, height, 60, true}},
    };

    snprintf(panel.name, sizeof(panel.name), "HDMI-A-%d", number);
    return panel;
}

void
fake_kms_say(struct fake_kms *fake, const char *subsystem)
{
    char message[256];
    int length = snprintf(message, sizeof(message),
                          "change@/devices/gpu/drm/card0%cACTION=change%c"
                          "DEVPATH=/devices/gpu/drm/card0%cSUBSYSTEM=%s%cHOTPLUG=1%c",
                          0, 0, 0, subsystem, 0, 0);
    ssize_t sent = send(fake->uevents[1], message, (size_t)length, 0);

    assert(sent == length);
    (void)sent;
}

void
fake_kms_take(struct fake_kms *fake, int card)
{
    for (size_t i = 0; i < 64; i++) {
        if (fake->opened[i].card == card + 1) {
            fake->opened[i].master = false;
        }
    }
    fake->cards[card].taken = true;
    go_dark(fake, card);
}

void
fake_kms_release(struct fake_kms *fake, int card)
{
    fake->cards[card].taken = false;
}

bool
fake_kms_is_dark(const struct fake_kms *fake, int card)
{
    return fake->glasses[card].buffer == 0;
}

uint32_t
fake_kms_pixel(const struct fake_kms *fake, int card, int x, int y)
{
    const struct fake_glass *glass = &fake->glasses[card];
    const struct fake_buffer *buffer = &fake->buffers[glass->buffer - 1];

    assert(glass->buffer != 0 && x < glass->width && y < glass->height);
    return fake->cards[card].wants_flush
               ? glass->pixels[(size_t)y * (size_t)glass->width + (size_t)x]
               : buffer->pixels[(size_t)y * buffer->pitch + (size_t)x];
}
