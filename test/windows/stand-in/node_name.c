#include "call.h"

typedef struct {
  Form charset;
  void *name;
} Arguments;

/* Of the array only the name and its terminator are written. */
static ISDSC_STATUS answer(Scenario *scenario, void *arguments) {
  const Arguments *asked = arguments;
  const WCHAR node[] = INITIATOR_NODE;
  size_t characters = MAX_ISCSI_NAME_LEN + 1;
  if (!asked->name) return ERROR_INVALID_PARAMETER;
  if (scenario->fault == FAULT_UNTERMINATED) text_fill(asked->charset, 'x', asked->name, characters);
  else if (!text_write(scenario, asked->charset, node, ARRAYSIZE(node), asked->name,
                       characters * text_unit(asked->charset))) {
    return STATUS_BAD_SCENARIO;
  }
  return ERROR_SUCCESS;
}

ISDSC_STATUS __stdcall GetIScsiInitiatorNodeNameA(PCHAR InitiatorNodeName) {
  return call(answer, &(Arguments){ANSI, InitiatorNodeName});
}

ISDSC_STATUS __stdcall GetIScsiInitiatorNodeNameW(PWCHAR InitiatorNodeName) {
  return call(answer, &(Arguments){WIDE, InitiatorNodeName});
}
