#include "list.h"

#include "size.h"

ISDSC_STATUS list_answer(Scenario *scenario, void *arguments) {
  const ListArguments *asked = arguments;
  if (!asked->bufferSize || !asked->count) return ERROR_INVALID_PARAMETER;
  ULONG given = *asked->bufferSize;
  if (size_is_refused(scenario, given, asked->buffer)) return ERROR_NOACCESS;

  if (sessions_ever(scenario) > MAXDWORD / asked->list->size) return ERROR_NOT_ENOUGH_MEMORY;
  const Reply *reply = reply_prepare(&scenario->replies[asked->kind], scenario, asked->list, asked->buffer);
  if (!reply) return STATUS_BAD_SCENARIO;
  if (size_is_short(scenario, reply->used, given)) {
    if (scenario->grown < scenario->growTimes) scenario->grown++;
    return size_ask(scenario, reply->used, asked->bufferSize);
  }

  if (reply->used) reply_write(reply, asked->buffer);
  size_report(scenario, reply->used, asked->bufferSize);
  *asked->count = reply->count;
  BOOL told = inject_fault(scenario->fault, asked->list, reply, asked->buffer, given, asked->bufferSize, asked->count);
  return told ? ERROR_SUCCESS : STATUS_BAD_SCENARIO;
}
