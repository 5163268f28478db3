#include "base/claim_code.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* Eight characters of five bits. */
#define CODE_HASH_BYTES 5

void
claim_code_make(const uint8_t public_key[SIGN_PUBLIC_BYTES],
                char code[CLAIM_CODE_BYTES])
{
    uint8_t hash[HASH_BYTES];

    assert(text_base32_length(CODE_HASH_BYTES) == CLAIM_CODE_LENGTH);
    hash_bytes(public_key, SIGN_PUBLIC_BYTES, hash);
    text_base32_encode(code, hash, CODE_HASH_BYTES);
    code[CLAIM_CODE_LENGTH] = '\0';
}

static char
read_character(char typed)
{
    if (typed >= 'a' && typed <= 'z') {
        typed = (char)(typed - 'a' + 'A');
    }
    if (typed == 'O') {
        return '0';
    }
    return typed == 'I' || typed == 'L' ? '1' : typed;
}

bool
claim_code_read(const char *typed, char code[CLAIM_CODE_BYTES])
{
    uint8_t bytes[CODE_HASH_BYTES];
    size_t length = 0;

    for (; *typed != '\0'; typed++) {
        if (*typed == ' ' || *typed == '-') {
            continue;
        }
        if (length == CLAIM_CODE_LENGTH) {
            return false;
        }
        code[length++] = read_character(*typed);
    }
    code[length] = '\0';
    return length == CLAIM_CODE_LENGTH &&
           text_base32_decode(bytes, sizeof(bytes), code, length);
}
