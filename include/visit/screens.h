#pragma once

/*
 * Every screen there is: one line here, one file firmware/visit/screens/NAME.c, one
 * row of what it means to come back to it in firmware/visit/navigation.c.
 */

#define SCREENS(SCREEN)                                                                \
    SCREEN(ATTRACT, attract)                                                           \
    SCREEN(HOME, home)                                                                 \
    SCREEN(SEARCH, search)                                                             \
    SCREEN(PRODUCTS, products)                                                         \
    SCREEN(INFO, info)                                                                 \
    SCREEN(MORE, more)                                                                 \
    SCREEN(QUESTION, question)                                                         \
    SCREEN(CHANNEL, channel)                                                           \
    SCREEN(HAND_OVER, hand_over)                                                       \
    SCREEN(PARTNER, partner)                                                           \
    SCREEN(PERSON, person)                                                             \
    SCREEN(PERSONS, persons)                                                           \
    SCREEN(LOCATIONS, locations)                                                       \
    SCREEN(DAY, day)                                                                   \
    SCREEN(TIME, time)                                                                 \
    SCREEN(CONTACT, contact)                                                           \
    SCREEN(CONFIRM, confirm)                                                           \
    SCREEN(DONE, done)                                                                 \
    SCREEN(TROUBLE, trouble)                                                           \
    SCREEN(UNCERTAIN, uncertain)                                                       \
    SCREEN(OUT_OF_ORDER, out_of_order)

enum screen_id {
#define SCREEN_ID(NAME, name) SCREEN_##NAME,
    SCREENS(SCREEN_ID)
#undef SCREEN_ID
        SCREEN_COUNT
};

/* "hand-over": in counts, traces and names of pictures. */
const char *screen_name(enum screen_id screen);
