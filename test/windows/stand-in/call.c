#include "call.h"

#include "counts.h"
#include "lock.h"

SRWLOCK lock = SRWLOCK_INIT;

static ISDSC_STATUS status_of(Scenario *scenario, Answer answer, void *arguments) {
  if (!scenario->good) return STATUS_BAD_SCENARIO;
  BOOL warns = scenario->fails && scenario->status >> 16 == 0xAFFF;
  if (scenario->fails && !warns) return scenario->status;
  ISDSC_STATUS status = answer(scenario, arguments);
  return warns && status == 0 ? scenario->status : status;
}

ISDSC_STATUS call(Answer answer, void *arguments) {
  AcquireSRWLockExclusive(&lock);
  Scenario *scenario = scenario_enter();
  counts_enter();
  if (scenario->good && scenario->delay) {
    ReleaseSRWLockExclusive(&lock);
    Sleep(scenario->delay);
    AcquireSRWLockExclusive(&lock);
  }
  ISDSC_STATUS status = status_of(scenario, answer, arguments);
  counts_leave();
  scenario_leave(scenario);
  ReleaseSRWLockExclusive(&lock);
  return status;
}
