#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rectangle.h"
#include "device/display.h"

/*
 * The kernel's side of a screen (KMS), as much of it as a display needs. The real one
 * is in display_drm.c; a test has one of its own. What can fail returns a number that
 * is not negative, or -errno.
 */

#define KMS_CARDS_MAX 16
#define KMS_PANELS_MAX 8
#define KMS_MODES_MAX 64
#define KMS_PARTS_MAX 64 /* of one flush */

struct kms_mode {
    int width, height, refresh_hz;
    bool preferred;
};

struct kms_panel {
    uint32_t connector, controller; /* the controller scans pixels out to it */
    char name[32];                  /* of the connector: "HDMI-A-1" */
    bool connected;
    size_t mode_count;
    struct kms_mode modes[KMS_MODES_MAX];
};

struct kms_buffer {
    uint32_t id;      /* 0: there is none */
    uint32_t memory;  /* the kernel's handle of its memory */
    uint32_t *pixels; /* 0x00RRGGBB, zeroed when made */
    size_t pitch;     /* pixels a row */
    size_t bytes;
};

struct kms_operations {
    /* Descriptor of /dev/dri/card<number>; -ENODEV when it can't show panels. */
    int (*open)(void *kernel, int number);
    void (*close)(void *kernel, int card);
    /* Asks each connector for its panel, which takes time; returns their number. */
    int (*panels)(void *kernel, int card, struct kms_panel *panels, size_t count_max);
    int (*buffer_create)(void *kernel, int card, int width, int height,
                         struct kms_buffer *buffer);
    void (*buffer_destroy)(void *kernel, int card, struct kms_buffer *buffer);
    /* Shows the buffer from now on. */
    int (*show)(void *kernel, int card, const struct kms_panel *panel,
                const struct kms_mode *mode, const struct kms_buffer *buffer);
    void (*hide)(void *kernel, int card, const struct kms_panel *panel);
    /* Brings changed parts to the panel. -ENOSYS: it happens by itself. */
    int (*flush)(void *kernel, int card, const struct kms_buffer *buffer,
                 const struct rectangle *parts, size_t count);
    /* One program at a time is the card's master, and may show and flush. */
    bool (*is_master)(void *kernel, int card);
    int (*become_master)(void *kernel, int card);
    void (*drop_master)(void *kernel, int card); /* what is shown stays */
    /* A descriptor of uevents, closed by the caller. */
    int (*listen)(void *kernel);
};

struct kms {
    const struct kms_operations *operations;
    void *kernel;
};

/*
 * The mode to use: of the size asked for, else the preferred one when the canvas fits,
 * else the smallest in which it fits. NULL when there is none.
 */
const struct kms_mode *kms_mode_choose(const struct kms_panel *panel,
                                       const struct display_drm_options *options);

/* display_drm_create() on a given kernel, which outlives the display. */
struct display *
kms_display_create(struct loop *loop, const struct kms *kms,
                   const struct display_drm_options *options, struct error *error);
