#include "metrics.h"

/* How large each kind of text is, by display class and by what the citizen set. */

static const struct type_size normal_l[TYPE_COUNT_OF] = {
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
    [TYPE_SLIP] = {140, 156},
    [TYPE_SAMPLE] = {54, 64},
    [TYPE_START] = {60, 72},
    [TYPE_RETURN] = {68, 80},
    [TYPE_SECONDS] = {112, 120},
    [TYPE_INPUT] = {48, 60},
    [TYPE_KEY] = {38, 46},
    [TYPE_TILE] = {44, 52},
    [TYPE_BUTTON] = {44, 52},
    [TYPE_TIME] = {44, 52},
    [TYPE_DOCK] = {34, 44},
    [TYPE_STAGE_TILE] = {44, 52},
};

/* Beside the sheet the stage is narrower than above it. */
static const struct type_size normal_w[TYPE_COUNT_OF] = {
    [TYPE_TITLE] = {72, 84},
    [TYPE_HOME_TITLE] = {80, 92},
    [TYPE_ATTRACT_TITLE] = {104, 116},
    [TYPE_OVERLAY_TITLE] = {60, 72},
    [TYPE_GREETING] = {42, 50},
    [TYPE_LEAD] = {44, 60},
    [TYPE_SUBTITLE] = {38, 52},
    [TYPE_HEADER] = {34, 38},
    [TYPE_LABEL] = {44, 52},
    [TYPE_NOTE] = {36, 46},
    [TYPE_SMALL] = {34, 44},
    [TYPE_BODY] = {38, 52},
    [TYPE_MIDDLE] = {42, 52},
    [TYPE_PLACE] = {44, 52},
    [TYPE_DAY] = {52, 60},
    [TYPE_COUNT] = {88, 92},
    [TYPE_LEAF] = {96, 116},
    [TYPE_LEAF_SMALL] = {76, 92},
    [TYPE_MOMENT] = {46, 56},
    [TYPE_CLOCK] = {104, 116},
    [TYPE_NUMBER] = {188, 200},
    [TYPE_NUMBER_SMALL] = {168, 180},
    [TYPE_SLIP] = {140, 156},
    [TYPE_SAMPLE] = {54, 64},
    [TYPE_START] = {60, 72},
    [TYPE_RETURN] = {68, 80},
    [TYPE_SECONDS] = {112, 120},
    [TYPE_INPUT] = {48, 60},
    [TYPE_KEY] = {38, 46},
    [TYPE_TILE] = {42, 50},
    [TYPE_BUTTON] = {44, 52},
    [TYPE_TIME] = {44, 52},
    [TYPE_DOCK] = {34, 44},
    [TYPE_STAGE_TILE] = {44, 52},
};

static const struct type_size normal_m[TYPE_COUNT_OF] = {
    [TYPE_TITLE] = {54, 62},         [TYPE_HOME_TITLE] = {54, 62},
    [TYPE_ATTRACT_TITLE] = {72, 80}, [TYPE_OVERLAY_TITLE] = {46, 54},
    [TYPE_GREETING] = {32, 38},      [TYPE_LEAD] = {32, 42},
    [TYPE_SUBTITLE] = {28, 36},      [TYPE_HEADER] = {28, 32},
    [TYPE_LABEL] = {34, 40},         [TYPE_NOTE] = {28, 36},
    [TYPE_SMALL] = {28, 36},         [TYPE_BODY] = {28, 38},
    [TYPE_MIDDLE] = {32, 40},        [TYPE_PLACE] = {30, 37},
    [TYPE_DAY] = {42, 48},           [TYPE_COUNT] = {64, 68},
    [TYPE_LEAF] = {70, 84},          [TYPE_LEAF_SMALL] = {56, 68},
    [TYPE_MOMENT] = {36, 42},        [TYPE_CLOCK] = {76, 84},
    [TYPE_NUMBER] = {118, 126},      [TYPE_NUMBER_SMALL] = {118, 126},
    [TYPE_SLIP] = {96, 104},         [TYPE_SAMPLE] = {40, 48},
    [TYPE_START] = {46, 54},         [TYPE_RETURN] = {52, 60},
    [TYPE_SECONDS] = {82, 88},       [TYPE_INPUT] = {36, 44},
    [TYPE_KEY] = {30, 36},           [TYPE_TILE] = {32, 38},
    [TYPE_BUTTON] = {34, 40},        [TYPE_TIME] = {34, 40},
    [TYPE_DOCK] = {28, 36},          [TYPE_STAGE_TILE] = {32, 38},
};

static const struct type_size normal_s[TYPE_COUNT_OF] = {
    [TYPE_TITLE] = {32, 38},         [TYPE_HOME_TITLE] = {34, 40},
    [TYPE_ATTRACT_TITLE] = {48, 54}, [TYPE_OVERLAY_TITLE] = {32, 38},
    [TYPE_GREETING] = {26, 30},      [TYPE_LEAD] = {26, 32},
    [TYPE_SUBTITLE] = {24, 30},      [TYPE_HEADER] = {24, 28},
    [TYPE_LABEL] = {28, 34},         [TYPE_NOTE] = {24, 30},
    [TYPE_SMALL] = {24, 30},         [TYPE_BODY] = {24, 30},
    [TYPE_MIDDLE] = {26, 32},        [TYPE_PLACE] = {26, 32},
    [TYPE_DAY] = {38, 44},           [TYPE_COUNT] = {48, 52},
    [TYPE_LEAF] = {44, 52},          [TYPE_LEAF_SMALL] = {38, 44},
    [TYPE_MOMENT] = {28, 34},        [TYPE_CLOCK] = {56, 62},
    [TYPE_NUMBER] = {84, 90},        [TYPE_NUMBER_SMALL] = {76, 82},
    [TYPE_SLIP] = {64, 72},          [TYPE_SAMPLE] = {34, 40},
    [TYPE_START] = {32, 38},         [TYPE_RETURN] = {36, 42},
    [TYPE_SECONDS] = {56, 62},       [TYPE_INPUT] = {28, 34},
    [TYPE_KEY] = {26, 37},           [TYPE_TILE] = {26, 30},
    [TYPE_BUTTON] = {28, 34},        [TYPE_TIME] = {30, 36},
    [TYPE_DOCK] = {26, 30},          [TYPE_STAGE_TILE] = {26, 30},
};

static const struct type_size normal_p[TYPE_COUNT_OF] = {
    [TYPE_TITLE] = {48, 56},         [TYPE_HOME_TITLE] = {50, 58},
    [TYPE_ATTRACT_TITLE] = {64, 72}, [TYPE_OVERLAY_TITLE] = {44, 52},
    [TYPE_GREETING] = {34, 40},      [TYPE_LEAD] = {34, 44},
    [TYPE_SUBTITLE] = {30, 38},      [TYPE_HEADER] = {30, 34},
    [TYPE_LABEL] = {36, 44},         [TYPE_NOTE] = {30, 38},
    [TYPE_SMALL] = {30, 38},         [TYPE_BODY] = {34, 44},
    [TYPE_MIDDLE] = {34, 42},        [TYPE_PLACE] = {34, 42},
    [TYPE_DAY] = {42, 48},           [TYPE_COUNT] = {68, 74},
    [TYPE_LEAF] = {72, 84},          [TYPE_LEAF_SMALL] = {60, 70},
    [TYPE_MOMENT] = {36, 44},        [TYPE_CLOCK] = {80, 88},
    [TYPE_NUMBER] = {130, 138},      [TYPE_NUMBER_SMALL] = {120, 128},
    [TYPE_SLIP] = {100, 110},        [TYPE_SAMPLE] = {42, 50},
    [TYPE_START] = {46, 54},         [TYPE_RETURN] = {52, 60},
    [TYPE_SECONDS] = {84, 90},       [TYPE_INPUT] = {38, 46},
    [TYPE_KEY] = {34, 40},           [TYPE_TILE] = {32, 38},
    [TYPE_BUTTON] = {40, 48},        [TYPE_TIME] = {42, 50},
    [TYPE_DOCK] = {34, 40},          [TYPE_STAGE_TILE] = {32, 38},
};

/* Of the large screens the largest text is drawn; small ones have no room for more
 * than the floor. */
static const struct type_size largest_l[TYPE_COUNT_OF] = {
    [TYPE_TITLE] = {104, 112},
    [TYPE_HOME_TITLE] = {108, 124},
    [TYPE_ATTRACT_TITLE] = {120, 132},
    [TYPE_OVERLAY_TITLE] = {84, 96},
    [TYPE_GREETING] = {62, 72},
    [TYPE_LEAD] = {58, 72},
    [TYPE_SUBTITLE] = {54, 66},
    [TYPE_HEADER] = {48, 54},
    [TYPE_LABEL] = {62, 72},
    [TYPE_NOTE] = {50, 60},
    [TYPE_SMALL] = {48, 58},
    [TYPE_BODY] = {54, 66},
    [TYPE_MIDDLE] = {58, 68},
    [TYPE_PLACE] = {54, 66},
    [TYPE_DAY] = {72, 80},
    [TYPE_COUNT] = {112, 120},
    [TYPE_LEAF] = {120, 136},
    [TYPE_LEAF_SMALL] = {100, 116},
    [TYPE_MOMENT] = {62, 72},
    [TYPE_CLOCK] = {128, 140},
    [TYPE_NUMBER] = {188, 200},
    [TYPE_NUMBER_SMALL] = {168, 180},
    [TYPE_SLIP] = {140, 156},
    [TYPE_SAMPLE] = {70, 82},
    [TYPE_START] = {76, 88},
    [TYPE_RETURN] = {86, 98},
    [TYPE_SECONDS] = {132, 140},
    [TYPE_INPUT] = {62, 72},
    [TYPE_KEY] = {52, 60},
    [TYPE_TILE] = {62, 72},
    [TYPE_BUTTON] = {60, 72},
    [TYPE_TIME] = {60, 72},
    [TYPE_DOCK] = {48, 58},
    [TYPE_STAGE_TILE] = {62, 72},
};

static const struct type_size *const normal[DISPLAY_CLASS_COUNT] = {
    [DISPLAY_L] = normal_l, [DISPLAY_W] = normal_w, [DISPLAY_M] = normal_m,
    [DISPLAY_S] = normal_s, [DISPLAY_P] = normal_p,
};

/* Titles and figures are large already: they grow half as much. */
static bool
is_display_type(enum type type)
{
    return type == TYPE_TITLE || type == TYPE_HOME_TITLE ||
           type == TYPE_ATTRACT_TITLE || type == TYPE_OVERLAY_TITLE ||
           type == TYPE_COUNT || type == TYPE_LEAF || type == TYPE_LEAF_SMALL ||
           type == TYPE_CLOCK || type == TYPE_NUMBER || type == TYPE_NUMBER_SMALL ||
           type == TYPE_SLIP || type == TYPE_SAMPLE || type == TYPE_START ||
           type == TYPE_SECONDS;
}

static struct type_size
grown(struct type_size size, int percent)
{
    return (struct type_size){(size.px * percent + 50) / 100,
                              (size.pitch * percent + 50) / 100};
}

/* No smaller than the floor; what stands out by being larger stays a little so. */
static struct type_size
raised(struct type_size size, enum type type, int floor)
{
    int least = is_display_type(type)                       ? floor * 108 / 100
                : type == TYPE_LABEL || type == TYPE_BUTTON ? floor * 103 / 100
                                                            : floor;

    if (size.px >= least) {
        return size;
    }
    return (struct type_size){least, (least * 115 + 50) / 100};
}

void
metrics_make_types(struct type_size types[TYPE_COUNT_OF], enum display_class display,
                   enum text_size text, int floor)
{
    bool drawn = display == DISPLAY_L || display == DISPLAY_W;

    for (int i = 0; i < TYPE_COUNT_OF; i++) {
        enum type type = (enum type)i;

        types[i] = normal[display][i];
        if (text == TEXT_LARGE) {
            types[i] = grown(types[i], is_display_type(type) ? 110 : 120);
        } else if (text == TEXT_LARGEST && drawn) {
            types[i] = largest_l[i];
        }
        if (text == TEXT_LARGEST) {
            types[i] = raised(types[i], type, floor);
        }
    }
}
