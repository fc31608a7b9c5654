#include "scenario.h"

/* Of the array only the name and its terminator are written. */
static ISDSC_STATUS answer(const Scenario *scenario, Form charset, void *name) {
  const WCHAR node[] = INITIATOR_NODE;
  size_t characters = MAX_ISCSI_NAME_LEN + 1;
  if (!name) return ERROR_INVALID_PARAMETER;
  if (scenario->now.fault == FAULT_UNTERMINATED) text_fill(charset, 'x', name, characters);
  else if (!text_write(scenario, charset, node, ARRAYSIZE(node), name, characters * text_unit(charset))) {
    return STATUS_BAD_SCENARIO;
  }
  return ERROR_SUCCESS;
}

ISDSC_STATUS answer_GetIScsiInitiatorNodeNameA(Scenario *scenario, const void *arguments) {
  return answer(scenario, ANSI, ((const GetIScsiInitiatorNodeNameA_Arguments *)arguments)->InitiatorNodeName);
}

ISDSC_STATUS answer_GetIScsiInitiatorNodeNameW(Scenario *scenario, const void *arguments) {
  return answer(scenario, WIDE, ((const GetIScsiInitiatorNodeNameW_Arguments *)arguments)->InitiatorNodeName);
}
