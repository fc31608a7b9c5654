#include <string.h>

#include "scenario.h"

ISDSC_STATUS answer_GetIScsiVersionInformation(Scenario *scenario, const void *arguments) {
  const GetIScsiVersionInformation_Arguments *given = arguments;
  const ISCSI_VERSION_INFO version = {.MajorVersion = 10, .BuildNumber = 20348};
  (void)scenario;
  if (!given->VersionInfo) return ERROR_INVALID_PARAMETER;
  memcpy(given->VersionInfo, &version, sizeof version);
  return ERROR_SUCCESS;
}
