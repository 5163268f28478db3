#pragma once

#include "commands/ctl.h"
#include "commands/table.h"

/* Commands that ask the back office for one list, and show it as a table or as it came.
 */

#define LIST_ARGUMENTS BACKOFFICE_ARGUMENTS " [--format table|json]"

struct list {
    const char *path; /* "/v1/closures" */
    const char *name; /* of the list in the answer: "closures" */
    const char *heads[TABLE_COLUMNS_MAX];
    size_t columns;
    /* One row; false when the answer is not as it should be. */
    bool (*add)(struct table *table, const struct json *one, struct error *error);
    const char *none; /* said when the list is empty; NULL: the heads alone */
};

/* What `run` of such a command does. The answer is wiped: persons may stand in it. */
int
list_run(const struct command *command, const struct list *list, int argc, char **argv);
