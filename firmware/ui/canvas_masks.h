#pragma once

#include <stdint.h>

/*
 * Coverage made once for each radius: a rounded corner and a blurred one. Both show
 * the corner at the top left; the others are the same turned round.
 */

struct canvas_masks;

struct canvas_masks *canvas_masks_create(void);
void canvas_masks_destroy(struct canvas_masks *masks);

#define CANVAS_RADIUS_MAX 1024

/* radius × radius bytes. */
const uint8_t *canvas_corner(struct canvas_masks *masks, int radius);

/* How far a shadow reaches beyond (and into) what throws it. */
#define CANVAS_SHADOW_REACH 24
#define CANVAS_SHADOW_DOWN 4

/* (radius + 2 × reach)² bytes; the shape's corner is at (reach, reach). */
const uint8_t *canvas_shadow_corner(struct canvas_masks *masks, int radius);
