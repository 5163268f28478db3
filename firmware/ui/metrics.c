#include "metrics.h"

#include <stddef.h>

static const struct metrics
    classes[DISPLAY_CLASS_COUNT] =
        {
            [DISPLAY_L] =
                {
                    .width = 1080,
                    .height = 1920,
                    .pixels_per_100_mm = 361,
                    .factor_percent = 100,
                    .stage = {0, 0, 1080, 600},
                    .sheet = {0, 600, 1080, 1168},
                    .content = {48, 640, 984, 1100},
                    .home_stage = {0, 0, 1080, 600},
                    .home_sheet = {0, 600, 1080, 1168},
                    .home_content = {48, 640, 984, 1100},
                    .dock = {0, 1768, 1080, 152},
                    .sheet_radius = 44,
                    .tile_columns = 2,
                    .touch_min = 72,
                    .text_min = 34,
                    .types =
                        {
                            [TYPE_TITLE] = {72, 84},
                            [TYPE_HOME_TITLE] = {84, 96},
                            [TYPE_ATTRACT_TITLE] = {104, 116},
                            [TYPE_OVERLAY_TITLE] = {60, 72},
                            [TYPE_GREETING] = {44, 52},
                            [TYPE_LEAD] = {44, 60},
                            [TYPE_SUBTITLE] = {38, 52},
                            [TYPE_HEADER] = {34, 38},
                            [TYPE_LABEL] = {44, 52},
                            [TYPE_NOTE] = {36, 46},
                            [TYPE_SMALL] = {34, 44},
                            [TYPE_BODY] = {38, 52},
                            [TYPE_MIDDLE] = {42, 52},
                            [TYPE_PLACE] = {40, 50},
                            [TYPE_DAY] = {52, 60},
                            [TYPE_COUNT] = {88, 92},
                            [TYPE_LEAF] = {96, 116},
                            [TYPE_LEAF_SMALL] = {76, 92},
                            [TYPE_MOMENT] = {46, 56},
                            [TYPE_CLOCK] = {104, 116},
                            [TYPE_NUMBER] = {188, 200},
                            [TYPE_NUMBER_SMALL] = {168, 180},
                            [TYPE_SAMPLE] = {54, 64},
                            [TYPE_START] = {60, 72},
                            [TYPE_SECONDS] = {112, 120},
                            [TYPE_INPUT] = {48, 60},
                            [TYPE_KEY] = {38, 46},
                        },
                },
            [DISPLAY_M] =
                {
                    .width = 1280,
                    .height = 800,
                    .pixels_per_100_mm = 594,
                    .factor_percent = 74,
                    .beside = true,
                    .stage = {0, 0, 336, 678},
                    .sheet = {336, 0, 944, 678},
                    .content = {360, 16, 896, 644},
                    .home_stage = {0, 0, 376, 678},
                    .home_sheet = {376, 0, 904, 678},
                    .home_content = {400, 24, 856, 630},
                    .dock = {0, 678, 1280, 122},
                    .sheet_radius = 32,
                    .tile_columns = 3,
                    .touch_min = 119,
                    .text_min = 28,
                    .types =
                        {
                            [TYPE_TITLE] = {54, 62},
                            [TYPE_HOME_TITLE] = {54, 62},
                            [TYPE_ATTRACT_TITLE] = {72, 80},
                            [TYPE_OVERLAY_TITLE] = {46, 54},
                            [TYPE_GREETING] = {32, 38},
                            [TYPE_LEAD] = {32, 42},
                            [TYPE_SUBTITLE] = {28, 36},
                            [TYPE_HEADER] = {28, 32},
                            [TYPE_LABEL] = {34, 40},
                            [TYPE_NOTE] = {28, 36},
                            [TYPE_SMALL] = {28, 36},
                            [TYPE_BODY] = {28, 38},
                            [TYPE_MIDDLE] = {32, 40},
                            [TYPE_PLACE] = {30, 37},
                            [TYPE_DAY] = {42, 48},
                            [TYPE_COUNT] = {64, 68},
                            [TYPE_LEAF] = {70, 84},
                            [TYPE_LEAF_SMALL] = {56, 68},
                            [TYPE_MOMENT] = {36, 42},
                            [TYPE_CLOCK] = {76, 84},
                            [TYPE_NUMBER] = {118, 126},
                            [TYPE_NUMBER_SMALL] = {118, 126},
                            [TYPE_SAMPLE] = {40, 48},
                            [TYPE_START] = {46, 54},
                            [TYPE_SECONDS] = {82, 88},
                            [TYPE_INPUT] = {36, 44},
                            [TYPE_KEY] = {30, 36},
                        },
                },
};

const struct metrics *
metrics_of(enum display_class display)
{
    return &classes[display];
}

void
display_class_size(enum display_class display, int *width, int *height)
{
    *width = classes[display].width;
    *height = classes[display].height;
}

int
display_class_pixels_per_100_mm(enum display_class display)
{
    return classes[display].pixels_per_100_mm;
}

int
display_class_text_min(enum display_class display)
{
    return classes[display].text_min;
}

bool
display_class_from_size(int width, int height, enum display_class *display)
{
    for (int i = 0; i < DISPLAY_CLASS_COUNT; i++) {
        if (classes[i].width == width && classes[i].height == height) {
            *display = (enum display_class)i;
            return true;
        }
    }
    return false;
}
