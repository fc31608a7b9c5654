#include "examples.h"
#include "room.h"

#define FORM(name) name##A
#define CHARSET ANSI
#include "send_target_portals_forms.h"
#undef FORM
#undef CHARSET
#define FORM(name) name##W
#define CHARSET WIDE
#include "send_target_portals_forms.h"
