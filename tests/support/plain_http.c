#include "plain_http.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define ANSWER_BYTES_MAX (1 << 20)

static int
connect_to(int port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int line = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(line >= 0);
    assert_int_equal(connect(line, (const struct sockaddr *)&address, sizeof(address)),
                     0);
    return line;
}

static char *
read_all(int line)
{
    char *answer = malloc(ANSWER_BYTES_MAX + 1);
    size_t length = 0;
    ssize_t count;

    assert_non_null(answer);
    while ((count = read(line, answer + length, ANSWER_BYTES_MAX - length)) > 0) {
        length += (size_t)count;
    }
    assert_int_equal(count, 0);
    answer[length] = '\0';
    return answer;
}

char *
plain_http_ask(int port, const char *method, const char *target, const char *headers,
               const char *body)
{
    char *request = NULL, *answer;
    size_t length;
    FILE *text = open_memstream(&request, &length);
    int line = connect_to(port);

    assert_non_null(text);
    fprintf(text, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s",
            method, target, headers);
    if (body != NULL) {
        fprintf(text, "Content-Length: %zu\r\n", strlen(body));
    }
    fprintf(text, "\r\n%s", body != NULL ? body : "");
    fclose(text);
    assert_int_equal(write(line, request, length), length);
    free(request);
    answer = read_all(line);
    close(line);
    return answer;
}

int
plain_http_status(const char *answer)
{
    int status = 0;

    assert_int_equal(sscanf(answer, "HTTP/1.1 %d", &status), 1);
    return status;
}
