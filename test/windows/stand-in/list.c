#include "list.h"

#include "size.h"

ISDSC_STATUS list_answer(Scenario *scenario, Export export, const List *list, ULONG *bufferSize, ULONG *count,
                         void *buffer) {
  if (!bufferSize || !count) return ERROR_INVALID_PARAMETER;
  ULONG given = *bufferSize;
  if (size_is_refused(scenario, given, buffer)) return ERROR_NOACCESS;

  const Reply *reply = reply_prepare(&scenario->replies[export], scenario, list, buffer);
  if (!reply) return STATUS_BAD_SCENARIO;
  if (size_is_short(scenario, reply->used, given)) return size_ask(scenario, reply->used, bufferSize);

  Fault fault = scenario->now.fault;
  if (reply->used) reply_write(reply, buffer);
  size_report(scenario, reply->used, bufferSize);
  if (fault != FAULT_COUNT_UNWRITTEN) *count = reply->count;
  return inject_fault(fault, list, reply, buffer, given, bufferSize, count) ? ERROR_SUCCESS : STATUS_BAD_SCENARIO;
}
