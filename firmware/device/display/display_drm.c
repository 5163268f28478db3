#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "device/display/kms.h"
#include "device/display/uevent.h"

/*
 * KMS by libdrm, with dumb buffers: memory that the card scans out as it is, so that
 * no Mesa is needed. The old way of setting a mode, not the atomic one: it is in
 * every driver, and one buffer on one controller is all there is to set.
 */

static void
card_close(void *kernel, int card)
{
    (void)kernel;
    close(card);
}

/* A board's 3D part is a card of its own, without connectors. */
static bool
card_shows_panels(int card)
{
    drmModeRes *resources = drmModeGetResources(card);
    bool shows = resources != NULL && resources->count_connectors > 0;
    uint64_t dumb = 0;

    drmModeFreeResources(resources);
    return shows && drmGetCap(card, DRM_CAP_DUMB_BUFFER, &dumb) == 0 && dumb != 0;
}

static int
card_open(void *kernel, int number)
{
    char path[32];
    int card;

    (void)kernel;
    snprintf(path, sizeof(path), "/dev/dri/card%d", number);
    card = open(path, O_RDWR | O_CLOEXEC);
    if (card < 0) {
        return -errno;
    }
    if (!card_shows_panels(card)) {
        close(card);
        return -ENODEV;
    }
    return card;
}

/* The controller that drives the connector already, else the first one that can. */
static uint32_t
controller_of(int card, const drmModeRes *resources, const drmModeConnector *connector)
{
    drmModeEncoder *encoder = drmModeGetEncoder(card, connector->encoder_id);
    uint32_t controller = encoder != NULL ? encoder->crtc_id : 0;

    drmModeFreeEncoder(encoder);
    for (int i = 0; controller == 0 && i < connector->count_encoders; i++) {
        encoder = drmModeGetEncoder(card, connector->encoders[i]);
        for (int j = 0;
             encoder != NULL && controller == 0 && j < resources->count_crtcs; j++) {
            if ((encoder->possible_crtcs & 1u << j) != 0) {
                controller = resources->crtcs[j];
            }
        }
        drmModeFreeEncoder(encoder);
    }
    return controller;
}

static void
describe(int card, const drmModeRes *resources, const drmModeConnector *connector,
         struct kms_panel *panel)
{
    const char *type = drmModeGetConnectorTypeName(connector->connector_type);

    *panel = (struct kms_panel){
        .connector = connector->connector_id,
        .controller = controller_of(card, resources, connector),
    };
    panel->connected =
        connector->connection == DRM_MODE_CONNECTED && panel->controller != 0;
    snprintf(panel->name, sizeof(panel->name), "%s-%u", type != NULL ? type : "Unknown",
             connector->connector_type_id);
    for (int i = 0; i < connector->count_modes && i < KMS_MODES_MAX; i++) {
        const drmModeModeInfo *mode = &connector->modes[i];

        panel->modes[panel->mode_count++] = (struct kms_mode){
            .width = mode->hdisplay,
            .height = mode->vdisplay,
            .refresh_hz = (int)mode->vrefresh,
            .preferred = (mode->type & DRM_MODE_TYPE_PREFERRED) != 0,
        };
    }
}

static int
card_panels(void *kernel, int card, struct kms_panel *panels, size_t count_max)
{
    drmModeRes *resources = drmModeGetResources(card);
    int count = 0;

    (void)kernel;
    if (resources == NULL) {
        return -errno;
    }
    for (int i = 0; i < resources->count_connectors && (size_t)count < count_max; i++) {
        drmModeConnector *connector =
            drmModeGetConnector(card, resources->connectors[i]);

        if (connector != NULL) {
            describe(card, resources, connector, &panels[count++]);
        }
        drmModeFreeConnector(connector);
    }
    drmModeFreeResources(resources);
    return count;
}

static void
buffer_destroy(void *kernel, int card, struct kms_buffer *buffer)
{
    (void)kernel;
    if (buffer->pixels != NULL) {
        munmap(buffer->pixels, buffer->bytes);
    }
    if (buffer->id != 0) {
        drmModeRmFB(card, buffer->id);
    }
    if (buffer->memory != 0) {
        drmModeDestroyDumbBuffer(card, buffer->memory);
    }
    *buffer = (struct kms_buffer){0};
}

static int
buffer_map(int card, struct kms_buffer *buffer)
{
    uint64_t offset;
    int failed = drmModeMapDumbBuffer(card, buffer->memory, &offset);
    void *pixels;

    if (failed != 0) {
        return failed;
    }
    pixels = mmap(NULL, buffer->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, card,
                  (off_t)offset);
    if (pixels == MAP_FAILED) {
        return -errno;
    }
    buffer->pixels = pixels;
    return 0;
}

static int
buffer_create(void *kernel, int card, int width, int height, struct kms_buffer *buffer)
{
    uint32_t pitch_bytes = 0;
    uint64_t bytes = 0;
    int failed;

    *buffer = (struct kms_buffer){0};
    failed = drmModeCreateDumbBuffer(card, (uint32_t)width, (uint32_t)height, 32, 0,
                                     &buffer->memory, &pitch_bytes, &bytes);
    if (failed == 0) {
        buffer->bytes = (size_t)bytes;
        buffer->pitch = pitch_bytes / sizeof(uint32_t);
        failed = drmModeAddFB(card, (uint32_t)width, (uint32_t)height, 24, 32,
                              pitch_bytes, buffer->memory, &buffer->id);
    }
    if (failed == 0) {
        failed = buffer_map(card, buffer);
    }
    if (failed != 0) {
        buffer_destroy(kernel, card, buffer);
    }
    return failed;
}

static bool
mode_is(const drmModeModeInfo *found, const struct kms_mode *mode)
{
    return found->hdisplay == mode->width && found->vdisplay == mode->height &&
           (int)found->vrefresh == mode->refresh_hz;
}

static int
panel_show(void *kernel, int card, const struct kms_panel *panel,
           const struct kms_mode *mode, const struct kms_buffer *buffer)
{
    /* What the kernel knows already; does not ask the panel again. */
    drmModeConnector *connector = drmModeGetConnectorCurrent(card, panel->connector);
    uint32_t id = panel->connector;
    int result = -ENODEV;

    (void)kernel;
    if (connector == NULL) {
        return result;
    }
    for (int i = 0; i < connector->count_modes; i++) {
        if (mode_is(&connector->modes[i], mode)) {
            result = drmModeSetCrtc(card, panel->controller, buffer->id, 0, 0, &id, 1,
                                    &connector->modes[i]);
            break;
        }
    }
    drmModeFreeConnector(connector);
    return result;
}

static void
panel_hide(void *kernel, int card, const struct kms_panel *panel)
{
    (void)kernel;
    drmModeSetCrtc(card, panel->controller, 0, 0, 0, NULL, 0, NULL);
}

static int
buffer_flush(void *kernel, int card, const struct kms_buffer *buffer,
             const struct rectangle *parts, size_t count)
{
    drmModeClip clips[KMS_PARTS_MAX];

    (void)kernel;
    for (size_t i = 0; i < count; i++) {
        clips[i] = (drmModeClip){
            .x1 = (uint16_t)parts[i].x,
            .y1 = (uint16_t)parts[i].y,
            .x2 = (uint16_t)(parts[i].x + parts[i].width),
            .y2 = (uint16_t)(parts[i].y + parts[i].height),
        };
    }
    return drmModeDirtyFB(card, buffer->id, clips, (uint32_t)count);
}

static bool
card_is_master(void *kernel, int card)
{
    (void)kernel;
    return drmIsMaster(card) != 0;
}

static int
card_become_master(void *kernel, int card)
{
    (void)kernel;
    return drmSetMaster(card) == 0 ? 0 : -errno;
}

static void
card_drop_master(void *kernel, int card)
{
    (void)kernel;
    drmDropMaster(card);
}

static int
kernel_listen(void *kernel)
{
    (void)kernel;
    return uevent_open();
}

struct display *
display_drm_create(struct loop *loop, const struct display_drm_options *options,
                   struct error *error)
{
    static const struct kms_operations operations = {
        .open = card_open,
        .close = card_close,
        .panels = card_panels,
        .buffer_create = buffer_create,
        .buffer_destroy = buffer_destroy,
        .show = panel_show,
        .hide = panel_hide,
        .flush = buffer_flush,
        .is_master = card_is_master,
        .become_master = card_become_master,
        .drop_master = card_drop_master,
        .listen = kernel_listen,
    };
    static const struct kms kms = {&operations, NULL};

    return kms_display_create(loop, &kms, options, error);
}
