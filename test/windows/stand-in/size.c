#include "size.h"

ULONG size_add(ULONGLONG a, ULONG b) { return a > MAXDWORD - b ? MAXDWORD : (ULONG)a + b; }

BOOL size_is_refused(const Scenario *scenario, ULONGLONG bytes, const void *buffer) {
  return bytes > scenario->refuseAbove || (bytes && !buffer);
}

BOOL size_is_short(const Scenario *scenario, ULONGLONG needed, ULONG given) {
  return given < needed || scenario->fault == FAULT_NEVER_SATISFIED;
}

ISDSC_STATUS size_ask(const Scenario *scenario, ULONGLONG needed, ULONG *size) {
  if (scenario->asksExactly) *size = scenario->askExactly;
  else if (scenario->fault == FAULT_NEVER_SATISFIED) *size = size_add(*size, 1);
  else *size = size_add(needed, scenario->slack);
  return scenario->insufficient;
}

void size_report(const Scenario *scenario, ULONG used, ULONG *size) {
  ULONG given = *size;
  ULONG reported = size_add(used, scenario->reportSlack);
  *size = reported > given ? given : reported;
}
