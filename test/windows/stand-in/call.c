#include "call.h"

#include "counts.h"
#include "lock.h"

SRWLOCK lock = SRWLOCK_INIT;

ISDSC_STATUS call(Answer answer, void *arguments) {
  AcquireSRWLockExclusive(&lock);
  Scenario *scenario = scenario_enter();
  counts_enter();
  if (scenario->good && scenario->delay) {
    ReleaseSRWLockExclusive(&lock);
    Sleep(scenario->delay);
    AcquireSRWLockExclusive(&lock);
  }
  ISDSC_STATUS status = STATUS_BAD_SCENARIO;
  if (scenario->good) status = scenario->fails ? scenario->status : answer(scenario, arguments);
  counts_leave();
  scenario_leave(scenario);
  ReleaseSRWLockExclusive(&lock);
  return status;
}
