#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "support/usage_stream.h"
#include "usage/outbox.h"

#define NOW 1795340000
#define DAY_S (24 * 3600)
#define QUOTA (64 << 20)

static char folder[64];
static char path[80];

static int
make_folder(void **state)
{
    (void)state;
    test_folder_make(folder);
    snprintf(path, sizeof(path), "%s/outbox.db", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    test_folder_remove(folder);
    return 0;
}

/* --- what a kiosk does --------------------------------------------------------- */

static struct outbox *
open_at(const char *where, const char *kiosk)
{
    struct outbox_options options = {where, kiosk, QUOTA};
    struct error error = {0};
    struct outbox *outbox = outbox_open(&options, &error);

    if (outbox == NULL) {
        fail_msg("%s", error.message);
    }
    return outbox;
}

static struct outbox *
open_outbox(void)
{
    return open_at(path, "balie-1");
}

static void
append_event(struct outbox *outbox, const struct usage_event *event)
{
    struct error error = {0};

    if (!outbox_append(outbox, event, &error)) {
        fail_msg("%s", error.message);
    }
}

static void
append_step(struct outbox *outbox, const char *product)
{
    struct usage_event event = {.kind = USAGE_STEP, .time = NOW};

    text_copy(event.product, sizeof(event.product), product);
    append_event(outbox, &event);
}

static void
append_steps(struct outbox *outbox, int count)
{
    for (int i = 0; i < count; i++) {
        append_step(outbox, "paspoort");
    }
}

static void
begin_visit(struct outbox *outbox, int64_t time)
{
    append_event(outbox,
                 &(struct usage_event){.kind = USAGE_VISIT_BEGUN, .time = time});
}

static void
end_visit(struct outbox *outbox)
{
    append_event(outbox, &(struct usage_event){.kind = USAGE_VISIT_ENDED,
                                               .time = NOW,
                                               .outcome = USAGE_OUTCOME_STOPPED});
}

/* --- what the uploader does ---------------------------------------------------- */

static bool
next_batch(struct outbox *outbox, struct outbox_batch *batch,
           struct usage_batch_read *read)
{
    struct error error = {0};

    if (!outbox_next_batch(outbox, 0, batch, &error)) {
        fail_msg("%s", error.message);
    }
    if (batch->text == NULL) {
        return false;
    }
    usage_batch_read(batch, read);
    return true;
}

static void
acknowledge(struct outbox *outbox, const struct outbox_batch *batch,
            const struct usage_batch_read *read, int64_t now_s)
{
    struct error error = {0};

    if (!outbox_acknowledge(outbox, batch->stream, batch->last, read->link, now_s,
                            &error)) {
        fail_msg("%s", error.message);
    }
}

/* Sends everything; returns how many events. The last batch is left in `batch`. */
static size_t
send_all(struct outbox *outbox, int64_t now_s, struct outbox_batch *last)
{
    static struct usage_batch_read read;
    struct outbox_batch batch;
    size_t count = 0;

    while (next_batch(outbox, &batch, &read)) {
        count += read.count;
        acknowledge(outbox, &batch, &read, now_s);
        if (last != NULL) {
            *last = batch;
            last->text = NULL;
        }
        outbox_batch_finish(&batch);
    }
    return count;
}

static struct outbox_state
state_of(struct outbox *outbox)
{
    struct outbox_state state;
    struct error error = {0};

    if (!outbox_state(outbox, &state, &error)) {
        fail_msg("%s", error.message);
    }
    return state;
}

/* --- streams -------------------------------------------------------------------- */

static void
test_events_come_out_as_they_went_in(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch;
    uint8_t link[HASH_BYTES];

    (void)state;
    begin_visit(outbox, NOW);
    append_step(outbox, "paspoort");
    end_visit(outbox);
    assert_int_equal(state_of(outbox).waiting, 3);
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(read.count, 3);
    assert_int_equal(batch.first, 1);
    assert_false(batch.resume);
    hash_bytes(batch.stream, sizeof(batch.stream), link);
    assert_memory_equal(batch.before, link, HASH_BYTES);
    assert_string_equal(batch.kiosk, "balie-1");
    assert_int_equal(read.events[0].kind, USAGE_VISIT_BEGUN);
    assert_string_equal(read.events[1].product, "paspoort");
    assert_int_equal(read.events[2].outcome, USAGE_OUTCOME_STOPPED);
    acknowledge(outbox, &batch, &read, NOW);
    outbox_batch_finish(&batch);
    assert_false(next_batch(outbox, &batch, &read));
    assert_int_equal(state_of(outbox).waiting, 0);
    outbox_close(outbox);
}

static void
test_a_receipt_is_kept_with_its_event_until_it_is_forgotten(void **state)
{
    struct usage_event event = {.kind = USAGE_STEP, .time = NOW, .product = "paspoort"};
    struct outbox *outbox = open_outbox();
    struct error error;
    bool has;

    (void)state;
    assert_true(outbox_append_with_receipt(outbox, &event, "0123", &error));
    outbox_close(outbox);
    outbox = open_outbox();
    assert_int_equal(state_of(outbox).waiting, 1);
    assert_true(outbox_has_receipt(outbox, "0123", &has, &error));
    assert_true(has);
    assert_true(outbox_has_receipt(outbox, "4567", &has, &error));
    assert_false(has);
    assert_true(outbox_forget_receipts(outbox, &error));
    assert_true(outbox_has_receipt(outbox, "0123", &has, &error));
    assert_false(has);
    outbox_close(outbox);
}

static void
test_every_opening_begins_a_stream_and_older_ones_are_sent_first(void **state)
{
    static struct usage_batch_read read;
    struct outbox_batch first, second;
    struct outbox *outbox = open_outbox();

    (void)state;
    append_step(outbox, "first");
    outbox_close(outbox);
    outbox = open_at(path, "renamed");
    append_step(outbox, "second");
    assert_true(next_batch(outbox, &first, &read));
    assert_string_equal(read.events[0].product, "first");
    assert_string_equal(first.kiosk, "balie-1");
    assert_int_equal(read.count, 1);
    acknowledge(outbox, &first, &read, NOW);
    assert_true(next_batch(outbox, &second, &read));
    assert_string_equal(read.events[0].product, "second");
    assert_string_equal(second.kiosk, "renamed");
    assert_int_equal(second.first, 1);
    assert_memory_not_equal(first.stream, second.stream, sizeof(first.stream));
    outbox_batch_finish(&first);
    outbox_batch_finish(&second);
    outbox_close(outbox);
}

static void
test_a_long_queue_comes_in_batches_whose_chains_join(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch;
    uint8_t link[HASH_BYTES];

    (void)state;
    append_steps(outbox, OUTBOX_BATCH_MAX + 2);
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(read.count, OUTBOX_BATCH_MAX);
    memcpy(link, read.link, sizeof(link));
    acknowledge(outbox, &batch, &read, NOW);
    outbox_batch_finish(&batch);
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(read.count, 2);
    assert_memory_equal(batch.before, link, sizeof(link));
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_a_visit_that_was_cut_off_is_closed_in_its_own_stream(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch;

    (void)state;
    begin_visit(outbox, NOW - 5000);
    append_step(outbox, "paspoort");
    outbox_close(outbox); /* as a power cut does: the visit has not ended */
    outbox = open_outbox();
    append_step(outbox, "later");
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(read.count, 3);
    assert_int_equal(read.events[2].kind, USAGE_VISIT_ENDED);
    assert_int_equal(read.events[2].outcome, USAGE_OUTCOME_INTERRUPTED);
    assert_int_equal(read.events[2].time, NOW - 5000);
    outbox_batch_finish(&batch);
    outbox_close(outbox);

    outbox = open_outbox(); /* closed once, not again */
    assert_int_equal(state_of(outbox).waiting, 4);
    outbox_close(outbox);
}

static void
test_a_visit_that_ended_is_left_as_it_is(void **state)
{
    struct outbox *outbox = open_outbox();

    (void)state;
    begin_visit(outbox, NOW);
    end_visit(outbox);
    outbox_close(outbox);
    outbox = open_outbox();
    assert_int_equal(state_of(outbox).waiting, 2);
    outbox_close(outbox);
}

/* --- marks ---------------------------------------------------------------------- */

static void
test_only_our_own_link_moves_the_mark(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch;
    struct error error = {0};
    uint8_t unknown[USAGE_STREAM_BYTES] = {1};

    (void)state;
    append_steps(outbox, 3);
    assert_true(next_batch(outbox, &batch, &read));
    assert_false(outbox_acknowledge(outbox, batch.stream, 2, read.link, NOW, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(outbox_acknowledge(outbox, batch.stream, 4, read.link, NOW, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(
        outbox_acknowledge(outbox, batch.stream, 0, batch.before, NOW, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(outbox_acknowledge(outbox, unknown, 3, read.link, NOW, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    read.link[31] ^= 1;
    assert_false(outbox_acknowledge(outbox, batch.stream, 3, read.link, NOW, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(state_of(outbox).waiting, 3);
    read.link[31] ^= 1;
    acknowledge(outbox, &batch, &read, NOW);
    acknowledge(outbox, &batch, &read, NOW); /* the answer that came twice */
    assert_int_equal(state_of(outbox).waiting, 0);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_a_part_of_a_batch_can_be_acknowledged(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch two, three;

    (void)state;
    append_steps(outbox, 2);
    assert_true(next_batch(outbox, &two, &read));
    append_steps(outbox, 1);
    assert_true(next_batch(outbox, &three, &read));
    usage_batch_read(&two, &read);
    acknowledge(outbox, &two, &read, NOW);
    outbox_batch_finish(&three);
    assert_true(next_batch(outbox, &three, &read));
    assert_int_equal(three.first, 3);
    assert_memory_equal(three.kiosk, two.kiosk, sizeof(two.kiosk));
    outbox_batch_finish(&two);
    outbox_batch_finish(&three);
    outbox_close(outbox);
}

static void
test_a_restored_back_office_gets_acknowledged_events_again(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch, last;
    struct error error = {0};

    (void)state;
    append_steps(outbox, 5);
    send_all(outbox, NOW, &last);
    append_steps(outbox, 1);
    assert_true(outbox_rewind(outbox, last.stream, 3, &error));
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(batch.first, 3);
    assert_int_equal(batch.last, 6);
    assert_false(batch.resume);
    outbox_batch_finish(&batch);

    assert_false(outbox_rewind(outbox, last.stream, 0, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(outbox_rewind(outbox, last.stream, 3, &error)); /* waits already */
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(send_all(outbox, NOW, NULL), 4);
    outbox_close(outbox);
}

static void
test_what_nobody_has_any_more_is_said_to_be_gone(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch, last;
    struct error error = {0};
    uint8_t link[HASH_BYTES];

    (void)state;
    append_steps(outbox, 3);
    send_all(outbox, NOW, &last);
    append_steps(outbox, 2);
    assert_true(next_batch(outbox, &batch, &read));
    memcpy(link, batch.before, sizeof(link));
    acknowledge(outbox, &batch, &read, NOW + 10 * DAY_S);
    outbox_batch_finish(&batch);
    assert_true(outbox_expire(outbox, NOW + 15 * DAY_S, &error));
    assert_true(outbox_rewind(outbox, last.stream, 1, &error));
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(batch.first, 4);
    assert_true(batch.resume);
    assert_memory_equal(batch.before, link, sizeof(link));
    acknowledge(outbox, &batch, &read, NOW);
    outbox_batch_finish(&batch);
    append_steps(outbox, 1);
    assert_true(next_batch(outbox, &batch, &read));
    assert_false(batch.resume);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
test_acknowledged_events_go_after_fourteen_days_and_no_others(void **state)
{
    struct outbox *outbox = open_outbox();
    struct outbox_mark marks[4];
    struct outbox_batch last;
    struct error error = {0};
    size_t count;

    (void)state;
    append_steps(outbox, 3);
    send_all(outbox, NOW, &last);
    append_steps(outbox, 2);
    assert_true(outbox_expire(outbox, NOW + 14 * DAY_S, &error));
    assert_true(outbox_rewind(outbox, last.stream, 1, &error)); /* all still there */
    assert_int_equal(send_all(outbox, NOW, NULL), 5);
    append_steps(outbox, 2);
    outbox_close(outbox);

    outbox = open_outbox();
    append_steps(outbox, 1);
    assert_true(outbox_expire(outbox, NOW + 100 * DAY_S, &error));
    assert_int_equal(state_of(outbox).waiting, 3);
    assert_int_equal(send_all(outbox, NOW + 100 * DAY_S, NULL), 3);
    assert_true(outbox_marks(outbox, 0, marks, 4, &count, &error));
    assert_int_equal(count, 2);
    assert_true(outbox_expire(outbox, NOW + 115 * DAY_S, &error));
    /* The older stream is forgotten; the newest goes on where it was. */
    assert_true(outbox_marks(outbox, 0, marks, 4, &count, &error));
    assert_int_equal(count, 1);
    append_steps(outbox, 1);
    assert_int_equal(send_all(outbox, NOW + 115 * DAY_S, &last), 1);
    assert_int_equal(last.first, 2);
    outbox_close(outbox);
}

static void
test_marks_are_listed_page_by_page(void **state)
{
    struct outbox_mark marks[2];
    struct error error = {0};
    struct outbox *outbox;
    size_t count;

    (void)state;
    for (int i = 1; i <= 3; i++) {
        outbox = open_outbox();
        append_steps(outbox, i);
        send_all(outbox, NOW, NULL);
        outbox_close(outbox);
    }
    outbox = open_outbox();
    append_steps(outbox, 1); /* nothing acknowledged: no mark */
    assert_true(outbox_marks(outbox, 0, marks, 2, &count, &error));
    assert_int_equal(count, 2);
    assert_int_equal(marks[1].through, 2);
    assert_true(outbox_marks(outbox, marks[1].number, marks, 2, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(marks[0].through, 3);
    outbox_close(outbox);
}

/* --- copies of a card ----------------------------------------------------------- */

static void
copy_file(const char *from, const char *to)
{
    struct error error = {0};
    size_t length;
    char *data = file_read(from, 1 << 24, &length, &error);

    assert_non_null(data);
    assert_true(file_write(to, data, length, 0600, &error));
    free(data);
}

static void
test_two_copies_of_a_card_tell_the_same_old_and_different_new_events(void **state)
{
    static struct usage_batch_read reads[2];
    struct outbox_batch old[2], new[2];
    char copy[96];
    struct outbox *outboxes[2];

    (void)state;
    outboxes[0] = open_outbox();
    begin_visit(outboxes[0], NOW - 60);
    append_steps(outboxes[0], 2);
    outbox_close(outboxes[0]);
    snprintf(copy, sizeof(copy), "%s-copy", path);
    copy_file(path, copy);
    outboxes[0] = open_outbox();
    outboxes[1] = open_at(copy, "balie-1");
    for (int i = 0; i < 2; i++) {
        append_step(outboxes[i], "new");
        assert_true(next_batch(outboxes[i], &old[i], &reads[i]));
        acknowledge(outboxes[i], &old[i], &reads[i], NOW);
    }
    /* The visit that both closed has the same bytes and the same chain. */
    assert_int_equal(reads[0].count, 4);
    assert_string_equal(old[0].text, old[1].text);
    assert_memory_equal(reads[0].link, reads[1].link, HASH_BYTES);
    for (int i = 0; i < 2; i++) {
        assert_true(next_batch(outboxes[i], &new[i], &reads[i]));
    }
    assert_memory_not_equal(new[0].stream, new[1].stream, USAGE_STREAM_BYTES);
    for (int i = 0; i < 2; i++) {
        outbox_batch_finish(&old[i]);
        outbox_batch_finish(&new[i]);
        outbox_close(outboxes[i]);
    }
}

static void
test_a_parked_tail_is_set_aside_and_a_new_stream_begins(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch, parked, last;
    struct error error = {0};

    (void)state;
    append_steps(outbox, 2);
    send_all(outbox, NOW, &last);
    begin_visit(outbox, NOW);
    append_step(outbox, "tail");
    assert_true(outbox_park(outbox, last.stream, &error));
    assert_false(next_batch(outbox, &batch, &read));
    assert_int_equal(state_of(outbox).parked, 2);
    assert_int_equal(state_of(outbox).waiting, 0);
    append_step(outbox, "new");
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(batch.first, 1);
    assert_memory_not_equal(batch.stream, last.stream, USAGE_STREAM_BYTES);
    outbox_batch_finish(&batch);
    assert_false(outbox_rewind(outbox, last.stream, 1, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    outbox_close(outbox);

    outbox = open_outbox(); /* survives a restart; its visit stays as it is */
    assert_true(outbox_next_parked(outbox, 0, &parked, &error));
    usage_batch_read(&parked, &read);
    assert_int_equal(parked.first, 3);
    assert_int_equal(parked.last, 4);
    assert_memory_equal(parked.stream, last.stream, USAGE_STREAM_BYTES);
    outbox_batch_finish(&parked);
    assert_true(outbox_next_parked(outbox, 4, &parked, &error));
    assert_null(parked.text);
    assert_true(outbox_parked_reported(outbox, last.stream, NOW, &error));
    assert_true(outbox_next_parked(outbox, 0, &parked, &error));
    assert_null(parked.text);
    assert_int_equal(state_of(outbox).parked, 2); /* kept for staff */
    assert_true(outbox_expire(outbox, NOW + 15 * DAY_S, &error));
    assert_int_equal(state_of(outbox).parked, 0);
    outbox_close(outbox);
}

static void
test_parking_an_older_stream_leaves_the_newest_alone(void **state)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch old, batch;
    struct error error = {0};
    uint8_t unknown[USAGE_STREAM_BYTES] = {1};

    (void)state;
    append_steps(outbox, 1);
    outbox_close(outbox);
    outbox = open_outbox();
    append_step(outbox, "a");
    assert_true(next_batch(outbox, &old, &read));
    assert_true(outbox_park(outbox, old.stream, &error));
    assert_true(outbox_park(outbox, old.stream, &error)); /* twice is once */
    append_step(outbox, "b");
    assert_true(next_batch(outbox, &batch, &read));
    assert_int_equal(read.count, 2);
    assert_false(outbox_park(outbox, unknown, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    outbox_batch_finish(&old);
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

/* --- trouble -------------------------------------------------------------------- */

static void
test_a_second_opener_is_refused(void **state)
{
    struct outbox_options options = {path, "balie-1", QUOTA};
    struct outbox *outbox = open_outbox();
    struct error error = {0};

    (void)state;
    append_steps(outbox, 1);
    assert_null(outbox_open(&options, &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_non_null(strstr(error.message, path));
    append_steps(outbox, 1); /* and does no harm */
    assert_int_equal(state_of(outbox).waiting, 2);
    outbox_close(outbox);
}

static void
test_a_folder_that_is_not_there_is_an_error(void **state)
{
    struct outbox_options options = {"/nowhere/outbox.db", "balie-1", QUOTA};
    struct error error = {0};

    (void)state;
    assert_null(outbox_open(&options, &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_non_null(strstr(error.message, "outbox /nowhere/outbox.db: open database"));
}

static bool
exists(const char *suffix)
{
    char name[120];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static void
write_at(long offset, const char *text, size_t length)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    fseek(file, offset, SEEK_SET);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

static void
test_a_file_that_is_no_database_is_set_aside(void **state)
{
    struct outbox *outbox;
    struct error error = {0};

    (void)state;
    for (int i = 1; i <= 2; i++) {
        static const char text[] = "this was an outbox once, before the card gave in";

        assert_true(file_write(path, text, sizeof(text), 0600, &error));
        outbox = open_outbox();
        append_steps(outbox, 1);
        assert_int_equal(state_of(outbox).waiting, 1);
        outbox_close(outbox);
    }
    assert_true(exists(".broken-1"));
    assert_true(exists(".broken-2"));
}

static void
test_a_file_of_a_later_version_is_set_aside(void **state)
{
    static const char version[] = {0, 0, 0, 2};
    struct outbox *outbox = open_outbox();

    (void)state;
    append_steps(outbox, 3);
    outbox_close(outbox);
    write_at(60, version, 4); /* user_version in SQLite's header */
    outbox = open_outbox();
    assert_int_equal(state_of(outbox).waiting, 0);
    assert_true(exists(".broken-1"));
    outbox_close(outbox);
}

static void
test_a_file_that_breaks_inside_never_stops_appending(void **state)
{
    char garbage[4096];
    struct stat size;
    struct outbox *outbox = open_outbox();

    (void)state;
    append_steps(outbox, 200);
    outbox_close(outbox);
    assert_int_equal(stat(path, &size), 0);
    memset(garbage, 0x5a, sizeof(garbage));
    for (long page = 1; page < size.st_size / 4096; page++) {
        write_at(page * 4096, garbage, sizeof(garbage));
    }
    outbox = open_outbox();
    append_steps(outbox, 3);
    assert_true(exists(".broken-1"));
    assert_true(send_all(outbox, NOW, NULL) == 3);
    outbox_close(outbox);
}

static void
test_events_of_which_pages_broke_are_set_aside_while_open(void **state)
{
    char garbage[4096];
    struct outbox_batch batch;
    struct outbox *outbox = open_outbox();
    struct error error = {0};
    struct stat size;
    bool good;

    (void)state;
    append_steps(outbox, 2000);
    outbox_close(outbox);
    assert_int_equal(stat(path, &size), 0);
    memset(garbage, 0x5a, sizeof(garbage));
    /* Leaves of the event table, away from the tables that opening reads. */
    for (long page = 20; page < size.st_size / 4096; page++) {
        write_at(page * 4096, garbage, sizeof(garbage));
    }
    outbox = open_outbox();
    good = outbox_next_batch(outbox, 0, &batch, &error);
    outbox_batch_finish(&batch);
    assert_false(good);
    assert_int_equal(error.kind, ERROR_STORAGE);
    append_steps(outbox, 1);
    assert_true(exists(".broken-1"));
    assert_int_equal(send_all(outbox, NOW, NULL), 1);
    outbox_close(outbox);
}

/* A disk that is full: writes past a size fail, as with ENOSPC. */
static void
test_a_full_disk_is_an_error_and_loses_nothing_before_it(void **state)
{
    struct usage_event event = {.kind = USAGE_STEP, .time = NOW, .product = "paspoort"};
    struct outbox *outbox = open_outbox();
    struct rlimit before, small;
    struct error error = {0};
    int64_t kept = 0;

    (void)state;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 200000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    while (outbox_append(outbox, &event, &error) && kept < 5000) {
        kept++;
    }
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_in_range(kept, 1, 4999);
    assert_int_equal(state_of(outbox).waiting, kept);
    append_steps(outbox, 1); /* there is room again */
    outbox_close(outbox);
    outbox = open_outbox();
    assert_false(exists(".broken-1"));
    assert_int_equal(send_all(outbox, NOW, NULL), kept + 1);
    outbox_close(outbox);
}

static void
test_over_its_quota_the_outbox_says_so_and_goes_on(void **state)
{
    struct outbox_options options = {path, "balie-1", 40000};
    struct error error = {0};
    struct outbox *outbox = outbox_open(&options, &error);

    (void)state;
    assert_non_null(outbox);
    assert_false(state_of(outbox).over_quota);
    append_steps(outbox, 300);
    assert_true(state_of(outbox).over_quota);
    assert_true(state_of(outbox).bytes > 40000);
    assert_int_equal(send_all(outbox, NOW, NULL), 300);
    outbox_close(outbox);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_events_come_out_as_they_went_in),
        EACH(test_a_receipt_is_kept_with_its_event_until_it_is_forgotten),
        EACH(test_every_opening_begins_a_stream_and_older_ones_are_sent_first),
        EACH(test_a_long_queue_comes_in_batches_whose_chains_join),
        EACH(test_a_visit_that_was_cut_off_is_closed_in_its_own_stream),
        EACH(test_a_visit_that_ended_is_left_as_it_is),
        EACH(test_only_our_own_link_moves_the_mark),
        EACH(test_a_part_of_a_batch_can_be_acknowledged),
        EACH(test_a_restored_back_office_gets_acknowledged_events_again),
        EACH(test_what_nobody_has_any_more_is_said_to_be_gone),
        EACH(test_acknowledged_events_go_after_fourteen_days_and_no_others),
        EACH(test_marks_are_listed_page_by_page),
        EACH(test_two_copies_of_a_card_tell_the_same_old_and_different_new_events),
        EACH(test_a_parked_tail_is_set_aside_and_a_new_stream_begins),
        EACH(test_parking_an_older_stream_leaves_the_newest_alone),
        EACH(test_a_second_opener_is_refused),
        EACH(test_a_folder_that_is_not_there_is_an_error),
        EACH(test_a_file_that_is_no_database_is_set_aside),
        EACH(test_a_file_of_a_later_version_is_set_aside),
        EACH(test_a_file_that_breaks_inside_never_stops_appending),
        EACH(test_events_of_which_pages_broke_are_set_aside_while_open),
        EACH(test_a_full_disk_is_an_error_and_loses_nothing_before_it),
        EACH(test_over_its_quota_the_outbox_says_so_and_goes_on),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
