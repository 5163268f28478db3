#pragma once

#include <stdbool.h>

#include "base/error.h"

/* What the back office's settings file says; every line is told in board/backoffice.md.
 */

#define OFFICE_PATH_BYTES 512

struct office_settings {
    /* [backoffice] */
    char listen[64]; /* address */
    int port;        /* 0: one that is free */
    char zone[64];   /* as in the IANA time zone database */
    char database[OFFICE_PATH_BYTES];
    char openapi[OFFICE_PATH_BYTES];
    char certificate[OFFICE_PATH_BYTES], key[OFFICE_PATH_BYTES]; /* "": no TLS */
    char catalogue[OFFICE_PATH_BYTES];
    char translations[OFFICE_PATH_BYTES]; /* folder */
    char staff[OFFICE_PATH_BYTES];        /* folder of the staff pages' files */
    int hand_over_days, errand_days;

    /* [book] */
    char desks[OFFICE_PATH_BYTES]; /* see book_open() */
    int keep_days;
    int arrive_before, arrive_after; /* minutes */
    int lease_slots, lease_days;
    char lease_products[OFFICE_PATH_BYTES];

    /* [theme] */
    char style[OFFICE_PATH_BYTES], logo[OFFICE_PATH_BYTES];
    char color_1[8], color_2[8]; /* "": the house colours */
};

/* What the file does not name has its default. On error `settings` are unchanged. */
bool office_settings_read(const char *path, struct office_settings *settings,
                          struct error *error);
