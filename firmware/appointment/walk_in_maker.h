#pragma once

#include <stdatomic.h>

#include "appointment/walk_in.h"

/* What a maker of numbers fills in. */

struct walk_in_operations {
    bool (*draw)(void *maker, const struct walk_in_wish *wish,
                 struct walk_in_number *number, struct error *error);
    bool (*expect)(void *maker, const char *product, struct walk_in_number *number,
                   struct error *error);
    bool (*withdraw)(void *maker, const char *key, struct error *error);
    void (*destroy)(void *maker);
};

struct walk_in_client {
    const char *name;
    const struct walk_in_operations *operations;
    void *maker;
    atomic_bool unplugged;
};

struct walk_in_client *
walk_in_client_create(const char *name, const struct walk_in_operations *operations,
                      void *maker);
