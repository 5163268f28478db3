#include "ticket/escpos.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

/* Clean, and it tells when it goes offline, fails or is out of paper (GS a). */
static const uint8_t initialise[] = {0x1b, '@', 0x1d, 'a', 0x0e};

/*
 * Twelve millimetres of feed bring the last row past the tear bar of a printer
 * without a knife; "cut where it should be" then feeds to the knife and cuts all
 * but one point, so that the ticket does not fall on the floor. After it the printer
 * tells nothing by itself any more.
 */
static const uint8_t feed_and_cut[] = {0x1b, 'J', 96, 0x1d, 'V', 66, 0, 0x1d, 'a', 0};

#define BAND_HEADER_BYTES 8

static size_t
band_header(uint8_t *target, size_t stride, size_t rows)
{
    const uint8_t header[BAND_HEADER_BYTES] = {
        0x1d,          'v', '0', 0, (uint8_t)(stride & 0xff), (uint8_t)(stride >> 8),
        (uint8_t)rows, 0};

    static_assert(ESCPOS_BAND_ROWS < 256, "the rows of a band fit one byte");
    memcpy(target, header, sizeof(header));
    return sizeof(header);
}

/* The dots past the width are padding: white, whatever the caller left there. */
static void
row_copy(uint8_t *target, const struct bitmap *bitmap, size_t row)
{
    size_t stride = bitmap_stride(bitmap);

    memcpy(target, bitmap->rows + row * stride, stride);
    if (bitmap->width % 8 != 0) {
        target[stride - 1] &= (uint8_t)(0xff << (8 - bitmap->width % 8));
    }
}

/*
 * DLE EOT, DLE ENQ and DLE DC4 are obeyed wherever they stand: they ask for the state,
 * clear the buffer, open the drawer. The lone dot of a DLE gets a neighbour.
 */
static void
take_orders_out(uint8_t *raster, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if (raster[i] == 0x10 &&
            (raster[i + 1] == 0x04 || raster[i + 1] == 0x05 || raster[i + 1] == 0x14))
        {
            raster[i] = 0x18;
        }
    }
}

static size_t
add_band(uint8_t *target, const struct bitmap *bitmap, size_t first, size_t rows)
{
    size_t stride = bitmap_stride(bitmap);
    size_t header = band_header(target, stride, rows);

    for (size_t row = 0; row < rows; row++) {
        row_copy(target + header + row * stride, bitmap, first + row);
    }
    take_orders_out(target + header, rows * stride);
    return header + rows * stride;
}

uint8_t *
escpos_encode(const struct bitmap *bitmap, size_t *length)
{
    size_t stride = bitmap_stride(bitmap), height = (size_t)bitmap->height;
    size_t bands = (height + ESCPOS_BAND_ROWS - 1) / ESCPOS_BAND_ROWS;
    size_t size = sizeof(initialise) + bands * BAND_HEADER_BYTES + stride * height +
                  sizeof(feed_and_cut);
    uint8_t *bytes = memory_allocate(size, 1);
    size_t used = 0;

    assert(bitmap->width > 0 && bitmap->height > 0 && stride <= UINT16_MAX);
    memcpy(bytes, initialise, sizeof(initialise));
    used += sizeof(initialise);
    for (size_t row = 0; row < height; row += ESCPOS_BAND_ROWS) {
        size_t left = height - row;

        used += add_band(bytes + used, bitmap, row,
                         left < ESCPOS_BAND_ROWS ? left : ESCPOS_BAND_ROWS);
    }
    memcpy(bytes + used, feed_and_cut, sizeof(feed_and_cut));
    assert(used + sizeof(feed_and_cut) == size);
    *length = size;
    return bytes;
}
