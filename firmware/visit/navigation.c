#include "navigation.h"

#include <assert.h>
#include <string.h>

#include "keyboard.h"

struct frame *
navigation_top(struct session *session)
{
    assert(session->depth > 0);
    return &session->frames[session->depth - 1];
}

void
navigation_push(struct session *session, enum screen_id screen)
{
    if (session->depth == SESSION_DEPTH_MAX) {
        memmove(&session->frames[1], &session->frames[2],
                (SESSION_DEPTH_MAX - 2) * sizeof(session->frames[0]));
        session->depth--;
    }
    session->frames[session->depth++] = (struct frame){
        .screen = screen,
        .product = session->product,
        .partner = session->partner,
        .answer_count = session->answer_count,
    };
    keyboard_begin(&session->typed);
}

static void
restore(struct session *session)
{
    const struct frame *frame = navigation_top(session);

    if (frame->product != session->product) {
        session->known = (struct known){0}; /* was of another product */
        session->steps = 0;
        session->persons = 0;
        session->location = NULL;
        session->date = (struct date){0};
        session->start = 0;
    }
    session->product = frame->product;
    session->partner = frame->partner;
    session->answer_count = frame->answer_count;
    keyboard_begin(&session->typed);
}

bool
navigation_pop(struct session *session)
{
    if (session->depth < 2) {
        return false;
    }
    session->depth--;
    restore(session);
    return true;
}

void
navigation_pop_to(struct session *session, enum screen_id screen)
{
    for (size_t depth = session->depth; depth > 0; depth--) {
        if (session->frames[depth - 1].screen == screen) {
            session->depth = depth;
            restore(session);
            return;
        }
    }
    navigation_push(session, screen);
}

void
navigation_reset(struct session *session, enum screen_id screen)
{
    session->depth = 0;
    navigation_push(session, screen);
}
