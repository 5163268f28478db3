#include "device/display/kms.h"
#include "device/display/placement.h"

static bool
fits(const struct kms_mode *mode, const struct display_drm_options *options)
{
    struct placement placement;

    return placement_make(&placement, options->width, options->height, mode->width,
                          mode->height, options->rotation);
}

static bool
is_asked_for(const struct kms_mode *mode, const struct display_drm_options *options)
{
    return options->mode_width == 0 ||
           (mode->width == options->mode_width && mode->height == options->mode_height);
}

/* Preferred before others, then fewer pixels, then the faster one. */
static bool
is_better(const struct kms_mode *mode, const struct kms_mode *best)
{
    int64_t pixels = (int64_t)mode->width * mode->height;
    int64_t best_pixels = (int64_t)best->width * best->height;

    if (mode->preferred != best->preferred) {
        return mode->preferred;
    }
    return pixels != best_pixels ? pixels < best_pixels
                                 : mode->refresh_hz > best->refresh_hz;
}

const struct kms_mode *
kms_mode_choose(const struct kms_panel *panel,
                const struct display_drm_options *options)
{
    const struct kms_mode *best = NULL;

    for (size_t i = 0; i < panel->mode_count; i++) {
        const struct kms_mode *mode = &panel->modes[i];

        if (is_asked_for(mode, options) && fits(mode, options) &&
            (best == NULL || is_better(mode, best)))
        {
            best = mode;
        }
    }
    return best;
}
