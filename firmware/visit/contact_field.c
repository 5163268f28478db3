#include "contact_field.h"

#include <stdio.h>
#include <string.h>

#include "appointment/fields.h"
#include "base/text.h"

#define PHONE_DIGITS 10 /* of a Dutch number */
#define ABROAD_DIGITS_MIN 8
#define ABROAD_DIGITS_MAX 15 /* E.164 */
#define BIRTH_DIGITS 8       /* day, month, year */
#define BIRTH_YEAR_MIN 1900
#define BSN_DIGITS 9

/* Gender is not among them: no maker requires it, so nobody is asked. */
static const struct contact_field fields[] = {
    {APPOINTMENT_FIELD_LAST_NAME, "person_outline", N_("Your last name"), KEYBOARD_NAME,
     true},
    {APPOINTMENT_FIELD_LAST_NAME_PREFIX, "person_outline",
     N_("What stands before your last name, as van der"), KEYBOARD_NAME, true},
    {APPOINTMENT_FIELD_FIRST_NAME, "person_outline", N_("Your first name"),
     KEYBOARD_NAME, true},
    {APPOINTMENT_FIELD_INITIALS, "person_outline", N_("Your initials"), KEYBOARD_NAME,
     true},
    {APPOINTMENT_FIELD_BIRTH_DATE, "event", N_("Your date of birth"), KEYBOARD_NUMBER,
     false},
    {APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER, "badge",
     N_("Your citizen service number (BSN)"), KEYBOARD_NUMBER, false},
    {APPOINTMENT_FIELD_IDENTIFICATION_NUMBER, "badge",
     N_("The number on your identity document"), KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_PHONE_NUMBER, "phone", N_("Your phone number"), KEYBOARD_PHONE,
     true},
    {APPOINTMENT_FIELD_MOBILE, "phone", N_("Your mobile phone number"), KEYBOARD_PHONE,
     true},
    {APPOINTMENT_FIELD_EMAIL, "mail_outline", N_("Your email address"), KEYBOARD_EMAIL,
     true},
    {APPOINTMENT_FIELD_STREET, "home", N_("Your street"), KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_HOUSE_NUMBER, "home", N_("Your house number"), KEYBOARD_NUMBER,
     false},
    {APPOINTMENT_FIELD_HOUSE_NUMBER_SUFFIX, "home",
     N_("What stands behind your house number"), KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_ADDRESS, "home", N_("Your street and house number"),
     KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_ADDRESS_MORE, "home", N_("The rest of your address"),
     KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_POSTCODE, "home", N_("Your postcode"), KEYBOARD_SEARCH, false},
    {APPOINTMENT_FIELD_CITY, "home", N_("Your town"), KEYBOARD_NAME, false},
    {APPOINTMENT_FIELD_STATE, "home", N_("Your province"), KEYBOARD_NAME, false},
    {APPOINTMENT_FIELD_COUNTRY, "public", N_("Your country"), KEYBOARD_NAME, false},
    {APPOINTMENT_FIELD_NATIONALITY, "flag", N_("Your nationality"), KEYBOARD_NAME,
     false},
    {APPOINTMENT_FIELD_LANGUAGE, "translate", N_("Your language"), KEYBOARD_NAME,
     false},
};

struct contact_field
contact_field_of(const char *name)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (text_equal(fields[i].name, name)) {
            return fields[i];
        }
    }
    return (struct contact_field){name, "edit", name, KEYBOARD_EMAIL, false};
}

/* --- while it is typed ------------------------------------------------------------ */

static bool
is_birth_date(const char *name)
{
    return text_equal(name, APPOINTMENT_FIELD_BIRTH_DATE);
}

static bool
is_bsn(const char *name)
{
    return text_equal(name, APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER);
}

const char *
contact_field_brief(const char *name)
{
    return is_bsn(name) ? N_("Your BSN") : NULL;
}

bool
contact_field_takes(const char *name, const char *typed, int character)
{
    enum keyboard_kind keys = contact_field_of(name).keys;
    bool digit = character >= '0' && character <= '9';
    size_t most = is_birth_date(name) ? BIRTH_DIGITS : is_bsn(name) ? BSN_DIGITS : 0;

    if (most > 0 && strlen(typed) >= most) {
        return false;
    }
    return (keys != KEYBOARD_PHONE && keys != KEYBOARD_NUMBER) || digit ||
           (keys == KEYBOARD_PHONE && character == '+' && typed[0] == '\0');
}

const char *
contact_field_show(char target[WORDING_BYTES], const char *name, const char *typed)
{
    struct text text = text_begin(target, WORDING_BYTES);

    if (contact_field_of(name).keys == KEYBOARD_PHONE) {
        return wording_phone(target, typed);
    }
    for (size_t i = 0; typed[i] != '\0'; i++) {
        text_add(&text, is_birth_date(name) && (i == 2 || i == 4) ? "-" : "");
        text_add_bytes(&text, typed + i, 1);
    }
    return target;
}

/* --- what is wrong with it -------------------------------------------------------- */

enum problem {
    PROBLEM_NONE,
    PROBLEM_EMPTY,
    PROBLEM_DIGITS_FEW,
    PROBLEM_DIGITS_MANY,
    PROBLEM_NO_ZERO,
    PROBLEM_ABROAD,
    PROBLEM_EMAIL,
    PROBLEM_BIRTH_DATE,
    PROBLEM_BSN,
};

static int
digits_in(const char *value)
{
    int count = 0;

    for (; *value != '\0'; value++) {
        count += *value >= '0' && *value <= '9';
    }
    return count;
}

static enum problem
check_phone(const char *value)
{
    int digits = digits_in(value);

    if (value[0] == '+') {
        return digits < ABROAD_DIGITS_MIN || digits > ABROAD_DIGITS_MAX ? PROBLEM_ABROAD
                                                                        : PROBLEM_NONE;
    }
    return digits < PHONE_DIGITS   ? PROBLEM_DIGITS_FEW
           : digits > PHONE_DIGITS ? PROBLEM_DIGITS_MANY
           : value[0] != '0'       ? PROBLEM_NO_ZERO
                                   : PROBLEM_NONE;
}

static bool
is_email(const char *value)
{
    const char *at = strchr(value, '@');
    const char *dot = at != NULL ? strrchr(at, '.') : NULL;

    return at != NULL && at > value && strchr(at + 1, '@') == NULL && dot != NULL &&
           dot > at + 1 && dot[1] != '\0' && strchr(value, ' ') == NULL;
}

static bool
read_birth_date(const char *value, struct date *date)
{
    return digits_in(value) == BIRTH_DIGITS &&
           sscanf(value, "%2d%2d%4d", &date->day, &date->month, &date->year) == 3 &&
           date->year >= BIRTH_YEAR_MIN && date_is_valid(*date);
}

/* The test of eleven: 9, 8, 7 … 2 and -1 times its digits is a multiple of 11. */
static bool
is_right_bsn(const char *value)
{
    int sum = 0;

    if (digits_in(value) != BSN_DIGITS) {
        return false;
    }
    for (int i = 0; i < BSN_DIGITS; i++) {
        sum += (value[i] - '0') * (i == BSN_DIGITS - 1 ? -1 : BSN_DIGITS - i);
    }
    return sum % 11 == 0 && sum != 0;
}

static enum problem
check(const char *name, const char *value)
{
    struct date date;

    if (value[0] == '\0') {
        return PROBLEM_EMPTY;
    }
    if (contact_field_of(name).keys == KEYBOARD_PHONE) {
        return check_phone(value);
    }
    if (text_equal(name, APPOINTMENT_FIELD_EMAIL)) {
        return is_email(value) ? PROBLEM_NONE : PROBLEM_EMAIL;
    }
    if (is_birth_date(name)) {
        return read_birth_date(value, &date) ? PROBLEM_NONE : PROBLEM_BIRTH_DATE;
    }
    return is_bsn(name) && !is_right_bsn(value) ? PROBLEM_BSN : PROBLEM_NONE;
}

bool
contact_field_is_right(const char *name, const char *typed)
{
    return check(name, typed) == PROBLEM_NONE;
}

const char *
contact_field_problem(const struct view *view, struct page *page, const char *name,
                      const char *typed)
{
    switch (check(name, typed)) {
    case PROBLEM_NONE:
        break;
    case PROBLEM_EMPTY:
        return tr(view, "This is still empty. Please fill it in.");
    case PROBLEM_DIGITS_FEW:
        return view_count(view, page, "{1} digit is missing. A number has 10 digits.",
                          "{1} digits are missing. A number has 10 digits.",
                          PHONE_DIGITS - digits_in(typed));
    case PROBLEM_DIGITS_MANY:
        return view_count(view, page,
                          "There is {1} digit too many. A number has 10 digits.",
                          "There are {1} digits too many. A number has 10 digits.",
                          digits_in(typed) - PHONE_DIGITS);
    case PROBLEM_NO_ZERO:
        return tr(view, "A number starts with 0.");
    case PROBLEM_ABROAD:
        return tr(view, "A number from abroad has 8 to 15 digits.");
    case PROBLEM_EMAIL:
        return tr(view, "An email address has an @ and a dot, as in name@example.com.");
    case PROBLEM_BIRTH_DATE:
        return tr(view, "Type day, month and year. For 7 March 1960: 07-03-1960.");
    case PROBLEM_BSN:
        return tr(view, "This is not a BSN. It has 9 digits and stands on your "
                        "passport or identity card.");
    }
    return "";
}

/* --- told to the appointment system ----------------------------------------------- */

static void
tell_postcode(char value[APPOINTMENT_VALUE_BYTES])
{
    char digits[5], letters[3];
    int length = 0;

    for (char *c = value; *c != '\0'; c++) {
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    }
    if (sscanf(value, "%4[0-9] %2[A-Z]%n", digits, letters, &length) == 2 &&
        value[length] == '\0' && strlen(digits) == 4 && strlen(letters) == 2)
    {
        snprintf(value, APPOINTMENT_VALUE_BYTES, "%s %s", digits, letters);
    }
}

void
contact_field_tell(struct appointment_value *value)
{
    struct date date;

    if (is_birth_date(value->name) && read_birth_date(value->value, &date)) {
        date_format(date, value->value);
    } else if (text_equal(value->name, APPOINTMENT_FIELD_POSTCODE)) {
        tell_postcode(value->value);
    }
}
