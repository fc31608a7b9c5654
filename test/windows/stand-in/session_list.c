#include "counts.h"
#include "lock.h"
#include "scenario.h"

SRWLOCK lock = SRWLOCK_INIT;

static ULONG add(ULONG a, ULONG b) { return a > MAXDWORD - b ? MAXDWORD : a + b; }

static ISDSC_STATUS ask_for_more(Scenario *scenario, ULONG needed, ULONG *bufferSize) {
  ULONG given = *bufferSize;
  if (scenario->asksExactly) *bufferSize = scenario->askExactly;
  else if (scenario->lie == LIE_NEVER_SATISFIED) *bufferSize = add(given, 1);
  else *bufferSize = add(needed, scenario->slack);
  if (scenario->grown < scenario->growTimes) scenario->grown++;
  return scenario->insufficient;
}

static ISDSC_STATUS answer(Scenario *scenario, Charset charset, ULONG *bufferSize, ULONG *sessionCount, BYTE *buffer) {
  if (scenario->fails) return scenario->status;
  if (!bufferSize || !sessionCount) return ERROR_INVALID_PARAMETER;
  ULONG given = *bufferSize;
  if (given > scenario->refuseAbove || (given && !buffer)) return ERROR_NOACCESS;

  ULONGLONG count = scenario->sessions + (ULONGLONG)scenario->grow * scenario->grown;
  if (count > MAXDWORD / sizeof(ISCSI_SESSION_INFOW)) return ERROR_NOT_ENOUGH_MEMORY;
  const Reply *reply = reply_prepare(scenario, charset, (ULONG)count, buffer);
  if (!reply) return STATUS_BAD_SCENARIO;
  if (given < reply->used || scenario->lie == LIE_NEVER_SATISFIED) {
    return ask_for_more(scenario, reply->used, bufferSize);
  }

  if (reply->used) reply_write(reply, buffer);
  ULONG reported = add(reply->used, scenario->reportSlack);
  *bufferSize = reported > given ? given : reported;
  *sessionCount = reply->count;
  return tell_lie(scenario->lie, reply, buffer, given, bufferSize, sessionCount) ? ERROR_SUCCESS : STATUS_BAD_SCENARIO;
}

static ISDSC_STATUS call(Charset charset, ULONG *bufferSize, ULONG *sessionCount, void *buffer) {
  AcquireSRWLockExclusive(&lock);
  Scenario *scenario = scenario_enter();
  counts_enter();
  if (scenario->good && scenario->delay) {
    ReleaseSRWLockExclusive(&lock);
    Sleep(scenario->delay);
    AcquireSRWLockExclusive(&lock);
  }
  ISDSC_STATUS status = STATUS_BAD_SCENARIO;
  if (scenario->good) status = answer(scenario, charset, bufferSize, sessionCount, buffer);
  counts_leave();
  scenario_leave(scenario);
  ReleaseSRWLockExclusive(&lock);
  return status;
}

ISDSC_STATUS __stdcall GetIScsiSessionListA(ULONG *BufferSize, ULONG *SessionCount, PISCSI_SESSION_INFOA SessionInfo) {
  return call(ANSI, BufferSize, SessionCount, SessionInfo);
}

ISDSC_STATUS __stdcall GetIScsiSessionListW(ULONG *BufferSize, ULONG *SessionCount, PISCSI_SESSION_INFOW SessionInfo) {
  return call(WIDE, BufferSize, SessionCount, SessionInfo);
}
