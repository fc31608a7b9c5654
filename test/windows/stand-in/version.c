#include <string.h>

#include "call.h"

static ISDSC_STATUS answer(Scenario *scenario, void *version) {
  (void)scenario;
  if (!version) return ERROR_INVALID_PARAMETER;
  memcpy(version, &(ISCSI_VERSION_INFO){.MajorVersion = 10, .BuildNumber = 20348}, sizeof(ISCSI_VERSION_INFO));
  return ERROR_SUCCESS;
}

ISDSC_STATUS __stdcall GetIScsiVersionInformation(PISCSI_VERSION_INFO VersionInfo) { return call(answer, VersionInfo); }
