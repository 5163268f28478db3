#include "printer_words.h"

const char *
printer_words(const struct view *view)
{
    switch (view->session->printer) {
    case PRINTER_PAPER_OUT:
        return tr(view, "The printer is out of paper.");
    case PRINTER_COVER_OPEN:
        return tr(view, "The printer is open.");
    case PRINTER_ERROR:
        return tr(view, "The printer has a fault.");
    case PRINTER_OK:
    case PRINTER_PAPER_LOW:
    case PRINTER_OFFLINE:
    case PRINTER_ABSENT:
    case PRINTER_STATE_COUNT:
        break;
    }
    return tr(view, "Printing does not work now.");
}

bool
printer_is_troubled(const struct view *view)
{
    const struct session *session = view->session;

    return session->notice == NOTICE_PRINT_FAILED ||
           (session->notice == NOTICE_NONE && session->printer != PRINTER_ABSENT &&
            !printer_state_can_print(session->printer));
}
