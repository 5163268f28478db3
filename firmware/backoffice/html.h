#pragma once

#include <stddef.h>

/*
 * HTML by one writer. Every text and every value of an attribute is escaped here, so
 * that nothing from outside can become markup; the names of elements and attributes
 * are constants of ours. Control characters are left out, what is no UTF-8 becomes
 * U+FFFD.
 */

struct html;

/* "<!DOCTYPE html>", and no more. */
struct html *html_create(void);
void html_destroy(struct html *html); /* NULL is fine */

/*
 * Opens an element; names and values of attributes in pairs, then NULL. A value that is
 * NULL leaves its attribute out.
 */
void html_open(struct html *html, const char *element, ...) __attribute__((sentinel));
/* One that has no content and no end: <input>, <meta>. */
void html_void(struct html *html, const char *element, ...) __attribute__((sentinel));
void html_text(struct html *html, const char *text);
void html_close(struct html *html); /* the innermost */

/* An element with nothing but a text. */
void html_line(struct html *html, const char *element, const char *text, ...)
    __attribute__((sentinel));

/* All that was written, when everything is closed; lives as long as the writer. */
const char *html_done(const struct html *html);
