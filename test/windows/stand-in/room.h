#ifndef ROOM_H
#define ROOM_H

#include "scenario.h"

/* The parameters of a call that fills a buffer. */
typedef struct {
  ULONG *size;
  /* What the size counts, in bytes. */
  size_t unit;
  /* NULL where there is no such parameter: then the size is the count, if it counts structs. */
  ULONG *count;
  void *buffer;
} Room;

ISDSC_STATUS room_fill(const Scenario *scenario, const Reply *reply, const Room *room);

/* Fills it with a list, which is made once for the same numbers. */
ISDSC_STATUS room_fill_list(Scenario *scenario, Export export, const List *list, const Room *room);

/* The answer of an export that fills a buffer of so many bytes with a list, and has a count. */
#define LIST_ANSWER(export, list, size, count, buffer) LIST_ANSWER_OF(export, list, size, count, buffer)
#define LIST_ANSWER_OF(export, list, theSize, theCount, theBuffer)                                                \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                                       \
    const export##_Arguments *given = arguments;                                                                  \
    const Room room = {.size = given->theSize, .unit = 1, .count = given->theCount, .buffer = given->theBuffer};  \
    if (!room.count) return ERROR_INVALID_PARAMETER;                                                              \
    return room_fill_list(scenario, EXPORT_##export, &list, &room);                                               \
  }

/* The same for a buffer of so many structs. */
#define ELEMENTS_ANSWER(export, list, size, buffer) ELEMENTS_ANSWER_OF(export, list, size, buffer)
#define ELEMENTS_ANSWER_OF(export, list, theSize, theBuffer)                                                      \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                                       \
    const export##_Arguments *given = arguments;                                                                  \
    const Room room = {.size = given->theSize, .unit = (list).size, .buffer = given->theBuffer};                  \
    return room_fill_list(scenario, EXPORT_##export, &list, &room);                                               \
  }

#endif
