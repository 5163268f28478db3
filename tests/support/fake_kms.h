#pragma once

#include "device/display/kms.h"

/*
 * A kernel with graphics cards and panels, after what virtio-gpu and vc4 do: one
 * master a card, by opening it first or by asking for it with privilege; a card that
 * wants to hear what changed shows nothing else.
 */

#define FAKE_CARDS_MAX 3

struct fake_card {
    int open_error; /* 0, or what opening it ends in: ENODEV for a 3D part */
    bool plugged;
    bool wants_flush; /* like virtio-gpu; else like vc4, which scans the buffer */
    bool taken;       /* another program is its master */
    int panel_count;
    struct kms_panel panels[2];
};

struct fake_kms {
    struct fake_card cards[FAKE_CARDS_MAX];
    bool privileged; /* may ask to be master without having been it */
    bool deaf;       /* gives no uevents */
    int show_error;  /* -errno of the next show() */
    /* What happened. */
    int opens, shows, flushes, tries;
    /* Its own. */
    struct fake_opened {
        int card; /* + 1; 0: closed */
        bool master, was_master;
    } opened[64];
    struct fake_buffer {
        uint32_t *pixels;
        int width, height, card;
        size_t pitch;
    } buffers[8]; /* by id - 1 */
    struct fake_glass {
        uint32_t buffer; /* 0: dark */
        int width, height;
        uint32_t *pixels; /* what the panel got to hear of */
    } glasses[FAKE_CARDS_MAX];
    int uevents[2];
};

struct kms fake_kms_start(struct fake_kms *fake);
/* Fails the test when something was left open. */
void fake_kms_stop(struct fake_kms *fake);

/* A connected panel "HDMI-A-<number>" with one preferred mode. */
struct kms_panel fake_panel(int number, int width, int height);
void fake_kms_say(struct fake_kms *fake, const char *subsystem);

/* Another program takes the card, or lets it go. */
void fake_kms_take(struct fake_kms *fake, int card);
void fake_kms_release(struct fake_kms *fake, int card);

bool fake_kms_is_dark(const struct fake_kms *fake, int card);
/* 0x00RRGGBB that shines there. */
uint32_t fake_kms_pixel(const struct fake_kms *fake, int card, int x, int y);
