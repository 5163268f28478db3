#include "backoffice/store_schema.h"

/* One a line, so that two branches can each add theirs. */
/* clang-format off */
const char *const store_schema[] = {
    store_schema_fleet,
    store_schema_usage,
    store_schema_book,
    store_schema_hand_over,
    store_schema_book_moves,
    store_schema_book_counts,
    store_schema_book_desks,
    store_schema_errand,
    store_schema_book_leases,
    store_schema_book_unprinted,
    store_schema_queue,
    store_schema_queue_announced,
    store_schema_staff,
    store_schema_queue_follow,
    store_schema_usage_success,
    store_schema_usage_help,
    store_schema_errand_hand_over,
};
/* clang-format on */

const int store_schema_count = sizeof(store_schema) / sizeof(store_schema[0]);
