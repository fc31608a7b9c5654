#include "examples.h"
#include "room.h"

static void add(Draft *draft, ULONG i, size_t at) { example_write_portal(draft, 0, at, i); }

#define LIST(theCharset, type) \
  { .charset = theCharset, .size = sizeof(type), .number = offsetof(Numbers, targetPortals), .add = add }

static const List ansi = LIST(ANSI, ISCSI_TARGET_PORTALA), wide = LIST(WIDE, ISCSI_TARGET_PORTALW);

ELEMENTS_ANSWER(ReportIScsiTargetPortalsA, ansi, ElementCount, Portals)
ELEMENTS_ANSWER(ReportIScsiTargetPortalsW, wide, ElementCount, Portals)
