#include "key_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define TEXT_LENGTH (2 * KEY_FILE_BYTES)

bool
key_file_read(const char *path, uint8_t bytes[KEY_FILE_BYTES], struct error *error)
{
    size_t length;
    char *text = file_read(path, TEXT_LENGTH + 2, &length, error);
    bool valid;

    if (text == NULL) {
        return error_prefix(error, "key file");
    }
    if (length > 0 && text[length - 1] == '\n') {
        text[length - 1] = '\0';
    }
    valid = text_hex_decode(bytes, KEY_FILE_BYTES, text);
    if (!valid) {
        error_set(error, ERROR_BAD_INPUT, "key file %s: is not %d hexadecimal digits",
                  path, TEXT_LENGTH);
    }
    memory_wipe(text, length);
    free(text);
    return valid;
}

bool
key_file_write(const char *path, const uint8_t bytes[KEY_FILE_BYTES],
               struct error *error)
{
    char text[TEXT_LENGTH + 1];
    bool written;

    text_hex_encode(text, bytes, KEY_FILE_BYTES);
    text[TEXT_LENGTH] = '\n';
    written = file_write(path, text, sizeof(text), 0600, error);
    memory_wipe(text, sizeof(text));
    return written || error_prefix(error, "key file");
}
