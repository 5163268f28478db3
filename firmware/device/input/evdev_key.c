#include "device/input/evdev_parse.h"

static const struct {
    enum evdev_key code;
    enum key key;
} keys[] = {
    {EVDEV_KEY_TAB, KEY_NEXT},           {EVDEV_KEY_DOWN, KEY_ROW_DOWN},
    {EVDEV_KEY_RIGHT, KEY_NEXT},         {EVDEV_KEY_NEXT, KEY_NEXT},
    {EVDEV_KEY_UP, KEY_ROW_UP},          {EVDEV_KEY_LEFT, KEY_PREVIOUS},
    {EVDEV_KEY_PREVIOUS, KEY_PREVIOUS},  {EVDEV_KEY_ENTER, KEY_OK},
    {EVDEV_KEY_ENTER_PAD, KEY_OK},       {EVDEV_KEY_OK, KEY_OK},
    {EVDEV_KEY_SELECT, KEY_OK},          {EVDEV_KEY_ESCAPE, KEY_BACK},
    {EVDEV_KEY_BACKSPACE, KEY_BACK},     {EVDEV_KEY_BACK, KEY_BACK},
    {EVDEV_KEY_F1, KEY_REPEAT},          {EVDEV_KEY_F2, KEY_SOFTER},
    {EVDEV_KEY_VOLUME_DOWN, KEY_SOFTER}, {EVDEV_KEY_F3, KEY_LOUDER},
    {EVDEV_KEY_VOLUME_UP, KEY_LOUDER},   {EVDEV_KEY_F4, KEY_SLOWER},
    {EVDEV_KEY_F5, KEY_FASTER},          {EVDEV_KEY_F6, KEY_BLANK},
};

bool
evdev_key_of(int code, bool shift, enum key *key)
{
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (code == (int)keys[i].code) {
            *key = keys[i].key;
            if (shift && code == EVDEV_KEY_TAB) {
                *key = KEY_PREVIOUS;
            }
            return true;
        }
    }
    return false;
}
