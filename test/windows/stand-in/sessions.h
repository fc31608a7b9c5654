#ifndef SESSIONS_H
#define SESSIONS_H

#include "abi.h"

struct Scenario;

/* The sessions of a scenario, under the lock. They are numbered from 0; a logout leaves a gap. */
typedef struct {
  BYTE *loggedOut;
  ULONG size;
  ULONG count;
} Logouts;

/* All that there have been. */
ULONGLONG sessions_ever(const struct Scenario *scenario);
BOOL sessions_have(const struct Scenario *scenario, ULONG i);
BOOL sessions_find(const struct Scenario *scenario, const ISCSI_UNIQUE_SESSION_ID *id, ULONG *i);
BOOL sessions_remove(struct Scenario *scenario, ULONG i);
void sessions_free(struct Scenario *scenario);

ISCSI_UNIQUE_SESSION_ID session_id(ULONG i);
ISCSI_UNIQUE_CONNECTION_ID connection_id(ULONG i, ULONG j);

#endif
