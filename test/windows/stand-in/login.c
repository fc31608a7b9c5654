#include <string.h>

#include "ids.h"
#include "scenario.h"

static void write_id(const Scenario *scenario, PISCSI_UNIQUE_SESSION_ID into, ISCSI_UNIQUE_SESSION_ID id) {
  if (into && scenario->now.fault != FAULT_COUNT_UNWRITTEN) memcpy(into, &id, sizeof id);
}

/* The ids are those of the session behind the ones that there are. A login that is saved has none. */
#define LOGIN_ANSWER(export)                                                                              \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                               \
    const export##_Arguments *given = arguments;                                                          \
    ULONG number = scenario->now.sessions;                                                                \
    if (given->IsPersistent) return ERROR_SUCCESS;                                                        \
    write_id(scenario, given->UniqueSessionId, session_id(number));                                       \
    write_id(scenario, given->UniqueConnectionId, connection_id(number, 0));                              \
    return ERROR_SUCCESS;                                                                                 \
  }

LOGIN_ANSWER(LoginIScsiTargetA)
LOGIN_ANSWER(LoginIScsiTargetW)

/* The connection behind those of the session. */
#define CONNECTION_ANSWER(export)                                                                         \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                               \
    const export##_Arguments *given = arguments;                                                          \
    if (!given->UniqueSessionId) return ERROR_INVALID_PARAMETER;                                          \
    ULONG session = session_number(given->UniqueSessionId);                                               \
    write_id(scenario, given->ConnectionId, connection_id(session, scenario->now.connections));           \
    return ERROR_SUCCESS;                                                                                 \
  }

CONNECTION_ANSWER(AddIScsiConnectionA)
CONNECTION_ANSWER(AddIScsiConnectionW)
