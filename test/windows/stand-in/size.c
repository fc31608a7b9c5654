#include "size.h"

ULONG size_add(ULONGLONG a, ULONG b) { return a > MAXDWORD - b ? MAXDWORD : (ULONG)a + b; }

BOOL size_is_refused(const Scenario *scenario, ULONGLONG bytes, const void *buffer) {
  return bytes > scenario->now.refuseAbove || (bytes && !buffer);
}

BOOL size_is_short(const Scenario *scenario, ULONGLONG needed, ULONG given) {
  return given < needed || scenario->now.fault == FAULT_NEVER_SATISFIED;
}

ISDSC_STATUS size_ask(const Scenario *scenario, ULONGLONG needed, ULONG *size) {
  if (scenario->now.asksExactly) *size = scenario->now.askExactly;
  else if (scenario->now.fault == FAULT_NEVER_SATISFIED) *size = size_add(*size, 1);
  else *size = size_add(needed, scenario->now.slack);
  return scenario->now.insufficient;
}

void size_report(const Scenario *scenario, ULONG used, ULONG *size) {
  ULONG given = *size;
  ULONG reported = size_add(used, scenario->now.reportSlack);
  *size = reported > given ? given : reported;
}
