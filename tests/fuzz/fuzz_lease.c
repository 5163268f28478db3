#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/leased/lease.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A lease that is read has slots in order, and any wish can be asked of it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {ERROR_NONE, ""};
    struct json *root = json_parse((const char *)data, size, &error);
    struct appointment_wish wish = {.item_count = 1, .items[0].persons = 1};
    char name[APPOINTMENT_NAME_BYTES];
    struct lease *lease;

    if (root == NULL) {
        return 0;
    }
    lease = lease_read(root, &error);
    if (lease == NULL) {
        return error.message[0] == '\0' ? abort(), 0 : 0;
    }
    for (size_t i = 0; i < lease->product_count; i++) {
        int minutes;

        memcpy(wish.items[0].product, lease->products[i].id,
               sizeof(wish.items[0].product));
        minutes = lease_minutes(lease, &wish);
        lease_name(lease, &wish, name);
        for (size_t j = 0; j < lease->slot_count; j++) {
            lease_slot_fits(&lease->slots[j], &wish, minutes);
            if (j > 0 && lease->slots[j].start < lease->slots[j - 1].start) {
                abort();
            }
        }
    }
    lease_destroy(lease);
    return 0;
}
