#pragma once

#include "view.h"

/*
 * A code that brings an address to the citizen's own phone: how to scan it, and what to
 * type when that does not work. `token` goes into the code's address only, "" for none;
 * `needs` is said with the last step.
 */
void phone_describe(const struct view *view, struct page *page, const char *url,
                    const char *token, const char *needs);
