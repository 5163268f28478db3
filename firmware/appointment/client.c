#include "appointment/client.h"

#include <stdlib.h>

#include "base/sign.h"
#include "base/text.h"

void
appointment_client_destroy(struct appointment_client *client)
{
    if (client == NULL) {
        return;
    }
    client->operations->destroy(client->maker);
    free(client);
}

bool
appointment_wish_has(const struct appointment_wish *wish, const char *product)
{
    for (size_t i = 0; i < wish->item_count; i++) {
        if (text_equal(wish->items[i].product, product)) {
            return true;
        }
    }
    return false;
}

void
appointment_key_make(char key[APPOINTMENT_KEY_BYTES])
{
    uint8_t bytes[(APPOINTMENT_KEY_BYTES - 1) / 2];

    random_bytes(bytes, sizeof(bytes));
    text_hex_encode(key, bytes, sizeof(bytes));
}
