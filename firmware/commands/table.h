#pragma once

#include <stddef.h>

/* Rows of text on standard output, in columns as wide as what stands in them. */

#define TABLE_COLUMNS_MAX 6

struct table;

struct table *table_create(size_t columns);
void table_destroy(struct table *table);
/* As many texts as there are columns; they are copied. */
void table_add(struct table *table, const char *const *texts);
void table_print(const struct table *table);
