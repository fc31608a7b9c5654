#ifndef STRINGS_H
#define STRINGS_H

#include "room.h"

/* Writes string k of a list. */
typedef void StringOf(const Scenario *scenario, ULONG k, WCHAR *into, size_t units);

/* The answer of an export that fills a buffer with a multi-string. */
ISDSC_STATUS strings_answer(const Scenario *scenario, Form charset, ULONG count, StringOf *string, const Room *room);

/* The same of one whose size counts characters. */
#define STRINGS_ANSWER(export, charset, number, string, theSize, theBuffer)                                         \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                                        \
    const export##_Arguments *given = arguments;                                                                   \
    const Room room = {.size = given->theSize, .unit = text_unit(charset), .buffer = given->theBuffer};            \
    return strings_answer(scenario, charset, scenario->now.number, string, &room);                                 \
  }

#endif
