#include "device/scanner/scan_line.h"

#include "base/memory.h"
#include "base/text.h"

/* A clock that went back is a pause too. */
static void
begin(struct scan_line *line, int64_t at_ms)
{
    if (line->begun && (at_ms < line->last_ms || at_ms - line->last_ms > SCAN_PAUSE_MS))
    {
        scan_line_forget(line);
    }
    line->begun = true;
    line->last_ms = at_ms;
}

void
scan_line_add(struct scan_line *line, char byte, int64_t at_ms)
{
    begin(line, at_ms);
    if (line->length + 1 < sizeof(line->text)) {
        line->text[line->length++] = byte;
    } else {
        line->spoiled = true;
    }
}

void
scan_line_spoil(struct scan_line *line, int64_t at_ms)
{
    begin(line, at_ms);
    line->spoiled = true;
}

void
scan_line_end(struct scan_line *line, int64_t at_ms, struct scanner_listener listener)
{
    if (line->begun) {
        begin(line, at_ms);
    }
    if (line->length > 0 || line->spoiled) {
        bool good = !line->spoiled;

        for (size_t i = 0; i < line->length; i++) {
            good = good && line->text[i] != '\0';
        }
        line->text[line->length] = '\0';
        listener.scanned(listener.data,
                         good && text_is_clean(line->text) ? line->text : "");
    }
    scan_line_forget(line);
}

void
scan_line_forget(struct scan_line *line)
{
    memory_wipe(line, sizeof(*line));
}
