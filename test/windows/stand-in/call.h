#ifndef CALL_H
#define CALL_H

#include "scenario.h"

/* What an export does with its arguments, under the lock. */
typedef ISDSC_STATUS (*Answer)(Scenario *scenario, void *arguments);

/* What all exports have in common: the scenario, its delay and its status, and the counts. */
ISDSC_STATUS call(Answer answer, void *arguments);

#endif
