#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "backoffice/fleet.h"
#include "base/file.h"
#include "base/http_client.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"
#include "support/usage_stream.h"
#include "usage/outbox.h"
#include "usage/wire.h"

/* The program itself: its settings, its end, and what a kill -9 leaves of counts. */

#define KILLS 40
#define EVENTS_A_BATCH 3

static char folder[64];
static char database[96], settings[96];

static void
write_settings(const char *text)
{
    struct error error = {0};

    assert_true(file_write(settings, text, strlen(text), 0600, &error));
}

static int
start(void **state)
{
    char text[300];

    (void)state;
    sign_start();
    test_folder_make(folder);
    snprintf(database, sizeof(database), "%s/office.db", folder);
    snprintf(settings, sizeof(settings), "%s/office.conf", folder);
    snprintf(text, sizeof(text), "[backoffice]\nport = 0\ndatabase = %s\n", database);
    write_settings(text);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_folder_remove(folder);
    return 0;
}

/* --- a process ----------------------------------------------------------------- */

struct program {
    pid_t pid;
    FILE *output; /* standard output and error */
    char url[64];
};

static void
program_start(struct program *program)
{
    const char *build = getenv("BUILD");
    char path[200];
    int ends[2];

    snprintf(path, sizeof(path), "%s/san/loketzuil-backoffice",
             build == NULL ? "build" : build);
    assert_return_code(pipe2(ends, O_CLOEXEC), 0);
    program->url[0] = '\0';
    program->pid = fork();
    assert_return_code(program->pid, 0);
    if (program->pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        execl(path, path, settings, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    program->output = fdopen(ends[0], "r");
    assert_non_null(program->output);
}

/* Reads on until the program listens. */
static void
program_wait(struct program *program)
{
    char line[500];

    while (program->url[0] == '\0') {
        if (fgets(line, sizeof(line), program->output) == NULL) {
            fail_msg("it ended before it listened");
        }
        sscanf(line, "listening on %60s", program->url);
    }
}

/* Waits for its end; the exit status, or 1000 + the signal that ended it. */
static int
program_finish(struct program *program)
{
    int status;

    assert_int_equal(waitpid(program->pid, &status, 0), program->pid);
    fclose(program->output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void
test_it_stops_cleanly_when_it_is_asked_to(void **state)
{
    static const int signals[] = {SIGTERM, SIGINT};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct program program;
        char wal[120];

        program_start(&program);
        program_wait(&program);
        assert_true(text_starts_with(program.url, "http://127.0.0.1:"));
        kill(program.pid, signals[i]);
        assert_int_equal(program_finish(&program), 0);
        snprintf(wal, sizeof(wal), "%s-wal", database);
        assert_int_not_equal(access(wal, F_OK), 0); /* all is in the one file */
    }
}

static void
test_settings_that_mean_nothing_are_told_and_nothing_starts(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"[backoffice]\nprot = 0\n", "prot"},
        {"[backoffice]\nport = 70000\n", "port"},
        {"[backoffice]\nport = zero\n", "port"},
        {"[backoffice]\nport = 0\nlisten = here\n", "listen"},
        {"[backoffice]\nport = 0\nlisten = 0.0.0.0\n", "certificate"},
        {"[backoffice]\nport = 0\nzone = Europe/Atlantis\n", "Atlantis"},
        {"[backoffice]\nport = 0\nopenapi = /nowhere\n", "/nowhere"},
        {"[backoffice]\nport = 0\ncatalogue = /nowhere\n", "/nowhere"},
        {"[backoffice]\nport = 0\ndatabase = /nowhere/x.db\n", "/nowhere/x.db"},
        {"[strange]\nport = 0\n", "strange"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct program program;
        char text[400], output[4000];

        snprintf(text, sizeof(text), "%s%s%s%s", cases[i].text,
                 strstr(cases[i].text, "database") != NULL ? "" : "database = ",
                 strstr(cases[i].text, "database") != NULL ? "" : database, "\n");
        write_settings(text);
        program_start(&program);
        output[fread(output, 1, sizeof(output) - 1, program.output)] = '\0';
        if (strstr(output, cases[i].words) == NULL ||
            strstr(output, "listening") != NULL) {
            fail_msg("%s gave %s", text, output);
        }
        assert_int_equal(program_finish(&program), 1);
    }
}

/* --- killed ---------------------------------------------------------------------- */

struct sender {
    struct outbox *outbox;
    struct sign_key key;
    const char *url;
    pthread_mutex_t lock;
    pthread_cond_t told;
    int answers;
    bool ended;
};

/* What was answered with 200 is acknowledged; false when nobody answers. */
static bool
send_one(struct sender *sender, struct http_client *client,
         const struct outbox_batch *batch)
{
    char chain[100], url[120], link[65], stream_link[65];
    uint8_t bytes[HASH_BYTES];
    const char *headers[] = {
        chain, "Content-Type: " WIRE_BATCH_CONTENT_TYPE, NULL, NULL, NULL, NULL};
    struct signed_request signature;
    struct http_answer answer = {0};
    struct error error = {0};
    struct json *body;
    int64_t through;

    text_hex_encode(link, batch->before, HASH_BYTES);
    snprintf(chain, sizeof(chain), WIRE_CHAIN_HEADER ": %s", link);
    snprintf(url, sizeof(url), "%s" WIRE_EVENTS_PATH, sender->url);
    signed_request_make(&signature, &sender->key, "POST", WIRE_EVENTS_PATH, batch->text,
                        batch->length, time_now_s());
    headers[2] = signature.digest;
    headers[3] = signature.input;
    headers[4] = signature.signature;
    if (!http_client_send(client,
                          &(struct http_request){.method = "POST",
                                                 .url = url,
                                                 .headers = headers,
                                                 .body = batch->text,
                                                 .body_length = batch->length},
                          &answer, &error))
    {
        return false;
    }
    assert_int_equal(answer.status, 200);
    body = json_parse(answer.body, answer.body_length, &error);
    assert_true(
        json_get_integer(body, "acked_through", 1, INT64_MAX, &through, &error));
    assert_true(json_get_text(body, "chain", stream_link, sizeof(stream_link), &error));
    assert_true(text_hex_decode(bytes, sizeof(bytes), stream_link));
    assert_true(outbox_acknowledge(sender->outbox, batch->stream, through, bytes,
                                   time_now_s(), &error));
    json_destroy(body);
    http_answer_finish(&answer);
    return true;
}

static void
append_events(struct outbox *outbox)
{
    struct usage_event event = {.kind = USAGE_STEP,
                                .step = USAGE_STARTED,
                                .channel = CHANNEL_PERSON,
                                .product = "paspoort"};
    struct error error = {0};

    event.time = time_now_s();
    for (int i = 0; i < EVENTS_A_BATCH; i++) {
        assert_true(outbox_append(outbox, &event, &error));
    }
}

/* Makes and sends until nobody answers. */
static void *
send_until_killed(void *data)
{
    struct sender *sender = data;
    struct http_client *client = http_client_create();
    bool answered = true;

    while (answered) {
        struct outbox_batch batch;
        struct error error = {0};

        append_events(sender->outbox);
        assert_true(outbox_next_batch(sender->outbox, 0, &batch, &error));
        answered = send_one(sender, client, &batch);
        outbox_batch_finish(&batch);
        pthread_mutex_lock(&sender->lock);
        sender->answers += answered;
        sender->ended = !answered;
        pthread_cond_signal(&sender->told);
        pthread_mutex_unlock(&sender->lock);
    }
    http_client_destroy(client);
    return NULL;
}

/* One life of the back office: killed while the batch after the `answers`th is sent. */
static void
live_and_be_killed(struct sender *sender, int answers)
{
    struct program program;
    pthread_t thread;

    program_start(&program);
    program_wait(&program);
    sender->url = program.url;
    sender->answers = 0;
    sender->ended = false;
    assert_int_equal(pthread_create(&thread, NULL, send_until_killed, sender), 0);
    pthread_mutex_lock(&sender->lock);
    while (sender->answers < answers && !sender->ended) {
        pthread_cond_wait(&sender->told, &sender->lock);
    }
    pthread_mutex_unlock(&sender->lock);
    kill(program.pid, SIGKILL);
    pthread_join(thread, NULL);
    assert_int_equal(program_finish(&program), 1000 + SIGKILL);
}

static int64_t
number(const char *sql)
{
    char command[400], text[64] = "";
    FILE *pipe;

    snprintf(command, sizeof(command), "sqlite3 '%s' \"%s\"", database, sql);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_true(fgets(text, sizeof(text), pipe) != NULL);
    assert_int_equal(pclose(pipe), 0);
    return strtoll(text, NULL, 10);
}

static void
claim_kiosk(const struct sign_key *key)
{
    struct fleet_kiosk kiosk = {.name = "linde-01", .location = "linde"};
    struct error error = {0};
    struct store *store = store_open(database, NULL, &error);

    assert_non_null(store);
    memcpy(kiosk.public_key, key->public_key, sizeof(kiosk.public_key));
    assert_true(fleet_claim(store, "", &kiosk, &error));
    store_close(store);
}

static void
test_killed_at_any_moment_it_counts_everything_once(void **state)
{
    struct sender sender = {.lock = PTHREAD_MUTEX_INITIALIZER,
                            .told = PTHREAD_COND_INITIALIZER};
    char path[100];
    const struct outbox_options options = {path, "linde-01", 64 << 20};
    struct outbox_state left;
    struct error error = {0};
    struct program program;
    struct http_client *client;
    int64_t made = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/outbox.db", folder);
    sign_key_generate(&sender.key);
    claim_kiosk(&sender.key);
    sender.outbox = outbox_open(&options, &error);
    assert_non_null(sender.outbox);
    for (int i = 0; i < KILLS; i++) {
        live_and_be_killed(&sender, i % 7);
        made += (sender.answers + sender.ended) * EVENTS_A_BATCH;
        /* Mark and counts changed together, and nothing acknowledged is missing. */
        assert_true(outbox_state(sender.outbox, &left, &error));
        assert_int_equal(number("SELECT coalesce(sum(mark), 0) FROM stream"),
                         number("SELECT coalesce(sum(count), 0) FROM count_step"));
        assert_true(number("SELECT coalesce(sum(mark), 0) FROM stream") >=
                    made - left.waiting);
    }
    program_start(&program);
    program_wait(&program);
    sender.url = program.url;
    client = http_client_create();
    for (left.waiting = 1; left.waiting > 0;) {
        struct outbox_batch batch;

        assert_true(outbox_next_batch(sender.outbox, 0, &batch, &error));
        assert_true(batch.text == NULL || send_one(&sender, client, &batch));
        outbox_batch_finish(&batch);
        assert_true(outbox_state(sender.outbox, &left, &error));
    }
    http_client_destroy(client);
    kill(program.pid, SIGTERM);
    assert_int_equal(program_finish(&program), 0);
    assert_int_equal(number("SELECT sum(count) FROM count_step"), made);
    print_message("%d kills, %d events\n", KILLS, (int)made);
    outbox_close(sender.outbox);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_it_stops_cleanly_when_it_is_asked_to),
        TEST(test_settings_that_mean_nothing_are_told_and_nothing_starts),
        TEST(test_killed_at_any_moment_it_counts_everything_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
