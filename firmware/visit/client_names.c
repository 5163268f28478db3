#include "visit/client_names.h"

#include <stdlib.h>

#include "appointment/renamed.h"
#include "base/memory.h"

struct lists {
    struct appointment_name *products, *locations;
    struct appointment_names names; /* of both */
};

static void
add(struct appointment_name *list, size_t *count, const char *ours, const char *theirs)
{
    if (theirs[0] != '\0') {
        list[(*count)++] = (struct appointment_name){ours, theirs};
    }
}

static struct lists
lists_of(const struct catalogue *catalogue)
{
    struct lists lists = {0};

    if (catalogue == NULL) {
        return lists;
    }
    lists.products =
        memory_allocate(catalogue->product_count, sizeof(lists.products[0]));
    lists.locations =
        memory_allocate(catalogue->location_count, sizeof(lists.locations[0]));
    for (size_t i = 0; i < catalogue->product_count; i++) {
        const struct product *product = &catalogue->products[i];

        add(lists.products, &lists.names.product_count, product->id,
            product->appointment_id);
    }
    for (size_t i = 0; i < catalogue->location_count; i++) {
        const struct location *location = &catalogue->locations[i];

        add(lists.locations, &lists.names.location_count, location->id,
            location->appointment_id);
    }
    lists.names.products = lists.products;
    lists.names.locations = lists.locations;
    return lists;
}

static void
lists_free(struct lists *lists)
{
    free(lists->products);
    free(lists->locations);
}

struct appointment_client *
client_names_create(struct appointment_client *client,
                    const struct catalogue *catalogue)
{
    struct lists lists = lists_of(catalogue);
    struct appointment_client *renamed =
        appointment_renamed_create(client, &lists.names);

    lists_free(&lists);
    return renamed;
}

void
client_names_set(struct appointment_client *client, const struct catalogue *catalogue)
{
    struct lists lists = lists_of(catalogue);

    appointment_renamed_set(client, &lists.names);
    lists_free(&lists);
}
