#include <assert.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ft2build.h>
/* ft2build.h goes before all of FreeType's. */
#include <freetype/freetype.h>
#include <freetype/ftadvanc.h>
#include <freetype/ftoutln.h>
#include <hb.h>

#include "base/memory.h"
#include "ui/font_face.h"

/* Hinted upright only. NORMAL costs 32 million instructions at start, and looks no
 * better. */
#define HINTING FT_LOAD_TARGET_LIGHT

static const char *const file_names[FACE_COUNT] = {
    [FACE_REGULAR] = "NotoSans-Regular.ttf",
    [FACE_BOLD] = "NotoSans-Bold.ttf",
    [FACE_ARABIC_REGULAR] = "NotoSansArabic-Regular.ttf",
    [FACE_ARABIC_BOLD] = "NotoSansArabic-Bold.ttf",
    [FACE_ICON] = "MaterialIcons-Regular.ttf",
};

/* Where Debian's fonts-noto-core and -material-design-icons-iconfont put them. */
static const char *const folders[] = {
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/material-design-icons-iconfont",
};

struct font {
    void *bytes; /* mapped: FreeType and HarfBuzz read it in thousands of pieces */
    size_t size;
    FT_Face glyphs;
    hb_font_t *measuring; /* in units of the font */
    hb_font_t *drawing;   /* in 1/64 of a pixel */
    int px;               /* of `glyphs` and `drawing`; 0 for none yet */
};

struct faces {
    FT_Library library;
    hb_buffer_t *buffer;
    struct font fonts[FACE_COUNT];
};

static bool
find_file(enum face face, char path[512])
{
    const char *own = getenv("LOKETZUIL_FONTS");

    if (own != NULL && own[0] != '\0') {
        snprintf(path, 512, "%s/%s", own, file_names[face]);
        return access(path, R_OK) == 0;
    }
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(path, 512, "%s/%s", folders[i], file_names[face]);
        if (access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

static bool
map_file(struct font *font, const char *path, struct error *error)
{
    struct stat status;
    void *bytes = MAP_FAILED;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size <= UINT_MAX) {
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (bytes == MAP_FAILED) {
        return error_set(error, ERROR_BAD_INPUT, "font %s can't be read", path);
    }
    font->bytes = bytes;
    font->size = (size_t)status.st_size;
    return true;
}

static void
make_shapers(struct font *font)
{
    hb_blob_t *blob = hb_blob_create(font->bytes, (unsigned)font->size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);

    font->measuring = hb_font_create(face);
    font->drawing = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

static bool
open_font(struct faces *faces, enum face face, struct error *error)
{
    struct font *font = &faces->fonts[face];
    char path[512];

    if (!find_file(face, path)) {
        return error_set(error, ERROR_NOT_FOUND,
                         "font %s is not installed (LOKETZUIL_FONTS names its folder)",
                         file_names[face]);
    }
    if (!map_file(font, path, error)) {
        return false;
    }
    if (FT_New_Memory_Face(faces->library, font->bytes, (FT_Long)font->size, 0,
                           &font->glyphs) != 0 ||
        !FT_IS_SCALABLE(font->glyphs))
    {
        return error_set(error, ERROR_BAD_INPUT, "%s is not a font", path);
    }
    make_shapers(font);
    return true;
}

struct faces *
faces_open(struct error *error)
{
    struct faces *faces = memory_allocate(1, sizeof(*faces));

    if (FT_Init_FreeType(&faces->library) != 0) {
        error_set(error, ERROR_DEVICE, "the font library doesn't start");
        goto fail;
    }
    faces->buffer = hb_buffer_create();
    for (enum face face = 0; face < FACE_COUNT; face++) {
        if (!open_font(faces, face, error)) {
            goto fail;
        }
    }
    return faces;

fail:
    faces_close(faces);
    return NULL;
}

static void
close_font(struct font *font)
{
    hb_font_destroy(font->drawing);
    hb_font_destroy(font->measuring);
    FT_Done_Face(font->glyphs);
    if (font->bytes != NULL) {
        munmap(font->bytes, font->size);
    }
}

void
faces_close(struct faces *faces)
{
    if (faces == NULL) {
        return;
    }
    for (enum face face = 0; face < FACE_COUNT; face++) {
        close_font(&faces->fonts[face]);
    }
    hb_buffer_destroy(faces->buffer);
    FT_Done_FreeType(faces->library);
    free(faces);
}

/* --- unhinted ------------------------------------------------------------------- */

static int
thousandths(const struct font *font, int64_t units)
{
    int64_t em = font->glyphs->units_per_EM;

    return (int)((units * 1000 + (units < 0 ? -em : em) / 2) / em);
}

bool
faces_have(struct faces *faces, enum face face, uint32_t character)
{
    return FT_Get_Char_Index(faces->fonts[face].glyphs, character) != 0;
}

static int64_t
advance_units(const struct font *font, uint32_t character)
{
    FT_UInt glyph = FT_Get_Char_Index(font->glyphs, character);
    FT_Fixed advance = 0;

    FT_Get_Advance(font->glyphs, glyph, FT_LOAD_NO_SCALE, &advance);
    return advance;
}

int
faces_advance(struct faces *faces, enum face face, uint32_t character)
{
    const struct font *font = &faces->fonts[face];

    return thousandths(font, advance_units(font, character));
}

int
faces_cap_height(struct faces *faces, enum face face)
{
    const struct font *font = &faces->fonts[face];
    FT_UInt glyph = FT_Get_Char_Index(font->glyphs, 'H');

    if (FT_Load_Glyph(font->glyphs, glyph, FT_LOAD_NO_SCALE) != 0) {
        return 0;
    }
    return thousandths(font, font->glyphs->glyph->metrics.horiBearingY);
}

static void
shape(struct faces *faces, hb_font_t *font, hb_direction_t direction)
{
    hb_buffer_set_direction(faces->buffer, direction);
    hb_buffer_guess_segment_properties(faces->buffer);
    hb_shape(font, faces->buffer, NULL, 0);
}

/* Noto keeps its kerning in GPOS, which FreeType does not read: a pair is shaped, and
 * compared with its plain advances. */
int
faces_kerning(struct faces *faces, enum face face, uint32_t left, uint32_t right)
{
    const struct font *font = &faces->fonts[face];
    const uint32_t pair[] = {left, right};
    const hb_glyph_position_t *positions;
    int64_t units = -advance_units(font, left) - advance_units(font, right);
    unsigned count;

    hb_buffer_clear_contents(faces->buffer);
    hb_buffer_add_utf32(faces->buffer, pair, 2, 0, 2);
    shape(faces, font->measuring, HB_DIRECTION_LTR);
    positions = hb_buffer_get_glyph_positions(faces->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        units += positions[i].x_advance;
    }
    return thousandths(font, units);
}

/* --- hinted, in pixels --------------------------------------------------------------
 */

static struct font *
font_at(struct faces *faces, enum face face, int px)
{
    struct font *font = &faces->fonts[face];

    if (font->px != px) {
        FT_Error status = FT_Set_Pixel_Sizes(font->glyphs, 0, (FT_UInt)px);

        assert(status == 0);
        hb_font_set_scale(font->drawing, px * 64, px * 64);
        font->px = px;
    }
    return font;
}

/* In pixels from the pen on the baseline; y is down. */
struct box {
    int left, top, right, bottom;
};

/* Loads a glyph for a pen that stands at (x, y), and says where its pixels will be:
 * false for nowhere. */
static bool
load_glyph(FT_Face face, FT_UInt glyph, int x, int y, struct box *box)
{
    FT_BBox ink;

    if (FT_Load_Glyph(face, glyph, FT_LOAD_TARGET_LIGHT) != 0 ||
        face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
    {
        return false;
    }
    FT_Outline_Get_CBox(&face->glyph->outline, &ink);
    *box = (struct box){x + (int)(ink.xMin >> 6), y - (int)((ink.yMax + 63) >> 6),
                        x + (int)((ink.xMax + 63) >> 6), y - (int)(ink.yMin >> 6)};
    return box->left < box->right && box->top < box->bottom;
}

/* Shaped text, from left to right. */
struct setting {
    FT_Face face;
    const hb_glyph_info_t *glyphs;
    const hb_glyph_position_t *positions;
    unsigned count;
    unsigned at;
    int pen_x, pen_y; /* in 1/64 of a pixel; up is up */
};

static struct setting
set_text(struct faces *faces, const struct face_text *text)
{
    struct font *font = font_at(faces, text->face, text->px);
    struct setting setting = {.face = font->glyphs};

    hb_buffer_clear_contents(faces->buffer);
    hb_buffer_add_utf8(faces->buffer, text->text, -1, 0, -1);
    shape(faces, font->drawing,
          text->right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    setting.glyphs = hb_buffer_get_glyph_infos(faces->buffer, &setting.count);
    setting.positions = hb_buffer_get_glyph_positions(faces->buffer, &setting.count);
    return setting;
}

/* Loads the next glyph that has ink; false at the end. */
static bool
setting_next(struct setting *setting, struct box *box)
{
    bool has_ink = false;

    while (setting->at < setting->count && !has_ink) {
        const hb_glyph_position_t *position = &setting->positions[setting->at];
        int x = (setting->pen_x + position->x_offset) >> 6;
        int y = -(setting->pen_y + position->y_offset) >> 6;

        has_ink = load_glyph(setting->face, setting->glyphs[setting->at].codepoint, x,
                             y, box);
        setting->pen_x += position->x_advance;
        setting->pen_y += position->y_advance;
        setting->at++;
    }
    return has_ink;
}

/* Walks to the end; what all of its ink lies in, at the pen when there is none. */
static struct box
setting_box(struct setting *setting)
{
    struct box all = {INT_MAX, INT_MAX, INT_MIN, INT_MIN}, box;

    while (setting_next(setting, &box)) {
        all.left = box.left < all.left ? box.left : all.left;
        all.top = box.top < all.top ? box.top : all.top;
        all.right = box.right > all.right ? box.right : all.right;
        all.bottom = box.bottom > all.bottom ? box.bottom : all.bottom;
    }
    return all.left < all.right ? all : (struct box){0};
}

int
faces_text_width(struct faces *faces, const struct face_text *text)
{
    struct setting setting = set_text(faces, text);
    struct box ink = setting_box(&setting);
    int right = setting.pen_x >> 6;

    return (ink.right > right ? ink.right : right) - (ink.left < 0 ? ink.left : 0);
}

/* An empty picture of that box. */
static struct face_mask
mask_create(struct box box)
{
    struct face_mask mask = {
        .x = box.left,
        .y = box.top,
        .width = box.right - box.left,
        .height = box.bottom - box.top,
        .stride = box.right - box.left,
    };

    mask.data = memory_allocate((size_t)mask.width, (size_t)mask.height);
    return mask;
}

/* Draws the loaded glyph at its place. Joined letters share pixels, hence the |. */
static void
mask_add(struct face_mask *mask, FT_GlyphSlot glyph, struct box box)
{
    const FT_Bitmap *bitmap = &glyph->bitmap;

    if (FT_Render_Glyph(glyph, FT_RENDER_MODE_NORMAL) != 0) {
        return;
    }
    assert((int)bitmap->width == box.right - box.left);
    assert((int)bitmap->rows == box.bottom - box.top);
    for (int y = 0; y < (int)bitmap->rows; y++) {
        const uint8_t *from = bitmap->buffer + y * bitmap->pitch;
        uint8_t *to =
            mask->data + (box.top - mask->y + y) * mask->stride + (box.left - mask->x);

        for (unsigned x = 0; x < bitmap->width; x++) {
            to[x] |= from[x];
        }
    }
}

struct face_mask
faces_glyph_mask(struct faces *faces, enum face face, int px, uint32_t character)
{
    FT_Face glyphs = font_at(faces, face, px)->glyphs;
    struct face_mask mask = {0};
    struct box box;

    if (load_glyph(glyphs, FT_Get_Char_Index(glyphs, character), 0, 0, &box)) {
        mask = mask_create(box);
        mask_add(&mask, glyphs->glyph, box);
    }
    return mask;
}

struct face_mask
faces_text_mask(struct faces *faces, const struct face_text *text)
{
    struct setting setting = set_text(faces, text), walk = setting;
    struct box all = setting_box(&walk), box;
    struct face_mask mask = {0};

    if (all.left == all.right) {
        return mask;
    }
    mask = mask_create(all);
    while (setting_next(&setting, &box)) {
        mask_add(&mask, setting.face->glyph, box);
    }
    /* Its width counts from where its ink begins: so does its place. */
    mask.x = all.left < 0 ? 0 : all.left;
    return mask;
}

void
faces_mask_free(struct face_mask *mask)
{
    if (mask->data != NULL) {
        memory_wipe(mask->data, (size_t)mask->stride * (size_t)mask->height);
    }
    free(mask->data);
    *mask = (struct face_mask){0};
}
