#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ticket/ticket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever a scanner reads is refused with a reason, or was signed by the key. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ticket_key key = {.valid_to = TICKET_KEY_NO_END};
    char *text = memory_allocate(size + 1, 1);
    char code[TICKET_CODE_LENGTH + 1];
    struct ticket_claim claim;
    struct error error = {ERROR_NONE, ""};

    sign_start();
    memcpy(text, data, size);
    if (!ticket_verify(text, &key, 1, &claim, &error) && error.message[0] == '\0') {
        abort();
    }
    if (ticket_code_read(text, code) && strlen(code) != TICKET_CODE_LENGTH) {
        abort();
    }
    free(text);
    return 0;
}
