#include "room.h"

#include "size.h"

static void fill_rest(const Reply *reply, const Room *room, ULONG given) {
  size_t rest = (given * room->unit - reply->used) / text_unit(reply->charset);
  text_fill(reply->charset, 'z', (BYTE *)room->buffer + reply->used, rest);
}

ISDSC_STATUS room_fill(const Scenario *scenario, const Reply *reply, const Room *room) {
  if (!room->size) return ERROR_INVALID_PARAMETER;
  ULONG given = *room->size;
  if (size_is_refused(scenario, (ULONGLONG)given * room->unit, room->buffer)) return ERROR_NOACCESS;
  ULONG used = (ULONG)(reply->used / room->unit);
  if (!used && scenario->now.emptyNeedsNothing) {
    *room->size = 0;
    return scenario->now.insufficient;
  }
  if (size_is_short(scenario, used, given)) return size_ask(scenario, used, room->size);

  Fault fault = scenario->now.fault;
  if (used) reply_write(reply, room->buffer);
  if (reply->isStrings) fill_rest(reply, room, given);
  if (room->unit != reply->structSize) size_report(scenario, used, room->size);
  else if (fault != FAULT_COUNT_UNWRITTEN) *room->size = used;
  if (room->count && fault != FAULT_COUNT_UNWRITTEN) *room->count = reply->count;
  ULONG *count = room->count ? room->count : room->size;
  size_t length = given * room->unit;
  return inject_fault(fault, reply, room->buffer, length, room->size, count) ? ERROR_SUCCESS : STATUS_BAD_SCENARIO;
}

ISDSC_STATUS room_fill_list(Scenario *scenario, Export export, const List *list, const Room *room) {
  const Reply *reply = reply_prepare(&scenario->replies[export], scenario, list, room->buffer);
  return reply ? room_fill(scenario, reply, room) : STATUS_BAD_SCENARIO;
}
