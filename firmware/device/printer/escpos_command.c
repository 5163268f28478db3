#include "device/printer/escpos_command.h"

#include <stdbool.h>
#include <string.h>

enum { DLE = 0x10, ESC = 0x1b, FS = 0x1c, GS = 0x1d };

/* Commands of one length, by what they begin with; of the others nothing is drawn. */
static const struct {
    uint8_t first;
    const char *seconds;
    size_t length;
} fixed[] = {
    {DLE, "\x04\x05", 3},
    {DLE, "\x14", 5},
    {ESC, "@2LS<", 2},
    {ESC, " !%-3=?EGJKMRTUVadert{i", 3},
    {ESC, "$\\c", 4},
    {ESC, "p", 5},
    {GS, "!BHITabfhrw/", 3},
    {GS, "LPW\\$", 4},
    {FS, "&.", 2},
    {FS, "!C-W", 3},
    {FS, "S", 4},
};

static size_t
number_2(const uint8_t *bytes)
{
    return bytes[0] + 256u * bytes[1];
}

static size_t
number_4(const uint8_t *bytes)
{
    return number_2(bytes) + 65536u * number_2(bytes + 2);
}

/* `header` bytes, of which the last `size` say how many more follow. */
static size_t
counted(const uint8_t *bytes, size_t left, size_t header, size_t size)
{
    if (left < header) {
        return 0;
    }
    return header + (size == 1   ? bytes[header - 1]
                     : size == 2 ? number_2(bytes + header - 2)
                                 : number_4(bytes + header - 4));
}

static size_t
ended_by_nul(const uint8_t *bytes, size_t left, size_t from)
{
    const uint8_t *end = left > from ? memchr(bytes + from, 0, left - from) : NULL;

    return end != NULL ? (size_t)(end - bytes) + 1 : 0;
}

/* Columns of 8 or 24 dots. */
static size_t
bit_image(const uint8_t *bytes, size_t left)
{
    return left < 5 ? 0 : 5 + number_2(bytes + 3) * (bytes[2] >= 32 ? 3 : 1);
}

static size_t
raster(const uint8_t *bytes, size_t left)
{
    return left < 8 ? 0 : 8 + number_2(bytes + 4) * number_2(bytes + 6);
}

static size_t
bar_code(const uint8_t *bytes, size_t left)
{
    if (left < 3) {
        return 0;
    }
    return bytes[2] < 65 ? ended_by_nul(bytes, left, 3) : counted(bytes, left, 4, 1);
}

static size_t
cut(const uint8_t *bytes, size_t left)
{
    return left < 3 ? 0 : (bytes[2] & 0x0f) > 1 || bytes[2] > 49 ? 4 : 3;
}

static size_t
fixed_length(uint8_t first, uint8_t second)
{
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        if (fixed[i].first == first && second != 0 &&
            strchr(fixed[i].seconds, second) != NULL) {
            return fixed[i].length;
        }
    }
    return 1;
}

static size_t
length_of(const uint8_t *bytes, size_t left)
{
    switch (bytes[0] << 8 | bytes[1]) {
    case GS << 8 | 'v':
        return raster(bytes, left);
    case GS << 8 | 'V':
        return cut(bytes, left);
    case GS << 8 | '(':
    case FS << 8 | '(':
    case ESC << 8 | '(':
        return counted(bytes, left, 5, 2);
    case GS << 8 | '8':
        return counted(bytes, left, 7, 4);
    case GS << 8 | 'k':
        return bar_code(bytes, left);
    case ESC << 8 | '*':
        return bit_image(bytes, left);
    case ESC << 8 | 'D':
        return ended_by_nul(bytes, left, 2);
    default:
        return fixed_length(bytes[0], bytes[1]);
    }
}

size_t
escpos_command_length(const uint8_t *bytes, size_t left)
{
    size_t length = 1;

    if (left == 0) {
        return 0;
    }
    if (bytes[0] == DLE || bytes[0] == ESC || bytes[0] == FS || bytes[0] == GS) {
        length = left < 2 ? 0 : length_of(bytes, left);
    }
    return length <= left ? length : 0;
}

/* GS ( L and GS 8 L: m fn a bx by c, width and height in dots, then the rows. */
static bool
graphics_read(const uint8_t *data, size_t length, struct escpos_raster *found)
{
    if (length < 10 || data[1] != 112) {
        return false;
    }
    found->stride = (number_2(data + 6) + 7) / 8;
    found->height = (int)number_2(data + 8);
    found->rows = data + 10;
    return length - 10 >= found->stride * (size_t)found->height;
}

bool
escpos_raster_read(const uint8_t *command, size_t length, struct escpos_raster *found)
{
    if (length < 8 || command[0] != GS) {
        return false;
    }
    if (command[1] == 'v') {
        *found = (struct escpos_raster){command + 8, number_2(command + 4),
                                        (int)number_2(command + 6)};
        return true;
    }
    if (command[1] == '(' && command[2] == 'L') {
        return graphics_read(command + 5, length - 5, found);
    }
    return command[1] == '8' && command[2] == 'L' &&
           graphics_read(command + 7, length - 7, found);
}
