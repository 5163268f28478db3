#pragma once

#include "appointment/client.h"

/* The maker for a kiosk without appointments: it refuses every call. */

struct appointment_client *appointment_none_create(void);
