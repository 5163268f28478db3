#pragma once

/*
 * A browser's side of HTTP as bytes: what was answered is looked at whole, head and
 * body. Fails the test when there is no answer.
 */

/* `headers` whole lines with their CRLF; `body` NULL: none. The caller frees. */
char *plain_http_ask(int port, const char *method, const char *target,
                     const char *headers, const char *body);
int plain_http_status(const char *answer);
