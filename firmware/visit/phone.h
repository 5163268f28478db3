#pragma once

#include "view.h"

/*
 * A code that brings an address to the citizen's own phone, and how to scan it, step by
 * step. `token` goes into the code's address, "" for none; `needs` is said with the
 * last step.
 */
void phone_describe(const struct view *view, struct page *page, const char *url,
                    const char *token, const char *needs);

/* What to type when scanning does not work: the address without its decoration. */
void phone_describe_typed(const struct view *view, struct page *page, const char *url);
