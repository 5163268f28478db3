#include "backoffice/store_schema.h"

const char *const store_schema[] = {
    store_schema_fleet,     store_schema_usage,      store_schema_book,
    store_schema_hand_over, store_schema_book_moves,
};

const int store_schema_count = sizeof(store_schema) / sizeof(store_schema[0]);
