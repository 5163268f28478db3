#pragma once

#include <linux/input.h>

/*
 * linux/input.h and our enum key share names. Here its codes get others, and its
 * macros go: after this header KEY_OK is ours, in whatever order it is included.
 */

enum evdev_key {
    EVDEV_KEY_TAB = KEY_TAB,
    EVDEV_KEY_ESCAPE = KEY_ESC,
    EVDEV_KEY_BACKSPACE = KEY_BACKSPACE,
    EVDEV_KEY_ENTER = KEY_ENTER,
    EVDEV_KEY_ENTER_PAD = KEY_KPENTER,
    EVDEV_KEY_SHIFT_LEFT = KEY_LEFTSHIFT,
    EVDEV_KEY_SHIFT_RIGHT = KEY_RIGHTSHIFT,
    EVDEV_KEY_F1 = KEY_F1,
    EVDEV_KEY_F2 = KEY_F2,
    EVDEV_KEY_F3 = KEY_F3,
    EVDEV_KEY_F4 = KEY_F4,
    EVDEV_KEY_F5 = KEY_F5,
    EVDEV_KEY_F6 = KEY_F6,
    EVDEV_KEY_UP = KEY_UP,
    EVDEV_KEY_DOWN = KEY_DOWN,
    EVDEV_KEY_LEFT = KEY_LEFT,
    EVDEV_KEY_RIGHT = KEY_RIGHT,
    EVDEV_KEY_VOLUME_UP = KEY_VOLUMEUP,
    EVDEV_KEY_VOLUME_DOWN = KEY_VOLUMEDOWN,
    EVDEV_KEY_BACK = KEY_BACK,
    EVDEV_KEY_OK = KEY_OK,
    EVDEV_KEY_SELECT = KEY_SELECT,
    EVDEV_KEY_NEXT = KEY_NEXT,
    EVDEV_KEY_PREVIOUS = KEY_PREVIOUS,
    EVDEV_KEY_COUNT = KEY_CNT,
};

#undef KEY_NEXT
#undef KEY_PREVIOUS
#undef KEY_OK
#undef KEY_BACK
#undef KEY_REPEAT
#undef KEY_LOUDER
#undef KEY_SOFTER

#include "device/display.h"
