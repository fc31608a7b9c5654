#ifndef SCENARIO_H
#define SCENARIO_H

#include "exports.h"
#include "faults.h"

/* What a call answers when the text of ISCSIDSC_STANDIN has a typo: loud, and no status that Windows knows. */
#define STATUS_BAD_SCENARIO 0xEFFF0056u

#define NULL_INITIATOR_NAME 1u
#define NULL_TARGET_NODE_NAME 2u
#define NULL_TARGET_NAME 4u
#define NULL_INITIATOR_ADDRESS 8u
#define NULL_TARGET_ADDRESS 16u

#define MOST_SETTINGS 64

/* KEY=VALUES of the text, which is kept: for one export, or for all. */
typedef struct {
  const struct Key *key;
  const WCHAR *values;
  ULONG export;
} Setting;

typedef struct Scenario {
  BOOL good;
  WCHAR *text;
  Setting settings[MOST_SETTINGS];
  ULONG settingCount;
  ULONG calls[EXPORTS];

  /* Of the call that is being answered. */
  Numbers now;

  WCHAR *name;
  ULONG nulls;
  struct Log *log;
  Reply replies[EXPORTS];
  LONG users;
} Scenario;

/* Under the lock: the scenario of the environment's text now. A call keeps its own until it returns. */
Scenario *scenario_enter(void);
void scenario_leave(Scenario *scenario);

/* The numbers for the next call of an export. */
Numbers scenario_next(Scenario *scenario, Export export);

#endif
