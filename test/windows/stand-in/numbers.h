#ifndef NUMBERS_H
#define NUMBERS_H

#include <windows.h>

/* What a scenario says in numbers, for one call. All are ULONG: two of these are the same if their bytes are. */
typedef struct {
  ULONG sessions;
  ULONG connections;
  ULONG devices;
  ULONG initiators;
  ULONG portals;
  ULONG targets;
  ULONG targetPortals;
  ULONG logins;
  ULONG isnsServers;
  ULONG radiusServers;
  ULONG boundDevices;
  ULONG luns;
  ULONG scsiStatus;
  /* The sense key, the additional sense code and its qualifier, a byte each. */
  ULONG sense;
  ULONG groups;
  ULONG sampleStride;
  ULONG stored;
  ULONG empty;
  ULONG emptyNeedsNothing;
  ULONG slack;
  ULONG reportSlack;
  ULONG asksExactly;
  ULONG askExactly;
  ULONG status;
  ULONG insufficient;
  ULONG refuseAbove;
  ULONG delay;
  ULONG codePage;
  ULONG odd;
  ULONG backwards;
  /* A Fault. */
  ULONG fault;
} Numbers;

#endif
