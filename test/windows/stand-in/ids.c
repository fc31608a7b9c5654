#include "ids.h"

#include <string.h>

#define ADAPTER 0xffffe00112345010ull
#define FIRST_SESSION 0x4000013700000000ull

ISCSI_UNIQUE_SESSION_ID session_id(ULONG i) { return (ISCSI_UNIQUE_SESSION_ID){ADAPTER, FIRST_SESSION + i}; }

ISCSI_UNIQUE_CONNECTION_ID connection_id(ULONG i, ULONG j) {
  return (ISCSI_UNIQUE_CONNECTION_ID){ADAPTER, (ULONGLONG)i * 256 + j + 1};
}

ULONG session_number(const ISCSI_UNIQUE_SESSION_ID *id) {
  ISCSI_UNIQUE_SESSION_ID copy;
  memcpy(&copy, id, sizeof copy);
  return (ULONG)(copy.AdapterSpecific - FIRST_SESSION);
}
