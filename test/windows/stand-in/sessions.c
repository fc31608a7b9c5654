#include "sessions.h"

#include <stdlib.h>
#include <string.h>

#include "scenario.h"

#define ADAPTER 0xffffe00112345010ull
#define FIRST_SESSION 0x4000013700000000ull

ULONGLONG sessions_ever(const Scenario *scenario) {
  return scenario->sessions + (ULONGLONG)scenario->grow * scenario->grown;
}

BOOL sessions_have(const Scenario *scenario, ULONG i) {
  const Logouts *logouts = &scenario->logouts;
  return i < sessions_ever(scenario) && !(i < logouts->size && logouts->loggedOut[i]);
}

BOOL sessions_find(const Scenario *scenario, const ISCSI_UNIQUE_SESSION_ID *id, ULONG *i) {
  ISCSI_UNIQUE_SESSION_ID copy;
  memcpy(&copy, id, sizeof copy);
  ULONGLONG number = copy.AdapterSpecific - FIRST_SESSION;
  if (copy.AdapterUnique != ADAPTER || number > MAXDWORD || !sessions_have(scenario, (ULONG)number)) return FALSE;
  *i = (ULONG)number;
  return TRUE;
}

BOOL sessions_remove(Scenario *scenario, ULONG i) {
  Logouts *logouts = &scenario->logouts;
  if (i >= logouts->size) {
    BYTE *loggedOut = realloc(logouts->loggedOut, (size_t)i + 1);
    if (!loggedOut) return FALSE;
    memset(loggedOut + logouts->size, 0, (size_t)i + 1 - logouts->size);
    logouts->loggedOut = loggedOut;
    logouts->size = i + 1;
  }
  logouts->loggedOut[i] = 1;
  logouts->count++;
  return TRUE;
}

void sessions_free(Scenario *scenario) { free(scenario->logouts.loggedOut); }

ISCSI_UNIQUE_SESSION_ID session_id(ULONG i) { return (ISCSI_UNIQUE_SESSION_ID){ADAPTER, FIRST_SESSION + i}; }

ISCSI_UNIQUE_CONNECTION_ID connection_id(ULONG i, ULONG j) {
  return (ISCSI_UNIQUE_CONNECTION_ID){ADAPTER, (ULONGLONG)i * 256 + j + 1};
}
