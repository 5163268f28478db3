#pragma once

#include "ui/page.h"

/*
 * Pages written down, to lay them out without a flow: a line an element.
 *
 *     page work|home|attract day nl
 *     step 3 5 | Stap 3 van 5: | Plaats en dag
 *     sign event
 *     name بلدية | Voorbeeld
 *     place De Linde
 *     clock 14.05 uur
 *     set large|largest contrast reach
 *     sheet place linde selected | De Linde | Hier, vanaf donderdag
 *     sheet month month | maart 2026
 *       sheet month-step earlier disabled icon:chevron_left |
 *
 * SLOT ROLE ID, then flags, icon:NAME and n:NUMBER in any order, then | label |
 * detail | value | extra | brief. An indented line belongs to the last one before it
 * that is indented less.
 */

/* Asserts on anything it does not understand: the file is ours. */
void page_file_read(const char *path, struct page *page);
