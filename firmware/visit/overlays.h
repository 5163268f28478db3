#pragma once

#include "view.h"

/* What lies over a page: a choice of language, help, the idle warning, waiting. */

void overlay_languages(const struct view *view, struct page *page);
void overlay_help(const struct view *view, struct page *page);
void overlay_cancel(const struct view *view, struct page *page);
void overlay_scanned(const struct view *view, struct page *page);
void overlay_still_there(const struct view *view, struct page *page, int seconds);
void overlay_patience(const struct view *view, struct page *page);
