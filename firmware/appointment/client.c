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

void
appointment_key_make(char key[APPOINTMENT_KEY_BYTES])
{
    uint8_t bytes[(APPOINTMENT_KEY_BYTES - 1) / 2];

    random_bytes(bytes, sizeof(bytes));
    text_hex_encode(key, bytes, sizeof(bytes));
}
