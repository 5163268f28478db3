#include "ui/icon.h"

#include <stdlib.h>
#include <string.h>

struct icon {
    const char *name;
    uint32_t code_point;
};

/* By name, for bsearch(). Where the Material Icons font has each. */
static const struct icon icons[] = {
    {"access_time", 0xe192},
    {"accessibility_new", 0xe92c},
    {"accessible", 0xe914},
    {"account_balance", 0xe84f},
    {"add", 0xe145},
    {"arrow_back", 0xe5c4},
    {"arrow_downward", 0xe5db},
    {"arrow_forward", 0xe5c8},
    {"assignment", 0xe85d},
    {"assignment_ind", 0xe85e},
    {"assignment_late", 0xe85f},
    {"backspace", 0xe14a},
    {"badge", 0xea67},
    {"block", 0xe14b},
    {"brightness_3", 0xe3a8},
    {"brightness_5", 0xe3aa},
    {"build", 0xe869},
    {"campaign", 0xef49},
    {"cancel", 0xe5c9},
    {"chat", 0xe0b7},
    {"check", 0xe5ca},
    {"check_box_outline_blank", 0xe835},
    {"check_circle", 0xe86c},
    {"chevron_left", 0xe5cb},
    {"chevron_right", 0xe5cc},
    {"child_care", 0xeb41},
    {"child_friendly", 0xeb42},
    {"close", 0xe5cd},
    {"cloud_off", 0xe2c1},
    {"confirmation_number", 0xe638},
    {"contact_phone", 0xe0cf},
    {"contrast", 0xeb37},
    {"credit_card", 0xe870},
    {"delete_outline", 0xe92e},
    {"description", 0xe873},
    {"directions", 0xe52e},
    {"directions_bike", 0xe52f},
    {"directions_car", 0xe531},
    {"directions_walk", 0xe536},
    {"download", 0xf090},
    {"edit", 0xe3c9},
    {"engineering", 0xea3d},
    {"error", 0xe000},
    {"escalator_warning", 0xf1ac},
    {"event", 0xe878},
    {"event_available", 0xe614},
    {"event_busy", 0xe615},
    {"event_seat", 0xe903},
    {"expand_more", 0xe5cf},
    {"fact_check", 0xf0c5},
    {"favorite", 0xe87d},
    {"file_upload", 0xe2c6},
    {"filter_list", 0xe152},
    {"flag", 0xe153},
    {"group", 0xe7ef},
    {"groups", 0xf233},
    {"help_outline", 0xe8fd},
    {"highlight_off", 0xe888},
    {"history", 0xe889},
    {"home", 0xe88a},
    {"hourglass_empty", 0xe88b},
    {"how_to_reg", 0xe174},
    {"info", 0xe88e},
    {"keyboard", 0xe312},
    {"keyboard_arrow_down", 0xe313},
    {"keyboard_arrow_up", 0xe316},
    {"keyboard_capslock", 0xe318},
    {"link", 0xe157},
    {"list_alt", 0xe0ee},
    {"local_florist", 0xe545},
    {"local_hospital", 0xe548},
    {"local_parking", 0xe54f},
    {"local_shipping", 0xe558},
    {"location_on", 0xe0c8},
    {"lock", 0xe897},
    {"lock_clock", 0xef57},
    {"lock_open", 0xe898},
    {"logout", 0xe9ba},
    {"mail_outline", 0xe0e1},
    {"meeting_room", 0xeb4f},
    {"memory", 0xe322},
    {"menu_book", 0xea19},
    {"near_me", 0xe569},
    {"network_check", 0xe640},
    {"open_in_new", 0xe89e},
    {"outbox", 0xef5f},
    {"pan_tool", 0xe925},
    {"park", 0xea63},
    {"pause_circle_outline", 0xe036},
    {"payments", 0xef63},
    {"people", 0xe7fb},
    {"person", 0xe7fd},
    {"person_off", 0xe510},
    {"person_outline", 0xe7ff},
    {"phone", 0xe0cd},
    {"phone_in_talk", 0xe61d},
    {"place", 0xe55f},
    {"portrait", 0xe416},
    {"power_settings_new", 0xe8ac},
    {"print", 0xe8ad},
    {"public", 0xe80b},
    {"qr_code_2", 0xe00a},
    {"qr_code_scanner", 0xf206},
    {"radio_button_checked", 0xe837},
    {"radio_button_unchecked", 0xe836},
    {"replay", 0xe042},
    {"report_problem", 0xe8b2},
    {"router", 0xe328},
    {"schedule", 0xe8b5},
    {"search", 0xe8b6},
    {"security", 0xe32a},
    {"send", 0xe163},
    {"sentiment_dissatisfied", 0xe811},
    {"sentiment_neutral", 0xe812},
    {"sentiment_satisfied", 0xe813},
    {"sentiment_very_dissatisfied", 0xe814},
    {"sentiment_very_satisfied", 0xe815},
    {"settings_ethernet", 0xe8be},
    {"smartphone", 0xe32c},
    {"spa", 0xeb4c},
    {"space_bar", 0xe256},
    {"support_agent", 0xf0e2},
    {"sync", 0xe627},
    {"system_update", 0xe62a},
    {"text_increase", 0xeae2},
    {"thermostat", 0xf076},
    {"thumb_up", 0xe8dc},
    {"timer", 0xe425},
    {"touch_app", 0xe913},
    {"transfer_within_a_station", 0xe572},
    {"translate", 0xe8e2},
    {"tv", 0xe333},
    {"usb", 0xe1e0},
    {"visibility", 0xe8f4},
    {"visibility_off", 0xe8f5},
    {"volume_up", 0xe050},
    {"vpn_key", 0xe0da},
    {"warning", 0xe002},
    {"wb_sunny", 0xe430},
};

/* Arrows along the line of reading; each turns into the other. */
static const char *const mirrored[][2] = {
    {"arrow_back", "arrow_forward"},
    {"chevron_left", "chevron_right"},
};

static int
compare(const void *name, const void *icon)
{
    return strcmp(name, ((const struct icon *)icon)->name);
}

uint32_t
icon_code_point(const char *name)
{
    const struct icon *icon = bsearch(name, icons, sizeof(icons) / sizeof(icons[0]),
                                      sizeof(icons[0]), compare);

    return icon != NULL ? icon->code_point : 0;
}

bool
icon_exists(const char *name)
{
    return strcmp(name, ICON_PASSPORT) == 0 || icon_code_point(name) != 0;
}

size_t
icon_count(void)
{
    return sizeof(icons) / sizeof(icons[0]);
}

const char *
icon_name(size_t index)
{
    return icons[index].name;
}

const char *
icon_mirrored(const char *name)
{
    for (size_t i = 0; i < sizeof(mirrored) / sizeof(mirrored[0]); i++) {
        for (size_t side = 0; side < 2; side++) {
            if (strcmp(name, mirrored[i][side]) == 0) {
                return mirrored[i][1 - side];
            }
        }
    }
    return name;
}

bool
icon_is_directional(const char *name)
{
    return icon_mirrored(name) != name;
}
