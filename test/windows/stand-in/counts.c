#include "counts.h"

#include "abi.h"
#include "lock.h"

static ULONG calls, running, mostRunning;

void counts_reset(void) {
  calls = 0;
  mostRunning = running;
}

void counts_enter(void) {
  calls++;
  running++;
  if (running > mostRunning) mostRunning = running;
}

void counts_leave(void) { running--; }

/* For tests: calls since the scenario changed, calls running now, the most that ran at once. */
void __stdcall StandInCounts(ULONG counts[3]) {
  AcquireSRWLockExclusive(&lock);
  counts[0] = calls;
  counts[1] = running;
  counts[2] = mostRunning;
  ReleaseSRWLockExclusive(&lock);
}
