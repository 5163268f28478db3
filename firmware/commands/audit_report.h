#pragma once

#include "audit_work.h"

/* What an audit says of its findings, and shows of them. */

char audit_display_letter(enum display_class display); /* 'L' */
const char *audit_text_name(enum text_size text);      /* "largest" */

/* One line: situation, variant, rule, element, figure. */
void
audit_print_failure(const struct audit_work *work, const struct audit_record *record);
/* How many by rule, display and size of text. */
void
audit_print_table(const struct audit_work *work, const struct audit_findings *findings);

/* Paints the first failure of each page, as many as can be looked at, framed; says
 * where they are. */
bool audit_draw(const struct audit_work *work, const struct audit_findings *findings,
                const char *folder, struct error *error);
