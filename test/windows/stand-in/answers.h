#ifndef ANSWERS_H
#define ANSWERS_H

#include "scenario.h"

/* What an export does with its arguments, under the lock. They are the export's own struct of exports.h. */
typedef ISDSC_STATUS (*Answer)(Scenario *scenario, const void *arguments);

/* By export. Where there is none, a call succeeds and writes nothing. */
extern const Answer answers[EXPORTS];

#endif
