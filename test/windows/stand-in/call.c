#include "call.h"

#include "answers.h"
#include "record.h"

static SRWLOCK lock = SRWLOCK_INIT;

static ISDSC_STATUS answer(Scenario *scenario, Export export, const void *arguments) {
  ULONG status = scenario->now.status;
  BOOL warns = status >> 16 == 0xAFFF;
  if (status && !warns) return status;
  ISDSC_STATUS answered = answers[export] ? answers[export](scenario, arguments) : ERROR_SUCCESS;
  return warns && answered == ERROR_SUCCESS ? status : answered;
}

ISDSC_STATUS call(Export export, const void *arguments) {
  AcquireSRWLockExclusive(&lock);
  Scenario *scenario = scenario_enter();
  ISDSC_STATUS status = STATUS_BAD_SCENARIO;
  if (scenario->good) {
    Numbers numbers = scenario_next(scenario, export);
    if (scenario->log) record_call(scenario->log, numbers.codePage, export, arguments);
    if (numbers.delay) {
      ReleaseSRWLockExclusive(&lock);
      Sleep(numbers.delay);
      AcquireSRWLockExclusive(&lock);
    }
    scenario->now = numbers;
    status = answer(scenario, export, arguments);
  }
  scenario_leave(scenario);
  ReleaseSRWLockExclusive(&lock);
  return status;
}
