#include "commands/table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"

#define GAP 2 /* spaces between columns */

struct table {
    size_t columns, count, capacity; /* of cells */
    char **cells;
    size_t widths[TABLE_COLUMNS_MAX];
};

static size_t
text_characters(const char *text)
{
    size_t count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

struct table *
table_create(size_t columns)
{
    struct table *table = memory_allocate(1, sizeof(*table));

    assert(columns > 0 && columns <= TABLE_COLUMNS_MAX);
    table->columns = columns;
    return table;
}

void
table_destroy(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    free(table);
}

void
table_add(struct table *table, const char *const *texts)
{
    if (table->count + table->columns > table->capacity) {
        table->capacity = 2 * table->capacity + 16 * table->columns;
        table->cells = memory_resize(table->cells, table->capacity, sizeof(char *));
    }
    for (size_t i = 0; i < table->columns; i++) {
        /* What came from elsewhere gives no orders to the terminal. */
        const char *cell = text_is_clean(texts[i]) ? texts[i] : "?";
        size_t width = text_characters(cell);

        table->cells[table->count++] = memory_copy_text(cell);
        if (width > table->widths[i]) {
            table->widths[i] = width;
        }
    }
}

void
table_print(const struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % table->columns;
        const char *cell = table->cells[i];

        if (column + 1 == table->columns) {
            printf("%s\n", cell);
        } else {
            printf("%s%*s", cell,
                   (int)(table->widths[column] + GAP - text_characters(cell)), "");
        }
    }
}
