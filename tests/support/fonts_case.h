#pragma once

#include "ui/font.h"

/* The fonts of a group of tests: opened before it and closed after it, once. */
extern struct fonts *fonts;

int fonts_case_open(void **state);
int fonts_case_close(void **state);
