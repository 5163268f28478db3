#include "visit/test_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "ticket/qr.h"
#include "ui/canvas.h"
#include "ui/font.h"

#include "paper_bitmap.h"

#define WHITE 0xffffffu
#define BLACK 0x000000u
#define HEIGHT 900
#define DOTS_MM 8
#define QR_DOTS 6
#define MARGIN 16

struct sheet {
    struct fonts *fonts;
    struct canvas *canvas;
    int y;
};

/* Of every alphabet that a ticket can be in, with what goes wrong first. */
static const struct {
    const char *text;
    bool right_to_left;
} samples[] = {
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", false},  {"abcdefghijklmnopqrstuvwxyz", false},
    {"0123456789  € 84,00  10.20", false},  {"één café, coöperatie, naïef", false},
    {"Łódź, Żółć, İstanbul, șțăâ", false},  {"Съешь ещё этих булок", false},
    {"موعدك يوم 12-03 الساعة 12:30", true},
};

static void
put_text(struct sheet *sheet, struct text_style style, const char *text,
         bool right_to_left)
{
    size_t length = strlen(text);
    int width = fonts_width(sheet->fonts, style, text, length);
    int x = right_to_left ? sheet->canvas->width - MARGIN - width : MARGIN;

    canvas_text(sheet->canvas, sheet->fonts, style, text, length, right_to_left, x,
                sheet->y, BLACK);
    sheet->y += fonts_height(style);
}

/* A line a millimetre, a long one each five, a number each ten. */
static void
put_ruler(struct sheet *sheet)
{
    const struct text_style style = {.px = 22, .weight = WEIGHT_REGULAR};
    int width = sheet->canvas->width;

    canvas_fill(sheet->canvas, (struct rectangle){0, sheet->y, width, 2}, BLACK);
    for (int mm = 0; mm * DOTS_MM < width; mm++) {
        int height = mm % 10 == 0 ? 40 : mm % 5 == 0 ? 28 : 16;
        int x = mm * DOTS_MM;
        char number[16];

        canvas_fill(sheet->canvas, (struct rectangle){x, sheet->y, 2, height}, BLACK);
        snprintf(number, sizeof(number), "%d", mm);
        if (mm % 10 == 0 && mm > 0) { /* before its line: the last one too is whole */
            canvas_text(sheet->canvas, sheet->fonts, style, number, strlen(number),
                        false, x - 30, sheet->y + 18, BLACK);
        }
    }
    canvas_fill(sheet->canvas, (struct rectangle){width - 2, sheet->y, 2, 40}, BLACK);
    sheet->y += 56;
}

/* From a lone dot in eight to a lone hole: dots that fail show as white lines. */
static void
put_greys(struct sheet *sheet)
{
    int width = sheet->canvas->width / 4;

    for (int step = 0; step < 4; step++) {
        for (int y = 0; y < 40; y++) {
            for (int x = step * width; x < (step + 1) * width; x++) {
                int place = (x + 3 * y) % 8;

                if (place < 1 + 2 * step) {
                    canvas_fill(sheet->canvas,
                                (struct rectangle){x, sheet->y + y, 1, 1}, BLACK);
                }
            }
        }
    }
    sheet->y += 56;
}

static void
put_qr(struct sheet *sheet, const struct qr *qr)
{
    int x = (sheet->canvas->width - qr->size * QR_DOTS) / 2;

    sheet->y += 4 * QR_DOTS; /* white around it, by ISO/IEC 18004 */
    for (int i = 0; i < qr->size * qr->size; i++) {
        if (qr->dark[i] != 0) {
            canvas_fill(sheet->canvas,
                        (struct rectangle){x + i % qr->size * QR_DOTS,
                                           sheet->y + i / qr->size * QR_DOTS, QR_DOTS,
                                           QR_DOTS},
                        BLACK);
        }
    }
    sheet->y += (qr->size + 4) * QR_DOTS;
}

static void
put_sheet(struct sheet *sheet, const char *kiosk, const struct qr *qr)
{
    const struct text_style large = {.px = 36, .weight = WEIGHT_BOLD};
    const struct text_style body = {.px = 26, .weight = WEIGHT_REGULAR};
    char dots[32];

    put_ruler(sheet);
    put_text(sheet, large, kiosk, false);
    snprintf(dots, sizeof(dots), "%d × 1/%d mm", sheet->canvas->width, DOTS_MM);
    put_text(sheet, body, dots, false);
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        put_text(sheet, body, samples[i].text, samples[i].right_to_left);
    }
    sheet->y += 16;
    put_greys(sheet);
    put_qr(sheet, qr);
    put_ruler(sheet);
}

bool
test_sheet_paint(enum paper_width width, const char *kiosk, struct bitmap *bitmap,
                 struct error *error)
{
    struct qr *qr = memory_allocate(1, sizeof(*qr));
    struct sheet sheet = {.fonts = fonts_open(error)};
    bool good = sheet.fonts != NULL && qr_encode(kiosk, qr, error);

    if (good) {
        sheet.canvas = canvas_create(paper_width_dots(width), HEIGHT);
        canvas_fill(sheet.canvas, (struct rectangle){0, 0, sheet.canvas->width, HEIGHT},
                    WHITE);
        put_sheet(&sheet, kiosk, qr);
        paper_bitmap(sheet.canvas, bitmap);
        bitmap->height = sheet.y; /* what is below is white */
        canvas_destroy(sheet.canvas);
    }
    fonts_close(sheet.fonts);
    free(qr);
    return good;
}
