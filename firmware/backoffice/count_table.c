#include "backoffice/count_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#define HOUR_S 3600
#define LINES_FIRST 1024
/* 100 MB of lines: some years of a small fleet; more is asked for in periods. */
#define LINES_MAX (256 * 1024)

/* --- putting together ----------------------------------------------------------- */

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare(const void *left, const void *right)
{
    const struct count_line *a = left, *b = right;
    const char *const texts[][2] = {{a->row.kiosk, b->row.kiosk},
                                    {a->row.location, b->row.location},
                                    {a->row.product_uri, b->row.product_uri},
                                    {a->row.product, b->row.product},
                                    {a->row.channel, b->row.channel},
                                    {a->row.step, b->row.step}};
    int order = compare_numbers(a->day, b->day);

    if (order == 0) {
        order = compare_numbers(a->hour, b->hour);
    }
    for (size_t i = 0; order == 0 && i < sizeof(texts) / sizeof(texts[0]); i++) {
        order = strcmp(texts[i][0], texts[i][1]);
    }
    return order;
}

static void
sort_and_sum(struct count_list *list)
{
    size_t kept = 0;

    if (list->count == 0) {
        return;
    }
    qsort(list->lines, list->count, sizeof(*list->lines), compare);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && compare(&list->lines[kept - 1], &list->lines[i]) == 0) {
            list->lines[kept - 1].row.count += list->lines[i].row.count;
        } else {
            list->lines[kept++] = list->lines[i];
        }
    }
    list->count = kept;
}

/* Room for one more; summing first, which in the published views is mostly enough. */
static bool
make_room(struct count_list *list)
{
    if (list->count < list->capacity) {
        return true;
    }
    sort_and_sum(list);
    if (list->count > list->capacity / 2 || list->capacity == 0) {
        if (list->capacity >= LINES_MAX) {
            list->full = true;
            return false;
        }
        list->capacity = list->capacity == 0 ? LINES_FIRST : 2 * list->capacity;
        list->lines = memory_resize(list->lines, list->capacity, sizeof(*list->lines));
    }
    return true;
}

/* The hour at which the month or week began that it is now. */
static int64_t
period_begin(enum count_view view, const struct zone *zone, int64_t now_s)
{
    struct civil begin = {.date = zone_civil(zone, now_s).date};

    if (view == VIEW_EXACT) {
        return INT64_MAX;
    }
    if (view == VIEW_MONTH) {
        begin.date.day = 1;
    } else {
        begin.date = date_add(begin.date, -date_weekday(begin.date));
    }
    return zone_instant(zone, begin) / HOUR_S;
}

struct count_list
count_list_begin(enum count_view view, const struct zone *zone, int64_t now_s)
{
    return (struct count_list){
        .view = view, .zone = zone, .before = period_begin(view, zone, now_s)};
}

/* False: the row is not of this table. */
static bool
make_line(const struct count_list *list, const struct count_row *row,
          struct count_line *line)
{
    struct civil civil = zone_civil(list->zone, row->hour * HOUR_S);
    bool visit = row->product[0] == '\0';

    *line = (struct count_line){
        .day = date_to_days(civil.date), .hour = civil.hour, .row = *row};
    switch (list->view) {
    case VIEW_MONTH:
        civil.date.day = 1;
        line->day = date_to_days(civil.date);
        line->hour = -1;
        line->row.kiosk[0] = '\0';
        line->row.location[0] = '\0';
        return !visit;
    case VIEW_WEEK:
        line->day -= date_weekday(civil.date);
        line->row.kiosk[0] = '\0';
        line->row.channel[0] = '\0';
        return visit;
    case VIEW_EXACT:
    default:
        return true;
    }
}

bool
count_list_take(void *data, const struct count_row *row)
{
    struct count_list *list = data;
    struct count_line line;

    if (row->hour >= list->before || !make_line(list, row, &line)) {
        return true;
    }
    if (!make_room(list)) {
        return false;
    }
    list->lines[list->count++] = line;
    return true;
}

void
count_list_finish(struct count_list *list)
{
    size_t kept = 0;

    sort_and_sum(list);
    if (list->view == VIEW_EXACT) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        int64_t *count = &list->lines[i].row.count;

        *count = (*count + COUNT_ROUNDED_TO / 2) / COUNT_ROUNDED_TO * COUNT_ROUNDED_TO;
        /* A line with 0 would say that there was somebody. */
        if (*count > 0) {
            list->lines[kept++] = list->lines[i];
        }
    }
    list->count = kept;
}

void
count_list_destroy(struct count_list *list)
{
    free(list->lines);
    list->lines = NULL;
}

/* --- writing -------------------------------------------------------------------- */

/* RFC 4180. A text that a spreadsheet would run as a formula is made harmless. */
static void
csv_field(FILE *file, const char *text)
{
    bool formula = text[0] != '\0' && strchr("=+-@", text[0]) != NULL;

    if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
        fprintf(file, "%s,", text);
        return;
    }
    fprintf(file, "\"%s", formula ? "'" : "");
    for (; *text != '\0'; text++) {
        fprintf(file, *text == '"' ? "\"\"" : "%c", *text);
    }
    fputs("\",", file);
}

static void
csv_line(FILE *file, const struct count_line *line)
{
    char date[TIME_TEXT_BYTES];

    date_format(date_from_days(line->day), date);
    fprintf(file, "%s,", date);
    if (line->hour >= 0) {
        fprintf(file, "%d", line->hour);
    }
    fputc(',', file);
    csv_field(file, line->row.kiosk);
    csv_field(file, line->row.location);
    csv_field(file, line->row.product_uri);
    csv_field(file, line->row.product);
    csv_field(file, line->row.channel);
    csv_field(file, line->row.step);
    fprintf(file, "%" PRId64 "\n", line->row.count);
}

char *
count_lists_csv(const struct count_list *lists, size_t count)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (file == NULL) {
        abort(); /* only for want of memory */
    }
    fputs(COUNT_CSV_HEADER, file);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < lists[i].count; j++) {
            csv_line(file, &lists[i].lines[j]);
        }
    }
    fclose(file);
    return text;
}

static void
json_text_if_any(struct json_writer *writer, const char *name, const char *text)
{
    if (text[0] != '\0') {
        json_write_name(writer, name);
        json_write_text(writer, text);
    }
}

static void
json_line_of(struct json_writer *writer, const struct count_line *line)
{
    char date[TIME_TEXT_BYTES];

    date_format(date_from_days(line->day), date);
    json_write_object(writer);
    json_text_if_any(writer, "date", date);
    if (line->hour >= 0) {
        json_write_name(writer, "hour");
        json_write_integer(writer, line->hour);
    }
    json_text_if_any(writer, "kiosk", line->row.kiosk);
    json_text_if_any(writer, "location", line->row.location);
    json_text_if_any(writer, "product_uri", line->row.product_uri);
    json_text_if_any(writer, "product", line->row.product);
    json_text_if_any(writer, "channel", line->row.channel);
    json_text_if_any(writer, "step", line->row.step);
    json_write_name(writer, "count");
    json_write_integer(writer, line->row.count);
    json_write_end(writer);
}

static void
json_list(struct json_writer *writer, const struct count_list *list)
{
    static const char *const names[] = {
        [VIEW_EXACT] = "hour", [VIEW_MONTH] = "month", [VIEW_WEEK] = "week"};
    int64_t total = 0; /* of the numbers as shown: nothing is had by subtracting */

    json_write_object(writer);
    json_write_name(writer, "table");
    json_write_text(writer, names[list->view]);
    json_write_name(writer, "rows");
    json_write_array(writer);
    for (size_t i = 0; i < list->count; i++) {
        json_line_of(writer, &list->lines[i]);
        total += list->lines[i].row.count;
    }
    json_write_end(writer);
    json_write_name(writer, "total");
    json_write_integer(writer, total);
    json_write_end(writer);
}

char *
count_lists_json(const struct count_list *lists, size_t count)
{
    struct json_writer *writer = json_writer_create();
    size_t length;
    char *text;

    json_write_object(writer);
    json_write_name(writer, "rounded_to");
    json_write_integer(writer, lists[0].view == VIEW_EXACT ? 1 : COUNT_ROUNDED_TO);
    json_write_name(writer, "tables");
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_list(writer, &lists[i]);
    }
    json_write_end(writer);
    json_write_end(writer);
    text = memory_copy_text(json_writer_text(writer, &length));
    json_writer_destroy(writer);
    return text;
}
