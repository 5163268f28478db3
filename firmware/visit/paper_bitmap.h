#pragma once

#include "base/bitmap.h"
#include "ui/canvas.h"

/* What is painted in grey becomes dots. The caller frees the rows. */
void paper_bitmap(const struct canvas *canvas, struct bitmap *bitmap);
