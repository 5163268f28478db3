#include "ticket/qr.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include <qrencode.h>

bool
qr_encode(const char *text, struct qr *qr, struct error *error)
{
    QRcode *code;

    if (text[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT, "QR: there is no text");
    }
    /* Case-sensitive: libqrencode picks the densest mode for each stretch of text. */
    code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL) {
        return errno == ERANGE
                   ? error_set(error, ERROR_BAD_INPUT,
                               "QR: %zu bytes are more than one code holds",
                               strlen(text))
                   : error_set(error, ERROR_BAD_INPUT, "QR: %s", strerror(errno));
    }
    assert(code->width <= QR_SIZE_MAX);
    qr->size = code->width;
    for (int i = 0; i < code->width * code->width; i++) {
        qr->dark[i] = code->data[i] & 1;
    }
    QRcode_free(code);
    return true;
}

bool
qr_encode_dark(const char *text, uint8_t *dark, int *size)
{
    struct qr qr;
    struct error error = {0};

    if (!qr_encode(text, &qr, &error)) {
        return false;
    }
    memcpy(dark, qr.dark, (size_t)(qr.size * qr.size));
    *size = qr.size;
    return true;
}
