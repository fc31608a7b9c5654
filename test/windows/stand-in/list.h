#ifndef LIST_H
#define LIST_H

#include "scenario.h"

ISDSC_STATUS list_answer(Scenario *scenario, Export export, const List *list, ULONG *bufferSize, ULONG *count,
                         void *buffer);

/* The answer of an export that fills a buffer with a list. */
#define LIST_ANSWER(export, list, count, buffer)                                                                  \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                                       \
    const export##_Arguments *given = arguments;                                                                  \
    return list_answer(scenario, EXPORT_##export, &list, given->BufferSize, given->count, given->buffer);          \
  }

#endif
