#ifndef CALL_H
#define CALL_H

#include "scenario.h"

/* What all exports have in common: the scenario, the record, the delay and the status. */
ISDSC_STATUS call(Export export, const void *arguments);

#endif
