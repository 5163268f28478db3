#include <assert.h>
#include <string.h>

#include "ticket/ticket.h"

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

#define LETTERS (sizeof(letters) - 1)

static_assert(LETTERS == 31, "no 0 O 1 I L");

void
ticket_code_make(char code[TICKET_CODE_LENGTH + 1])
{
    /* Bytes past the last whole round of letters would make some likelier. */
    const unsigned fair = 256 / LETTERS * LETTERS;

    for (int i = 0; i < TICKET_CODE_LENGTH; i++) {
        uint8_t byte;

        do {
            random_bytes(&byte, 1);
        } while (byte >= fair);
        code[i] = letters[byte % LETTERS];
    }
    code[TICKET_CODE_LENGTH] = '\0';
}

bool
ticket_code_read(const char *typed, char code[TICKET_CODE_LENGTH + 1])
{
    int length = 0;

    for (; *typed != '\0'; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;

        if (c == ' ') {
            continue;
        }
        if (length == TICKET_CODE_LENGTH || strchr(letters, c) == NULL) {
            return false;
        }
        code[length++] = c;
    }
    code[length] = '\0';
    return length == TICKET_CODE_LENGTH;
}
