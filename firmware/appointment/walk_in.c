#include "appointment/walk_in.h"

#include <stdlib.h>

#include "base/memory.h"
#include "walk_in_maker.h"

struct walk_in_client *
walk_in_client_create(const char *name, const struct walk_in_operations *operations,
                      void *maker)
{
    struct walk_in_client *client = memory_allocate(1, sizeof(*client));

    client->name = name;
    client->operations = operations;
    client->maker = maker;
    return client;
}

void
walk_in_client_destroy(struct walk_in_client *client)
{
    if (client != NULL) {
        client->operations->destroy(client->maker);
        free(client);
    }
}

static bool
is_reached(struct walk_in_client *client, struct error *error)
{
    return !atomic_load(&client->unplugged) ||
           error_set(error, ERROR_OFFLINE, "%s: the network is switched off",
                     client->name);
}

bool
walk_in_draw(struct walk_in_client *client, const struct walk_in_wish *wish,
             struct walk_in_number *number, struct error *error)
{
    *number = (struct walk_in_number){.wait_minutes = -1};
    return is_reached(client, error) &&
           client->operations->draw(client->maker, wish, number, error);
}

bool
walk_in_expect(struct walk_in_client *client, const char *product,
               struct walk_in_number *number, struct error *error)
{
    *number = (struct walk_in_number){.wait_minutes = -1};
    return is_reached(client, error) &&
           client->operations->expect(client->maker, product, number, error);
}

bool
walk_in_withdraw(struct walk_in_client *client, const char *key, struct error *error)
{
    return is_reached(client, error) &&
           client->operations->withdraw(client->maker, key, error);
}

void
walk_in_plug(struct walk_in_client *client, bool plugged_in)
{
    atomic_store(&client->unplugged, !plugged_in);
}
