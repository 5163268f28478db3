#pragma once

/*
 * What a citizen may be asked, by one name with every maker: a maker turns it into its
 * own system's name, the contact screen puts words to it (visit/contact_field.c). A
 * maker may have a field that is not here; the screen then shows its name as it is.
 *
 * A value is text as people write it, but for those that say how.
 */

#define APPOINTMENT_FIELD_LAST_NAME "lastName"
#define APPOINTMENT_FIELD_LAST_NAME_PREFIX "lastNamePrefix" /* "van der" */
#define APPOINTMENT_FIELD_FIRST_NAME "firstName"
#define APPOINTMENT_FIELD_INITIALS "initials"
#define APPOINTMENT_FIELD_GENDER "gender"        /* "0" other, "1" male, "2" female */
#define APPOINTMENT_FIELD_BIRTH_DATE "birthDate" /* "1960-02-29" */
#define APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER "socialSecurityNumber" /* BSN */
#define APPOINTMENT_FIELD_IDENTIFICATION_NUMBER "identificationNumber"
#define APPOINTMENT_FIELD_PHONE_NUMBER "phoneNumber" /* digits, perhaps a + first */
#define APPOINTMENT_FIELD_MOBILE "mobile"            /* as phoneNumber */
#define APPOINTMENT_FIELD_EMAIL "email"
#define APPOINTMENT_FIELD_STREET "street"            /* without the number */
#define APPOINTMENT_FIELD_HOUSE_NUMBER "houseNumber" /* digits */
#define APPOINTMENT_FIELD_HOUSE_NUMBER_SUFFIX "houseNumberSuffix"
#define APPOINTMENT_FIELD_ADDRESS "address" /* street and number in one line */
#define APPOINTMENT_FIELD_ADDRESS_MORE "addressMore"
#define APPOINTMENT_FIELD_POSTCODE "postcode"
#define APPOINTMENT_FIELD_CITY "city"
#define APPOINTMENT_FIELD_STATE "state" /* or province */
#define APPOINTMENT_FIELD_COUNTRY "country"
#define APPOINTMENT_FIELD_NATIONALITY "nationality"
#define APPOINTMENT_FIELD_LANGUAGE "language"
