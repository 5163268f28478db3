#include "base/picture.h"

#include <assert.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

#define PNG_BYTES_MAX (16u << 20) /* a photograph of the largest size */
#define CHUNK_BYTES_MAX                                                                \
    (1u << 20) /* a profile or comment longer than this is no logo's */

struct output {
    uint8_t *bytes;
    size_t length, size;
};

static void
output_add(png_structp png, png_bytep bytes, size_t count)
{
    struct output *output = png_get_io_ptr(png);

    if (output->size - output->length < count) {
        output->size = 2 * (output->size + count);
        output->bytes = memory_resize(output->bytes, 1, output->size);
    }
    memcpy(output->bytes + output->length, bytes, count);
    output->length += count;
}

static void
output_flush(png_structp png)
{
    (void)png;
}

/* Our own pixels always make a PNG: libpng complains only of a broken promise. */
static void
fail_write(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
    abort();
}

static size_t
row_bytes(const struct picture *picture)
{
    size_t width = (size_t)picture->width;

    switch (picture->format) {
    case PICTURE_RGBA:
        return 4 * width;
    case PICTURE_GREY:
        return width;
    case PICTURE_BITMAP:
        return (width + 7) / 8;
    }
    abort();
}

void *
picture_encode(const struct picture *picture, size_t *length)
{
    static const struct {
        int colour, depth;
    } kinds[] = {
        [PICTURE_RGBA] = {PNG_COLOR_TYPE_RGB_ALPHA, 8},
        [PICTURE_GREY] = {PNG_COLOR_TYPE_GRAY, 8},
        [PICTURE_BITMAP] = {PNG_COLOR_TYPE_GRAY, 1},
    };
    struct output output = {0};
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail_write, NULL);
    png_infop info = png_create_info_struct(png);
    const uint8_t *pixels = picture->pixels;

    assert(png != NULL && info != NULL);
    assert(picture->width > 0 && picture->height > 0);
    assert(picture->stride >= row_bytes(picture));
    png_set_write_fn(png, &output, output_add, output_flush);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height,
                 kinds[picture->format].depth, kinds[picture->format].colour,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    if (picture->format == PICTURE_BITMAP) {
        png_set_invert_mono(png); /* PNG's 1 is white */
    }
    for (int y = 0; y < picture->height; y++) {
        png_write_row(png, pixels + (size_t)y * picture->stride);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    *length = output.length;
    return output.bytes;
}

bool
picture_write(const struct picture *picture, const char *path, struct error *error)
{
    size_t length;
    void *png = picture_encode(picture, &length);
    bool written = file_write(path, png, length, 0644, error);

    free(png);
    return written;
}

struct input {
    const uint8_t *bytes;
    size_t left;
    struct error *error;
};

static void
input_take(png_structp png, png_bytep target, size_t count)
{
    struct input *input = png_get_io_ptr(png);

    if (count > input->left) {
        png_error(png, "file ends too early");
    }
    memcpy(target, input->bytes, count);
    input->bytes += count;
    input->left -= count;
}

static void
fail_read(png_structp png, png_const_charp message)
{
    struct input *input = png_get_error_ptr(png);

    error_set(input->error, ERROR_BAD_INPUT, "picture: %s", message);
    png_longjmp(png, 1);
}

static void
pass_over(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* a warning: a strange profile does not spoil a logo */
}

/* Reads the header and asks libpng to turn whatever it is into 8-bit RGBA. */
static void
read_header(png_structp png, png_infop info, struct picture *picture)
{
    png_set_user_limits(png, PICTURE_SIDE_MAX, PICTURE_SIDE_MAX);
    png_set_chunk_malloc_max(png, CHUNK_BYTES_MAX);
    png_read_info(png, info);
    picture->format = PICTURE_RGBA;
    picture->width = (int)png_get_image_width(png, info);
    picture->height = (int)png_get_image_height(png, info);
    picture->stride = 4 * (size_t)picture->width;
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != picture->stride) {
        png_error(png, "colours cannot be read");
    }
}

/*
 * The part that libpng leaves by longjmp(). Nothing local is used after the jump;
 * `pixels` is where the caller finds what was allocated.
 */
static bool
read_pixels(png_structp png, png_infop info, struct picture *picture, uint8_t **pixels)
{
    png_bytep rows[PICTURE_SIDE_MAX];

    if (setjmp(png_jmpbuf(png)) != 0) {
        return false;
    }
    read_header(png, info, picture);
    *pixels = memory_allocate((size_t)picture->height, picture->stride);
    for (int y = 0; y < picture->height; y++) {
        rows[y] = *pixels + (size_t)y * picture->stride;
    }
    png_read_image(png, rows);
    png_read_end(png, NULL);
    return true;
}

uint8_t *
picture_decode(const void *png_bytes, size_t length, struct picture *picture,
               struct error *error)
{
    struct input input = {.bytes = png_bytes, .left = length, .error = error};
    uint8_t *pixels = NULL;
    png_structp png;
    png_infop info;

    if (length < 8 || png_sig_cmp(png_bytes, 0, 8) != 0) {
        error_set(error, ERROR_BAD_INPUT, "picture: is no PNG");
        return NULL;
    }
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &input, fail_read, pass_over);
    info = png_create_info_struct(png);
    assert(png != NULL && info != NULL);
    png_set_read_fn(png, &input, input_take);
    if (!read_pixels(png, info, picture, &pixels)) {
        free(pixels);
        pixels = NULL;
    }
    png_destroy_read_struct(&png, &info, NULL);
    picture->pixels = pixels;
    return pixels;
}

uint8_t *
picture_read(const char *path, struct picture *picture, struct error *error)
{
    size_t length;
    char *png = file_read(path, PNG_BYTES_MAX, &length, error);
    uint8_t *pixels;

    if (png == NULL) {
        return NULL;
    }
    pixels = picture_decode(png, length, picture, error);
    if (pixels == NULL) {
        error_prefix(error, "%s", path);
    }
    free(png);
    return pixels;
}
