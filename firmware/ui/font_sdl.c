#include <assert.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL_ttf.h>

#include "base/memory.h"
#include "base/text.h"
#include "ui/font_face.h"

/* At this size a pixel is a thousandth of the em: Noto's own unit. */
#define MEASURE_PX 1000

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

/* A font is read in thousands of small pieces: from memory that costs no call. */
struct font_file {
    void *bytes;
    size_t size;
};

struct faces {
    TTF_Font *measure[FACE_COUNT]; /* always at MEASURE_PX */
    TTF_Font *draw[FACE_COUNT];
    int draw_px[FACE_COUNT];
    struct font_file files[FACE_COUNT];
    bool started;
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
map_file(struct font_file *file, const char *path, struct error *error)
{
    struct stat status;
    void *bytes = MAP_FAILED;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size <= INT_MAX) {
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (bytes == MAP_FAILED) {
        return error_set(error, ERROR_BAD_INPUT, "font %s can't be read", path);
    }
    *file = (struct font_file){bytes, (size_t)status.st_size};
    return true;
}

static TTF_Font *
open_font(const struct font_file *file, int hinting, enum face face)
{
    SDL_RWops *stream = SDL_RWFromConstMem(file->bytes, (int)file->size);
    TTF_Font *font = TTF_OpenFontRW(stream, 1, MEASURE_PX);
    bool arabic = face == FACE_ARABIC_REGULAR || face == FACE_ARABIC_BOLD;

    if (font != NULL) {
        TTF_SetFontHinting(font, hinting);
        TTF_SetFontScriptName(font, arabic ? "Arab" : "Latn");
    }
    return font;
}

static bool
open_face(struct faces *faces, enum face face, struct error *error)
{
    struct font_file *file = &faces->files[face];
    char path[512];

    if (!find_file(face, path)) {
        return error_set(error, ERROR_NOT_FOUND,
                         "font %s is not installed (LOKETZUIL_FONTS names its folder)",
                         file_names[face]);
    }
    if (!map_file(file, path, error)) {
        return false;
    }
    /* Hints that are a pixel high mean nothing in a thousandth of the em. */
    faces->measure[face] = open_font(file, TTF_HINTING_NONE, face);
    /* NORMAL costs 32 million instructions at start, and looks no better. */
    faces->draw[face] = open_font(file, TTF_HINTING_LIGHT, face);
    faces->draw_px[face] = MEASURE_PX;
    if (faces->measure[face] == NULL || faces->draw[face] == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "font %s: %s", path, TTF_GetError());
    }
    return true;
}

struct faces *
faces_open(struct error *error)
{
    struct faces *faces = memory_allocate(1, sizeof(*faces));

    faces->started = TTF_Init() == 0;
    if (!faces->started) {
        error_set(error, ERROR_DEVICE, "fonts: %s", TTF_GetError());
        goto fail;
    }
    for (enum face face = 0; face < FACE_COUNT; face++) {
        if (!open_face(faces, face, error)) {
            goto fail;
        }
    }
    return faces;

fail:
    faces_close(faces);
    return NULL;
}

void
faces_close(struct faces *faces)
{
    if (faces == NULL) {
        return;
    }
    for (enum face face = 0; face < FACE_COUNT; face++) {
        if (faces->measure[face] != NULL) {
            TTF_CloseFont(faces->measure[face]);
        }
        if (faces->draw[face] != NULL) {
            TTF_CloseFont(faces->draw[face]);
        }
        if (faces->files[face].bytes != NULL) {
            munmap(faces->files[face].bytes, faces->files[face].size);
        }
    }
    if (faces->started) {
        TTF_Quit();
    }
    free(faces);
}

bool
faces_have(struct faces *faces, enum face face, uint32_t character)
{
    return TTF_GlyphIsProvided32(faces->measure[face], character) != 0;
}

int
faces_advance(struct faces *faces, enum face face, uint32_t character)
{
    int advance = 0;

    TTF_GlyphMetrics32(faces->measure[face], character, NULL, NULL, NULL, NULL,
                       &advance);
    return advance;
}

int
faces_cap_height(struct faces *faces, enum face face)
{
    int top = 0;

    TTF_GlyphMetrics32(faces->measure[face], 'H', NULL, NULL, NULL, &top, NULL);
    return top;
}

/*
 * Noto keeps its kerning in GPOS, which TTF_GetFontKerningSizeGlyphs32() does not
 * read. A pair is therefore shaped between two H, whose straight sides kern with
 * nothing and keep overhanging ink inside, and compared with its plain advances.
 */
int
faces_kerning(struct faces *faces, enum face face, uint32_t left, uint32_t right)
{
    char text[16] = "H";
    int width = 0, plain;
    size_t length = 1;

    length += text_encode(left, text + length);
    length += text_encode(right, text + length);
    text[length] = 'H';
    if (TTF_SizeUTF8(faces->measure[face], text, &width, NULL) != 0) {
        return 0;
    }
    /* The width ends at the last H's advance, as its ink ends before it. */
    plain = 2 * faces_advance(faces, face, 'H') + faces_advance(faces, face, left) +
            faces_advance(faces, face, right);
    return width - plain;
}

static TTF_Font *
font_at(struct faces *faces, enum face face, int px)
{
    if (faces->draw_px[face] != px) {
        int status = TTF_SetFontSize(faces->draw[face], px);

        assert(status == 0);
        faces->draw_px[face] = px;
    }
    return faces->draw[face];
}

int
faces_text_width(struct faces *faces, const struct face_text *text)
{
    TTF_Font *font = font_at(faces, text->face, text->px);
    int width = 0;

    TTF_SetFontDirection(font,
                         text->right_to_left ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SizeUTF8(font, text->text, &width, NULL);
    return width;
}

static bool
row_has_ink(const SDL_Surface *surface, int y)
{
    const uint8_t *row = (const uint8_t *)surface->pixels + y * surface->pitch;

    for (int x = 0; x < surface->w; x++) {
        if (row[x] != 0) {
            return true;
        }
    }
    return false;
}

/* SDL_ttf's surface is as high as the line; most of it is empty. */
static struct face_mask
mask_from_surface(SDL_Surface *surface, int ascent, int x)
{
    struct face_mask mask = {.surface = surface};
    int top = 0, bottom;

    if (surface == NULL) {
        return mask;
    }
    bottom = surface->h;
    while (top < bottom && !row_has_ink(surface, top)) {
        top++;
    }
    while (bottom > top && !row_has_ink(surface, bottom - 1)) {
        bottom--;
    }
    if (top == bottom) {
        faces_mask_free(&mask);
        return mask;
    }
    mask.data = (const uint8_t *)surface->pixels + top * surface->pitch;
    mask.x = x;
    mask.y = top - ascent;
    mask.width = surface->w;
    mask.height = bottom - top;
    mask.stride = surface->pitch;
    return mask;
}

static const SDL_Color ink = {255, 255, 255, 255}, paper = {0, 0, 0, 255};

struct face_mask
faces_glyph_mask(struct faces *faces, enum face face, int px, uint32_t character)
{
    TTF_Font *font = font_at(faces, face, px);
    int left = 0;

    TTF_SetFontDirection(font, TTF_DIRECTION_LTR);
    TTF_GlyphMetrics32(font, character, &left, NULL, NULL, NULL, NULL);
    /* "Shaded" from black to white: the index is the coverage. */
    return mask_from_surface(TTF_RenderGlyph32_Shaded(font, character, ink, paper),
                             TTF_FontAscent(font), left < 0 ? left : 0);
}

struct face_mask
faces_text_mask(struct faces *faces, const struct face_text *text)
{
    TTF_Font *font = font_at(faces, text->face, text->px);

    TTF_SetFontDirection(font,
                         text->right_to_left ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    return mask_from_surface(TTF_RenderUTF8_Shaded(font, text->text, ink, paper),
                             TTF_FontAscent(font), 0);
}

void
faces_mask_free(struct face_mask *mask)
{
    SDL_FreeSurface(mask->surface);
    *mask = (struct face_mask){0};
}
