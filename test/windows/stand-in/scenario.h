#ifndef SCENARIO_H
#define SCENARIO_H

#include "faults.h"
#include "reply.h"
#include "sessions.h"

/* What a call answers when the text of ISCSIDSC_STANDIN has a typo: loud, and no status that Windows knows. */
#define STATUS_BAD_SCENARIO 0xEFFF0056u

#define NULL_INITIATOR_NAME 1u
#define NULL_TARGET_NODE_NAME 2u
#define NULL_TARGET_NAME 4u
#define NULL_INITIATOR_ADDRESS 8u
#define NULL_TARGET_ADDRESS 16u

typedef enum { SESSIONS_A, SESSIONS_W, SESSIONS_EX, MAPPINGS_A, MAPPINGS_W, REPLY_KINDS } ReplyKind;

typedef struct Scenario {
  BOOL good;
  ULONG sessions;
  ULONG connections;
  WCHAR *name;
  ULONG nulls;
  ULONG grow;
  ULONG growTimes;
  ULONG slack;
  ULONG reportSlack;
  BOOL asksExactly;
  ULONG askExactly;
  BOOL fails;
  ULONG status;
  ULONG insufficient;
  ULONG refuseAbove;
  ULONG delay;
  ULONG codePage;
  ULONG odd;
  BOOL backwards;
  Fault fault;
  ULONG devices;
  ULONG devicesAfter;
  ULONG deviceGhosts;
  ULONG initiators;

  /* Counted down. */
  ULONG deviceBusy;
  ULONG veto;

  ULONGLONG began;
  ULONG grown;
  Logouts logouts;
  Reply replies[REPLY_KINDS];
  LONG users;
} Scenario;

/* Under the lock: the scenario of the environment's text now. A call keeps its own until it returns. */
Scenario *scenario_enter(void);
void scenario_leave(Scenario *scenario);

#endif
