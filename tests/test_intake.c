#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "support/office.h"
#include "usage/wire.h"

static struct test_office office;
static struct sign_key key;

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_claim(&office, "linde-01", &key);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

/* --- a kiosk ------------------------------------------------------------------- */

static struct outbox *
open_outbox(const char *name, const char *kiosk)
{
    char path[128];
    struct error error = {0};
    const struct outbox_options options = {path, kiosk, 64 << 20};
    struct outbox *outbox;

    snprintf(path, sizeof(path), "%s/%s", office.folder, name);
    outbox = outbox_open(&options, &error);
    if (outbox == NULL) {
        fail_msg("%s", error.message);
    }
    return outbox;
}

static void
copy_file(const char *from, const char *to)
{
    char source[128], target[128];
    struct error error = {0};
    size_t length;
    char *data;

    snprintf(source, sizeof(source), "%s/%s", office.folder, from);
    snprintf(target, sizeof(target), "%s/%s", office.folder, to);
    data = file_read(source, 64 << 20, &length, &error);
    assert_non_null(data);
    assert_true(file_write(target, data, length, 0600, &error));
    free(data);
}

static void
append(struct outbox *outbox, int count)
{
    struct usage_event event = {.kind = USAGE_STEP,
                                .time = TEST_NOW,
                                .step = USAGE_STARTED,
                                .product = "paspoort",
                                .channel = CHANNEL_APPOINTMENT};
    struct error error = {0};

    for (int i = 0; i < count; i++) {
        if (!outbox_append(outbox, &event, &error)) {
            fail_msg("%s", error.message);
        }
    }
}

static struct outbox_batch
next_batch(struct outbox *outbox)
{
    struct outbox_batch batch;
    struct error error = {0};

    if (!outbox_next_batch(outbox, 0, &batch, &error)) {
        fail_msg("%s", error.message);
    }
    return batch;
}

static int64_t
answer_number(const struct http_answer *answer, const char *name)
{
    struct error error = {0};
    struct json *body = json_parse(answer->body, answer->body_length, &error);
    const struct json *member = json_member(body, name);
    int64_t number = member == NULL ? -1 : json_integer(member);

    json_destroy(body);
    return number;
}

static int
send_batch(const struct outbox_batch *batch, struct http_answer *answer)
{
    return test_office_send(&office, &key, batch, answer);
}

/* As the uploader does: acknowledges what the answer says, by its own chain. */
static void
acknowledge(struct outbox *outbox, const struct http_answer *answer)
{
    char stream_text[33], link_text[65];
    uint8_t stream[USAGE_STREAM_BYTES], link[HASH_BYTES];
    struct error error = {0};
    struct json *body = json_parse(answer->body, answer->body_length, &error);

    assert_non_null(body);
    assert_true(
        json_get_text(body, "stream", stream_text, sizeof(stream_text), &error));
    assert_true(json_get_text(body, "chain", link_text, sizeof(link_text), &error));
    assert_true(text_hex_decode(stream, sizeof(stream), stream_text));
    assert_true(text_hex_decode(link, sizeof(link), link_text));
    if (!outbox_acknowledge(outbox, stream, answer_number(answer, "acked_through"),
                            link, TEST_NOW, &error))
    {
        fail_msg("%s", error.message);
    }
    json_destroy(body);
}

/* Sends all that waits; every answer must be `wanted`. Returns how many were sent. */
static int
send_all(struct outbox *outbox)
{
    int sent = 0;

    while (true) {
        struct outbox_batch batch = next_batch(outbox);
        struct http_answer answer;
        bool more = batch.text != NULL;

        if (more) {
            assert_int_equal(send_batch(&batch, &answer), 200);
            acknowledge(outbox, &answer);
            http_answer_finish(&answer);
            sent++;
        }
        outbox_batch_finish(&batch);
        if (!more) {
            return sent;
        }
    }
}

static int64_t
counted(void)
{
    return test_office_number(&office, "SELECT sum(count) FROM count_step");
}

/* --- counted once --------------------------------------------------------------- */

static void
test_events_are_counted_and_acknowledged_with_the_kiosks_own_chain(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");

    (void)state;
    append(outbox, 1203);
    assert_int_equal(send_all(outbox), 3);
    assert_int_equal(counted(), 1203);
    assert_int_equal(
        test_office_number(&office,
                           "SELECT count FROM count_step WHERE kiosk = 'linde-01'"
                           " AND location = 'linde' AND product = 'paspoort'"
                           " AND channel = 'appointment' AND step = 'started'"),
        1203);
    outbox_close(outbox);
}

static void
test_a_batch_sent_again_is_counted_once_and_gets_the_same_answer(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    struct http_answer first, again;
    char *before, *after;

    (void)state;
    append(outbox, 7);
    batch = next_batch(outbox);
    assert_int_equal(send_batch(&batch, &first), 200);
    before = test_office_dump(&office);
    assert_int_equal(send_batch(&batch, &again), 200);
    after = test_office_dump(&office);
    assert_string_equal(first.body, again.body);
    assert_string_equal(before, after);
    assert_int_equal(counted(), 7);
    free(before);
    free(after);
    http_answer_finish(&first);
    http_answer_finish(&again);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_of_a_batch_that_overlaps_only_the_new_events_count(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    struct http_answer answer;

    (void)state;
    append(outbox, 5);
    batch = next_batch(outbox);
    assert_int_equal(send_batch(&batch, &answer), 200); /* the answer gets lost */
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    append(outbox, 4);
    batch = next_batch(outbox);
    assert_int_equal(batch.first, 1);
    assert_int_equal(batch.last, 9);
    assert_int_equal(send_batch(&batch, &answer), 200);
    assert_int_equal(answer_number(&answer, "acked_through"), 9);
    acknowledge(outbox, &answer);
    assert_int_equal(counted(), 9);
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

struct sender {
    struct outbox_batch batch;
    int status;
};

static void *
send_in_thread(void *data)
{
    struct sender *sender = data;
    struct http_answer answer;

    sender->status = send_batch(&sender->batch, &answer);
    http_answer_finish(&answer);
    return NULL;
}

static void
test_the_same_batch_sent_twelve_times_at_once_is_counted_once(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct sender senders[12];
    pthread_t threads[12];

    (void)state;
    append(outbox, 50);
    for (size_t i = 0; i < 12; i++) {
        senders[i].batch = next_batch(outbox);
        assert_int_equal(pthread_create(&threads[i], NULL, send_in_thread, &senders[i]),
                         0);
    }
    for (size_t i = 0; i < 12; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(senders[i].status, 200);
        outbox_batch_finish(&senders[i].batch);
    }
    assert_int_equal(counted(), 50);
    outbox_close(outbox);
}

/* --- gaps and conflicts ----------------------------------------------------------- */

static void
test_a_gap_is_asked_for_and_nothing_counted(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    struct http_answer answer;

    (void)state;
    append(outbox, 3);
    batch = next_batch(outbox);
    assert_int_equal(send_batch(&batch, &answer), 200);
    acknowledge(outbox, &answer);
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    /* The back office forgets: it is a new one. */
    test_office_down(&office);
    remove(office.database);
    test_office_up(&office);
    sign_key_generate(&key);
    test_office_claim(&office, "linde-01", &key);
    append(outbox, 2);
    batch = next_batch(outbox);
    assert_int_equal(batch.first, 4);
    assert_int_equal(send_batch(&batch, &answer), 409);
    assert_int_equal(answer_number(&answer, "expected"), 1);
    assert_int_equal(counted(), 0);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM stream"), 0);
    http_answer_finish(&answer);
    /* What nobody has any more is said by the kiosk, and kept as a gap. */
    batch.resume = true;
    assert_int_equal(send_batch(&batch, &answer), 200);
    assert_int_equal(counted(), 2);
    assert_int_equal(test_office_number(&office, "SELECT last FROM stream_gap"
                                                 " WHERE first = 1"),
                     3);
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_a_back_office_restored_from_a_copy_catches_up_exactly(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    struct http_answer answer;
    struct error error = {0};

    (void)state;
    append(outbox, 600);
    send_all(outbox);
    test_office_down(&office);
    copy_file("office.db", "backup.db");
    test_office_up(&office);
    append(outbox, 700);
    send_all(outbox);
    assert_int_equal(counted(), 1300);

    test_office_down(&office);
    copy_file("backup.db", "office.db");
    test_office_up(&office);
    assert_int_equal(counted(), 600);
    append(outbox, 10);
    batch = next_batch(outbox);
    assert_int_equal(send_batch(&batch, &answer), 409);
    assert_int_equal(answer_number(&answer, "expected"), 601);
    assert_true(outbox_rewind(outbox, batch.stream, 601, &error));
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    send_all(outbox);
    assert_int_equal(counted(), 1310);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM stream_gap"), 0);
    outbox_close(outbox);
}

static void
test_the_streams_of_which_less_was_counted_are_named(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    char stream[33], body[300], expected[200];
    struct http_answer answer;
    struct test_request request = {.method = "POST",
                                   .target = WIRE_STREAMS_PATH,
                                   .key = &key,
                                   .headers = {"Content-Type: application/json"},
                                   .body = body};

    (void)state;
    append(outbox, 5);
    batch = next_batch(outbox);
    text_hex_encode(stream, batch.stream, USAGE_STREAM_BYTES);
    outbox_batch_finish(&batch);
    send_all(outbox);
    snprintf(body, sizeof(body),
             "{\"streams\":[{\"stream\":\"%s\",\"through\":5},"
             "{\"stream\":\"00000000000000000000000000000000\",\"through\":3},"
             "{\"stream\":\"%s\",\"through\":8}]}",
             stream, stream);
    snprintf(expected, sizeof(expected),
             "{\"streams\":[{\"stream\":\"00000000000000000000000000000000\","
             "\"expected\":1},{\"stream\":\"%s\",\"expected\":6}]}",
             stream);
    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    assert_string_equal(answer.body, expected);
    http_answer_finish(&answer);
    outbox_close(outbox);
}

static void
test_a_cloned_card_doubles_nothing(void **state)
{
    struct outbox *one = open_outbox("one.db", "linde-01"), *two;
    struct outbox_batch batch;
    struct http_answer answer;
    struct error error = {0};

    (void)state;
    append(one, 4);
    outbox_close(one);
    copy_file("one.db", "two.db");
    one = open_outbox("one.db", "linde-01");
    two = open_outbox("two.db", "linde-01");
    append(one, 3);
    append(two, 5);
    send_all(one);
    send_all(two); /* the four old events again, and five of its own stream */
    assert_int_equal(counted(), 12);

    /* Two copies that go on in one stream: only a chain that is ours is counted. */
    batch = next_batch(one);
    assert_null(batch.text);
    append(one, 1);
    batch = next_batch(one);
    batch.before[0] ^= 1;
    assert_int_equal(send_batch(&batch, &answer), 409);
    assert_non_null(strstr(answer.body, "\"conflict\":true"));
    assert_int_equal(counted(), 12);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM stream_conflict"
                                                 " WHERE kiosk = 'linde-01'"),
                     1);
    http_answer_finish(&answer);
    assert_int_equal(send_batch(&batch, &answer), 409);
    assert_int_equal(
        test_office_number(&office, "SELECT count(*) FROM stream_conflict"), 1);
    http_answer_finish(&answer);
    assert_true(outbox_park(one, batch.stream, &error));
    outbox_batch_finish(&batch);
    append(one, 2);
    send_all(one);
    assert_int_equal(counted(), 14);
    outbox_close(one);
    outbox_close(two);
}

#define REPORT                                                                         \
    "{\"stream\":\"00112233445566778899aabbccddeeff\",\"kiosk\":\"linde-01\","         \
    "\"first\":3,\"last\":4,\"counts\":[{\"type\":\"nl.x\",\"product\":\"paspoort\","  \
    "\"channel\":\"\",\"count\":2}]}"

static void
test_a_report_of_a_conflict_is_kept_once(void **state)
{
    const struct test_request request = {.method = "POST",
                                         .target = WIRE_CONFLICTS_PATH,
                                         .key = &key,
                                         .headers = {"Content-Type: application/json"},
                                         .body = REPORT};

    (void)state;
    assert_int_equal(test_office_status(&office, &request), 204);
    assert_int_equal(test_office_status(&office, &request), 204);
    assert_int_equal(test_office_number(&office,
                                        "SELECT count(*) FROM stream_conflict WHERE"
                                        " first = 3 AND counts LIKE '%paspoort%'"),
                     1);
}

/* --- who may ------------------------------------------------------------------------
 */

static void
test_only_a_claimed_kiosk_with_its_own_events_is_heard(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox *other = open_outbox("other.db", "linde-02");
    struct sign_key stranger, second;
    struct outbox_batch batch, foreign;
    struct http_answer answer;
    char *before, *after;

    (void)state;
    append(outbox, 2);
    append(other, 2);
    batch = next_batch(outbox);
    foreign = next_batch(other);
    sign_key_generate(&stranger);
    test_office_claim(&office, "linde-02", &second);
    before = test_office_dump(&office);
    assert_int_equal(test_office_send(&office, NULL, &batch, &answer), 401);
    http_answer_finish(&answer);
    assert_int_equal(test_office_send(&office, &stranger, &batch, &answer), 403);
    assert_non_null(strstr(answer.body, "claim"));
    http_answer_finish(&answer);
    assert_int_equal(test_office_send(&office, &second, &batch, &answer), 403);
    http_answer_finish(&answer);
    assert_int_equal(test_office_send(&office, &key, &foreign, &answer), 403);
    http_answer_finish(&answer);
    after = test_office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    outbox_batch_finish(&batch);
    outbox_batch_finish(&foreign);
    outbox_close(outbox);
    outbox_close(other);
}

static bool
revoke(struct store_session *session, void *data, struct error *error)
{
    return store_kiosk_revoke(session, data, error);
}

static void
test_a_revoked_kiosk_is_heard_no_more(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    char name[] = "linde-01";
    struct outbox_batch batch;
    struct http_answer answer;
    struct error error = {0};

    (void)state;
    append(outbox, 2);
    batch = next_batch(outbox);
    assert_true(store_write(office.office.store, revoke, name, &error));
    assert_int_equal(send_batch(&batch, &answer), 403);
    assert_non_null(strstr(answer.body, "revoked"));
    assert_int_equal(counted(), 0);
    http_answer_finish(&answer);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_a_signature_from_another_time_is_refused_with_the_servers_time(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    char request[8192], chain[65];
    struct signed_request signature;
    char *answer;

    (void)state;
    append(outbox, 1);
    batch = next_batch(outbox);
    text_hex_encode(chain, batch.before, HASH_BYTES);
    signed_request_make(&signature, &key, "POST", WIRE_EVENTS_PATH, batch.text,
                        batch.length, TEST_NOW - 4000);
    snprintf(request, sizeof(request),
             "POST " WIRE_EVENTS_PATH " HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n"
             "Content-Type: " WIRE_BATCH_CONTENT_TYPE "\r\n" WIRE_CHAIN_HEADER
             ": %s\r\n%s\r\n%s\r\n%s\r\n\r\n%s",
             batch.length, chain, signature.digest, signature.input,
             signature.signature, batch.text);
    answer = test_office_raw(&office, request, strlen(request), LISTEN_ANSWER);
    assert_non_null(strstr(answer, " 401 "));
    assert_non_null(strstr(answer, "\r\nDate: "));
    assert_int_equal(counted(), 0);
    free(answer);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

/* --- bad input changes nothing
 * -------------------------------------------------------- */

static int
post(const char *target, const char *type, const char *chain, const char *body)
{
    const struct test_request request = {.method = "POST",
                                         .target = target,
                                         .key = &key,
                                         .headers = {type, chain},
                                         .body = body};
    struct http_answer answer;
    int status = test_office_ask(&office, &request, &answer);

    if (status >= 400) {
        assert_string_equal(answer.content_type, "application/problem+json");
        assert_non_null(strstr(answer.body, "\"detail\":\""));
    }
    http_answer_finish(&answer);
    return status;
}

#define BATCH_TYPE "Content-Type: application/cloudevents-batch+json"
#define JSON_TYPE "Content-Type: application/json"

/* Good batches, spoilt in one way each. */
static char *
spoil(const struct outbox_batch *batch, const char *what, const char *by)
{
    size_t size = batch->length + 200;
    char *text = memory_allocate(size, 1);
    const char *at = strstr(batch->text, what);

    assert_non_null(at);
    snprintf(text, size, "%.*s%s%s", (int)(at - batch->text), batch->text, by,
             at + strlen(what));
    return text;
}

static void
test_bad_events_change_nothing(void **state)
{
    static const char *const spoils[][2] = {
        {"\"id\":\"2\"", "\"id\":\"3\""},
        {"\"id\":\"1\"", "\"id\":\"0\""},
        {"\"id\":\"1\"", "\"id\":\"99999999999999999999\""},
        {"\"product\":\"paspoort\"", "\"product\":\"\""},
        {"\"product\":\"paspoort\"", "\"product\":\"paspoort\",\"extra\":1"},
        {"\"channel\":\"appointment\"", "\"channel\":\"pigeon\""},
        {"\"channel\":\"appointment\"", "\"channel\":7"},
        {"\"specversion\":\"1.0\"", "\"specversion\":\"2.0\""},
        {"\"time\":\"", "\"time\":\"x"},
        {"linde-01:", "linde-01:0"},
        {"[", ""},
        {"[", "[[],"},
        {"[", "[1,"},
        {"}]", "}"},
        {"}]", "}]]"},
        {"paspoort", "\xff\xfe"},
    };
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    char chain[100], link[65];
    char *before, *after;

    (void)state;
    append(outbox, 3);
    batch = next_batch(outbox);
    text_hex_encode(link, batch.before, HASH_BYTES);
    snprintf(chain, sizeof(chain), WIRE_CHAIN_HEADER ": %s", link);
    before = test_office_dump(&office);
    for (size_t i = 0; i < sizeof(spoils) / sizeof(spoils[0]); i++) {
        char *body = spoil(&batch, spoils[i][0], spoils[i][1]);
        int status = post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, body);

        if (status != 400) {
            fail_msg("%s for %s gave %d", spoils[i][1], spoils[i][0], status);
        }
        free(body);
    }
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, "[]"), 400);
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, "{}"), 400);
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, ""), 400);
    assert_int_equal(post(WIRE_EVENTS_PATH, JSON_TYPE, chain, batch.text), 415);
    assert_int_equal(post(WIRE_EVENTS_PATH, NULL, NULL, batch.text), 415);
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, NULL, batch.text), 400);
    assert_int_equal(
        post(WIRE_EVENTS_PATH, BATCH_TYPE, WIRE_CHAIN_HEADER ": 12", batch.text), 400);
    assert_int_equal(post(WIRE_EVENTS_PATH "?resume=2", BATCH_TYPE, chain, batch.text),
                     400);
    assert_int_equal(post(WIRE_EVENTS_PATH "?resume=x", BATCH_TYPE, chain, batch.text),
                     400);
    after = test_office_dump(&office);
    assert_string_equal(before, after);
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, batch.text), 200);
    free(before);
    free(after);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_more_than_500_events_are_too_many(void **state)
{
    struct outbox *outbox = open_outbox("outbox.db", "linde-01");
    struct outbox_batch batch;
    char chain[100], link[65];
    const char *event;
    char *body;
    size_t used;

    (void)state;
    append(outbox, 1);
    batch = next_batch(outbox);
    text_hex_encode(link, batch.before, HASH_BYTES);
    snprintf(chain, sizeof(chain), WIRE_CHAIN_HEADER ": %s", link);
    event = batch.text + 1;
    body = memory_allocate(501 * (batch.length + 1) + 3, 1);
    used = (size_t)sprintf(body, "[");
    for (int i = 0; i < 501; i++) {
        used += (size_t)sprintf(body + used, "%s%.*s", i == 0 ? "" : ",",
                                (int)(strrchr(event, '}') + 1 - event), event);
    }
    sprintf(body + used, "]");
    assert_int_equal(post(WIRE_EVENTS_PATH, BATCH_TYPE, chain, body), 413);
    assert_int_equal(counted(), 0);
    free(body);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_bad_questions_and_reports_change_nothing(void **state)
{
    static const struct {
        const char *target, *body;
    } cases[] = {
        {WIRE_STREAMS_PATH, ""},
        {WIRE_STREAMS_PATH, "[]"},
        {WIRE_STREAMS_PATH, "{}"},
        {WIRE_STREAMS_PATH, "{\"streams\":{}}"},
        {WIRE_STREAMS_PATH, "{\"streams\":[1]}"},
        {WIRE_STREAMS_PATH, "{\"streams\":[{\"stream\":\"12\",\"through\":1}]}"},
        {WIRE_STREAMS_PATH,
         "{\"streams\":[{\"stream\":\"00112233445566778899aabbccddeeff\","
         "\"through\":-1}]}"},
        {WIRE_CONFLICTS_PATH, ""},
        {WIRE_CONFLICTS_PATH, "{}"},
        {WIRE_CONFLICTS_PATH,
         "{\"stream\":\"00112233445566778899aabbccddeeff\",\"kiosk\":\"linde-01\","
         "\"first\":4,\"last\":3,\"counts\":[]}"},
        {WIRE_CONFLICTS_PATH,
         "{\"stream\":\"00112233445566778899aabbccddeeff\",\"kiosk\":\"linde-01\","
         "\"first\":3,\"last\":3,\"counts\":[{\"type\":\"x\"}]}"},
        {WIRE_CONFLICTS_PATH,
         "{\"stream\":\"zz112233445566778899aabbccddeeff\",\"kiosk\":\"linde-01\","
         "\"first\":3,\"last\":3,\"counts\":[]}"},
    };
    char *before = test_office_dump(&office), *after;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (post(cases[i].target, JSON_TYPE, NULL, cases[i].body) != 400) {
            fail_msg("%s", cases[i].body);
        }
    }
    after = test_office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_events_are_counted_and_acknowledged_with_the_kiosks_own_chain),
        TEST(test_a_batch_sent_again_is_counted_once_and_gets_the_same_answer),
        TEST(test_of_a_batch_that_overlaps_only_the_new_events_count),
        TEST(test_the_same_batch_sent_twelve_times_at_once_is_counted_once),
        TEST(test_a_gap_is_asked_for_and_nothing_counted),
        TEST(test_a_back_office_restored_from_a_copy_catches_up_exactly),
        TEST(test_the_streams_of_which_less_was_counted_are_named),
        TEST(test_a_cloned_card_doubles_nothing),
        TEST(test_a_report_of_a_conflict_is_kept_once),
        TEST(test_only_a_claimed_kiosk_with_its_own_events_is_heard),
        TEST(test_a_revoked_kiosk_is_heard_no_more),
        TEST(test_a_signature_from_another_time_is_refused_with_the_servers_time),
        TEST(test_bad_events_change_nothing),
        TEST(test_more_than_500_events_are_too_many),
        TEST(test_bad_questions_and_reports_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
