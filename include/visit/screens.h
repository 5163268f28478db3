#pragma once

/*
 * Every screen there is: one line here and one file firmware/visit/screens/NAME.c,
 * with NAME_describe() and NAME_act().
 */

#define SCREENS(SCREEN)                                                                \
    SCREEN(ATTRACT, attract, "attract")                                                \
    SCREEN(HOME, home, "home")                                                         \
    SCREEN(SEARCH, search, "search")                                                   \
    SCREEN(PRODUCTS, products, "products")                                             \
    SCREEN(INFO, info, "info")                                                         \
    SCREEN(MORE, more, "more")                                                         \
    SCREEN(QUESTION, question, "question")                                             \
    SCREEN(CHANNEL, channel, "channel")                                                \
    SCREEN(HAND_OVER, hand_over, "hand-over")                                          \
    SCREEN(PARTNER, partner, "partner")                                                \
    SCREEN(PERSON, person, "person")                                                   \
    SCREEN(STAFF_CALLED, staff_called, "staff-called")                                 \
    SCREEN(CHAT, chat, "chat")                                                         \
    SCREEN(SLIP, slip, "slip")                                                         \
    SCREEN(CALL_BACK, call_back, "call-back")                                          \
    SCREEN(CALL_BACK_SENT, call_back_sent, "call-back-sent")                           \
    SCREEN(PERSONS, persons, "persons")                                                \
    SCREEN(LOCATIONS, locations, "locations")                                          \
    SCREEN(DAY, day, "day")                                                            \
    SCREEN(TIME, time, "time")                                                         \
    SCREEN(NUMBER, number, "number")                                                   \
    SCREEN(NO_NUMBER, no_number, "no-number")                                          \
    SCREEN(CONTACT, contact, "contact")                                                \
    SCREEN(CONFIRM, confirm, "confirm")                                                \
    SCREEN(DONE, done, "done")                                                         \
    SCREEN(CHECK_IN, check_in, "check-in")                                             \
    SCREEN(CODE, code, "code")                                                         \
    SCREEN(MANAGE, manage, "manage")                                                   \
    SCREEN(BRING, bring, "bring")                                                      \
    SCREEN(MOVE, move, "move")                                                         \
    SCREEN(CHECKED_IN, checked_in, "checked-in")                                       \
    SCREEN(CANCELLED, cancelled, "cancelled")                                          \
    SCREEN(FEEDBACK, feedback, "feedback")                                             \
    SCREEN(TROUBLE, trouble, "trouble")                                                \
    SCREEN(UNCERTAIN, uncertain, "uncertain")                                          \
    SCREEN(CLOSED, closed, "closed")                                                   \
    SCREEN(WEBSITE, website, "website")                                                \
    SCREEN(PLACES, places, "places")                                                   \
    SCREEN(OUT_OF_ORDER, out_of_order, "out-of-order")

enum screen_id {
#define SCREEN_ID(NAME, name, text) SCREEN_##NAME,
    SCREENS(SCREEN_ID)
#undef SCREEN_ID
        SCREEN_COUNT
};

/* "hand-over": in counts, traces and names of pictures. */
const char *screen_name(enum screen_id screen);
