#include "call.h"

static ISDSC_STATUS answer(Scenario *scenario, void *id) {
  if (!id) return ERROR_INVALID_PARAMETER;
  if (scenario->veto) {
    scenario->veto--;
    return ISDSC_DEVICE_BUSY_ON_SESSION;
  }
  ULONG i;
  if (!sessions_find(scenario, id, &i)) return ISDSC_INVALID_SESSION_ID;
  return sessions_remove(scenario, i) ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

ISDSC_STATUS __stdcall LogoutIScsiTarget(PISCSI_UNIQUE_SESSION_ID UniqueSessionId) {
  return call(answer, UniqueSessionId);
}
