#include <string.h>

#include "scenario.h"

/* Valid, perfect forward secrecy, and a flag that the header has no name for. */
#define STORED_FLAGS 0x8000000000000011ull

static ISDSC_STATUS answer(PIKE_AUTHENTICATION_INFORMATION information) {
  const ULONGLONG flags = STORED_FLAGS;
  if (!information) return ERROR_INVALID_PARAMETER;
  memcpy((BYTE *)information + offsetof(IKE_AUTHENTICATION_INFORMATION, PsKey) +
             offsetof(IKE_AUTHENTICATION_PRESHARED_KEY, SecurityFlags),
         &flags, sizeof flags);
  return ERROR_SUCCESS;
}

ISDSC_STATUS answer_GetIScsiIKEInfoA(Scenario *scenario, const void *arguments) {
  (void)scenario;
  return answer(((const GetIScsiIKEInfoA_Arguments *)arguments)->AuthInfo);
}

ISDSC_STATUS answer_GetIScsiIKEInfoW(Scenario *scenario, const void *arguments) {
  (void)scenario;
  return answer(((const GetIScsiIKEInfoW_Arguments *)arguments)->AuthInfo);
}
