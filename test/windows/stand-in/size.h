#ifndef SIZE_H
#define SIZE_H

#include "scenario.h"

/* The sizes that calls give and are given, each in the unit of its function. */

BOOL size_is_refused(const Scenario *scenario, ULONGLONG bytes, const void *buffer);
BOOL size_is_short(const Scenario *scenario, ULONGLONG needed, ULONG given);

/* What a call answers whose buffer is too small. */
ISDSC_STATUS size_ask(const Scenario *scenario, ULONGLONG needed, ULONG *size);

/* What is said to be used on success. */
void size_report(const Scenario *scenario, ULONG used, ULONG *size);

ULONG size_add(ULONGLONG a, ULONG b);

#endif
