#include "base/theme.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* The design's own two themes; the order is that of enum color. */
static const uint32_t own_colors[COLOR_COUNT] = {
    [COLOR_STAGE] = 0x0b333c,        [COLOR_STAGE_2] = 0x124450,
    [COLOR_STAGE_3] = 0x1c5866,      [COLOR_ON_STAGE] = 0xffffff,
    [COLOR_ON_STAGE_2] = 0xcbdfe2,   [COLOR_STAGE_LINE] = 0x7fa3ab,
    [COLOR_ACCENT] = 0xffc44d,       [COLOR_ON_ACCENT] = 0x10242b,
    [COLOR_SHEET] = 0xf0f4f4,        [COLOR_CARD] = 0xffffff,
    [COLOR_INK] = 0x10242b,          [COLOR_INK_2] = 0x384a51,
    [COLOR_BORDER] = 0x647a80,       [COLOR_HAIRLINE] = 0xd3dddf,
    [COLOR_PRIMARY] = 0x0b4f5c,      [COLOR_ON_PRIMARY] = 0xffffff,
    [COLOR_PRIMARY_DOWN] = 0x073840, [COLOR_PRIMARY_SOFT] = 0xddebed,
    [COLOR_ACCENT_SOFT] = 0xfff1d1,  [COLOR_ON_ACCENT_SOFT] = 0x4a3300,
    [COLOR_SUCCESS] = 0x0a5236,      [COLOR_SUCCESS_SOFT] = 0xdff1e7,
    [COLOR_DANGER] = 0x8a1a1a,       [COLOR_DANGER_SOFT] = 0xfbe8e6,
    [COLOR_DISABLED] = 0xe3e9ea,     [COLOR_ON_DISABLED] = 0x5a6b71,
    [COLOR_FOCUS_IN] = 0xffc44d,     [COLOR_FOCUS_OUT] = 0x10242b,
    [COLOR_KEYBOARD] = 0xd3dddf,     [COLOR_BLACK] = 0x000000,
    [COLOR_WHITE] = 0xffffff,
};

/* High contrast is for eyes, not for brands: it is the same everywhere. */
static const uint32_t high_contrast_colors[COLOR_COUNT] = {
    [COLOR_STAGE] = 0x000000,        [COLOR_STAGE_2] = 0x000000,
    [COLOR_STAGE_3] = 0x000000,      [COLOR_ON_STAGE] = 0xffffff,
    [COLOR_ON_STAGE_2] = 0xffffff,   [COLOR_STAGE_LINE] = 0xffffff,
    [COLOR_ACCENT] = 0xffe04a,       [COLOR_ON_ACCENT] = 0x000000,
    [COLOR_SHEET] = 0x000000,        [COLOR_CARD] = 0x000000,
    [COLOR_INK] = 0xffffff,          [COLOR_INK_2] = 0xffffff,
    [COLOR_BORDER] = 0xffffff,       [COLOR_HAIRLINE] = 0xffffff,
    [COLOR_PRIMARY] = 0xffe04a,      [COLOR_ON_PRIMARY] = 0x000000,
    [COLOR_PRIMARY_DOWN] = 0xffffff, [COLOR_PRIMARY_SOFT] = 0x000000,
    [COLOR_ACCENT_SOFT] = 0x000000,  [COLOR_ON_ACCENT_SOFT] = 0xffe04a,
    [COLOR_SUCCESS] = 0x7cf5b0,      [COLOR_SUCCESS_SOFT] = 0x000000,
    [COLOR_DANGER] = 0xffb3ac,       [COLOR_DANGER_SOFT] = 0x000000,
    [COLOR_DISABLED] = 0x000000,     [COLOR_ON_DISABLED] = 0xb8b8b8,
    [COLOR_FOCUS_IN] = 0x000000,     [COLOR_FOCUS_OUT] = 0x4de1ff,
    [COLOR_KEYBOARD] = 0x000000,     [COLOR_BLACK] = 0x000000,
    [COLOR_WHITE] = 0xffffff,
};

/* `share` of the way from `color` to `other`. */
static uint32_t
mix(uint32_t color, uint32_t other, double share)
{
    uint32_t mixed = 0;

    for (int shift = 0; shift <= 16; shift += 8) {
        double from = color >> shift & 0xFFu, to = other >> shift & 0xFFu;

        mixed |= (uint32_t)lround(from + (to - from) * share) << shift;
    }
    return mixed;
}

static double
luminance(uint32_t rgb)
{
    static const double weights[] = {0.0722, 0.7152, 0.2126}; /* blue, green, red */
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double part = (rgb >> (8 * i) & 0xFFu) / 255.0;

        part = part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
        sum += weights[i] * part;
    }
    return sum;
}

double
theme_contrast(uint32_t a, uint32_t b)
{
    double light = luminance(a), dark = luminance(b);

    if (light < dark) {
        double swapped = light;

        light = dark;
        dark = swapped;
    }
    return (light + 0.05) / (dark + 0.05);
}

/* Steps of 2 % towards black or white until the contrast with `other` is enough. */
static uint32_t
moved_until(uint32_t color, uint32_t towards, uint32_t other, double contrast)
{
    for (int step = 0; step <= 50; step++) {
        uint32_t moved = mix(color, towards, step * 0.02);

        if (theme_contrast(moved, other) >= contrast) {
            return moved;
        }
    }
    return towards;
}

/* Stage and primary: brand colour 1, darkened as far as its text asks for. */
static void
derive_from_brand_1(uint32_t *rgb, uint32_t brand)
{
    uint32_t stage = mix(brand, 0x000000, 0.36);
    uint32_t primary, soft;

    /* 12:1 under white leaves room for the lighter shapes and the quieter text. */
    stage = moved_until(stage, 0x000000, 0xffffff, 12.0);
    rgb[COLOR_STAGE] = stage;
    rgb[COLOR_STAGE_2] = mix(stage, 0xffffff, 0.06);
    rgb[COLOR_STAGE_3] = mix(stage, 0xffffff, 0.14);
    rgb[COLOR_ON_STAGE_2] =
        moved_until(mix(stage, 0xffffff, 0.82), 0xffffff, rgb[COLOR_STAGE_2], 7.5);
    rgb[COLOR_STAGE_LINE] = mix(stage, 0xffffff, 0.53);
    soft = moved_until(mix(brand, 0xffffff, 0.86), 0xffffff, rgb[COLOR_INK_2], 7.0);
    primary = moved_until(brand, 0x000000, 0xffffff, 7.0);
    primary = moved_until(primary, 0x000000, rgb[COLOR_SHEET], 7.0);
    rgb[COLOR_PRIMARY] = moved_until(primary, 0x000000, soft, 7.0);
    rgb[COLOR_PRIMARY_DOWN] = mix(rgb[COLOR_PRIMARY], 0x000000, 0.3);
    rgb[COLOR_PRIMARY_SOFT] = soft;
}

/* The accent must carry dark text and shine on the stage. */
static void
derive_from_brand_2(uint32_t *rgb, uint32_t brand)
{
    uint32_t accent = moved_until(brand, 0xffffff, rgb[COLOR_ON_ACCENT], 7.0);

    accent = moved_until(accent, 0xffffff, rgb[COLOR_STAGE], 7.0);
    if (accent == 0xffffff && brand != 0xffffff) {
        accent = THEME_BRAND_2; /* nothing of the brand is left: ours is seen better */
    }
    rgb[COLOR_ACCENT] = accent;
    rgb[COLOR_FOCUS_IN] = accent;
    rgb[COLOR_ACCENT_SOFT] =
        moved_until(mix(accent, 0xffffff, 0.75), 0xffffff, rgb[COLOR_INK_2], 7.0);
    rgb[COLOR_ON_ACCENT_SOFT] =
        moved_until(mix(accent, 0x000000, 0.71), 0x000000, rgb[COLOR_ACCENT_SOFT], 7.0);
}

/*
 * Our own brand keeps the values that were chosen by eye; the rules describe them
 * but do not reach them to the last digit. Any other brand follows the rules, on
 * the same neutral colours.
 */
void
theme_make(struct theme *theme, uint32_t brand_1, uint32_t brand_2, bool high_contrast)
{
    memset(theme, 0, sizeof(*theme));
    theme->scrim_alpha = high_contrast ? 0.9 : 0.82;
    memcpy(theme->rgb, high_contrast ? high_contrast_colors : own_colors,
           sizeof(theme->rgb));
    if (high_contrast) {
        return;
    }
    if (brand_1 != THEME_BRAND_1) {
        derive_from_brand_1(theme->rgb, brand_1);
    }
    if (brand_1 != THEME_BRAND_1 || brand_2 != THEME_BRAND_2) {
        derive_from_brand_2(theme->rgb, brand_2);
    }
}

static const char *const color_names[COLOR_COUNT] = {
    [COLOR_NONE] = "none",
    [COLOR_STAGE] = "stage",
    [COLOR_STAGE_2] = "stage-2",
    [COLOR_STAGE_3] = "stage-3",
    [COLOR_ON_STAGE] = "on-stage",
    [COLOR_ON_STAGE_2] = "on-stage-2",
    [COLOR_STAGE_LINE] = "stage-line",
    [COLOR_ACCENT] = "accent",
    [COLOR_ON_ACCENT] = "on-accent",
    [COLOR_SHEET] = "sheet",
    [COLOR_CARD] = "card",
    [COLOR_INK] = "ink",
    [COLOR_INK_2] = "ink-2",
    [COLOR_BORDER] = "border",
    [COLOR_HAIRLINE] = "hairline",
    [COLOR_PRIMARY] = "primary",
    [COLOR_ON_PRIMARY] = "on-primary",
    [COLOR_PRIMARY_DOWN] = "primary-down",
    [COLOR_PRIMARY_SOFT] = "primary-soft",
    [COLOR_ACCENT_SOFT] = "accent-soft",
    [COLOR_ON_ACCENT_SOFT] = "on-accent-soft",
    [COLOR_SUCCESS] = "success",
    [COLOR_SUCCESS_SOFT] = "success-soft",
    [COLOR_DANGER] = "danger",
    [COLOR_DANGER_SOFT] = "danger-soft",
    [COLOR_DISABLED] = "disabled",
    [COLOR_ON_DISABLED] = "on-disabled",
    [COLOR_FOCUS_IN] = "focus-in",
    [COLOR_FOCUS_OUT] = "focus-out",
    [COLOR_KEYBOARD] = "keyboard",
    [COLOR_BLACK] = "black",
    [COLOR_WHITE] = "white",
};

const char *
theme_color_name(enum color color)
{
    return color_names[color];
}

static const struct {
    enum color front, back;
    double need; /* 7 for text, 3 for parts, 4.5 for what is off */
} pairs[] = {
    {COLOR_ON_STAGE, COLOR_STAGE, 7},
    {COLOR_ON_STAGE_2, COLOR_STAGE, 7},
    {COLOR_ON_STAGE, COLOR_STAGE_2, 7},
    {COLOR_ON_STAGE_2, COLOR_STAGE_2, 7},
    {COLOR_ACCENT, COLOR_STAGE, 7},
    {COLOR_ACCENT, COLOR_STAGE_2, 3},
    {COLOR_STAGE_LINE, COLOR_STAGE, 3},
    {COLOR_ON_ACCENT, COLOR_ACCENT, 7},
    {COLOR_INK, COLOR_SHEET, 7},
    {COLOR_INK_2, COLOR_SHEET, 7},
    {COLOR_INK, COLOR_CARD, 7},
    {COLOR_INK_2, COLOR_CARD, 7},
    {COLOR_INK, COLOR_PRIMARY_SOFT, 7},
    {COLOR_INK_2, COLOR_PRIMARY_SOFT, 7},
    {COLOR_PRIMARY, COLOR_CARD, 7},
    {COLOR_PRIMARY, COLOR_SHEET, 7},
    {COLOR_PRIMARY, COLOR_PRIMARY_SOFT, 7},
    {COLOR_ON_PRIMARY, COLOR_PRIMARY, 7},
    {COLOR_ON_PRIMARY, COLOR_PRIMARY_DOWN, 7},
    {COLOR_BORDER, COLOR_CARD, 3},
    {COLOR_BORDER, COLOR_SHEET, 3},
    {COLOR_ON_ACCENT_SOFT, COLOR_ACCENT_SOFT, 7},
    {COLOR_INK, COLOR_ACCENT_SOFT, 7},
    {COLOR_INK_2, COLOR_ACCENT_SOFT, 7},
    {COLOR_SUCCESS, COLOR_CARD, 7},
    {COLOR_SUCCESS, COLOR_SUCCESS_SOFT, 7},
    {COLOR_INK, COLOR_SUCCESS_SOFT, 7},
    {COLOR_DANGER, COLOR_CARD, 7},
    {COLOR_DANGER, COLOR_SHEET, 7},
    {COLOR_DANGER, COLOR_DANGER_SOFT, 7},
    {COLOR_INK, COLOR_DANGER_SOFT, 7},
    {COLOR_CARD, COLOR_DANGER, 7},
    {COLOR_CARD, COLOR_SUCCESS, 7},
    {COLOR_ON_DISABLED, COLOR_DISABLED, 4.5},
    {COLOR_FOCUS_OUT, COLOR_SHEET, 3},
    {COLOR_FOCUS_OUT, COLOR_CARD, 3},
    {COLOR_FOCUS_IN, COLOR_FOCUS_OUT, 3},
    {COLOR_BLACK, COLOR_WHITE, 21},
};

bool
theme_check(const struct theme *theme, struct error *error)
{
    /* The ring's colours swap on the stage: one of the two must be seen there. */
    double ring_in =
        theme_contrast(theme->rgb[COLOR_FOCUS_IN], theme->rgb[COLOR_STAGE]);
    double ring_out =
        theme_contrast(theme->rgb[COLOR_FOCUS_OUT], theme->rgb[COLOR_STAGE]);

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        uint32_t front = theme->rgb[pairs[i].front], back = theme->rgb[pairs[i].back];
        double contrast = theme_contrast(front, back);

        if (contrast < pairs[i].need) {
            return error_set(error, ERROR_BAD_INPUT,
                             "theme: %s #%06x on %s #%06x has contrast %.2f:1, "
                             "needs %g:1",
                             color_names[pairs[i].front], front,
                             color_names[pairs[i].back], back, contrast, pairs[i].need);
        }
    }
    if (ring_in < 3 && ring_out < 3) {
        return error_set(error, ERROR_BAD_INPUT,
                         "theme: the focus ring on stage #%06x has contrast %.2f:1, "
                         "needs 3:1",
                         theme->rgb[COLOR_STAGE],
                         ring_in > ring_out ? ring_in : ring_out);
    }
    return true;
}

bool
theme_color_parse(const char *text, uint32_t *rgb)
{
    uint8_t bytes[3];

    if (strlen(text) != 6 || !text_hex_decode(bytes, sizeof(bytes), text)) {
        return false;
    }
    *rgb = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    return true;
}

static enum color
color_named(const char *name, size_t length)
{
    for (int color = COLOR_NONE + 1; color < COLOR_COUNT; color++) {
        if (strlen(color_names[color]) == length &&
            strncmp(color_names[color], name, length) == 0)
        {
            return (enum color)color;
        }
    }
    return COLOR_NONE;
}

bool
theme_set_colors(struct theme *theme, const char *colors, struct error *error)
{
    struct theme set = *theme;

    colors += strspn(colors, " ,");
    while (*colors != '\0') {
        size_t name = strcspn(colors, " ,"), space = strspn(colors + name, " ");
        const char *digits = colors + name + space;
        size_t length = strcspn(digits, " ,");
        enum color color = color_named(colors, name);
        char rgb[8];

        text_copy(rgb, length < sizeof(rgb) ? length + 1 : sizeof(rgb), digits);
        if (color == COLOR_NONE) {
            return error_set(error, ERROR_BAD_INPUT, "there is no colour \"%.*s\"",
                             (int)(name < 40 ? name : 40), colors);
        }
        if (!theme_color_parse(rgb, &set.rgb[color])) {
            return error_set(error, ERROR_BAD_INPUT,
                             "%s: must be six hexadecimal digits, not \"%s\"",
                             color_names[color], rgb);
        }
        colors = digits + length;
        colors += strspn(colors, " ,");
    }
    *theme = set;
    return true;
}

bool
theme_make_from(struct theme *theme, const char *color_1, const char *color_2,
                struct error *error)
{
    uint32_t brand_1 = THEME_BRAND_1, brand_2 = THEME_BRAND_2;

    if ((color_1[0] != '\0' && !theme_color_parse(color_1, &brand_1)) ||
        (color_2[0] != '\0' && !theme_color_parse(color_2, &brand_2)))
    {
        theme_make(theme, THEME_BRAND_1, THEME_BRAND_2, false);
        return error_set(error, ERROR_BAD_INPUT,
                         "a colour must be six hexadecimal digits");
    }
    theme_make(theme, brand_1, brand_2, false);
    if (!theme_check(theme, error)) {
        theme_make(theme, THEME_BRAND_1, THEME_BRAND_2, false);
        return false;
    }
    return true;
}
