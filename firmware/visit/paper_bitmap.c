#include "paper_bitmap.h"

#include "base/memory.h"

void
paper_bitmap(const struct canvas *canvas, struct bitmap *bitmap)
{
    *bitmap = (struct bitmap){.width = canvas->width, .height = canvas->height};
    bitmap->rows = memory_allocate((size_t)bitmap->height, bitmap_stride(bitmap));
    for (int y = 0; y < canvas->height; y++) {
        for (int x = 0; x < canvas->width; x++) {
            if ((canvas->pixels[(size_t)y * (size_t)canvas->width + (size_t)x] & 0xff) <
                128) {
                bitmap_blacken(bitmap, x, y);
            }
        }
    }
}
