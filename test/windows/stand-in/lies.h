#ifndef LIES_H
#define LIES_H

#include "reply.h"

typedef enum {
  LIE_NONE,
  LIE_NEVER_SATISFIED,
  LIE_POINTER_LOW,
  LIE_POINTER_END,
  LIE_POINTER_WRAP,
  LIE_POINTER_STRUCTS,
  LIE_CONNECTIONS_OVERRUN,
  LIE_CONNECTIONS_LOW,
  LIE_CONNECTIONS_COUNT,
  LIE_CONNECTIONS_NULL,
  LIE_CONNECTIONS_HUGE_NULL,
  LIE_COUNT_LARGE,
  LIE_COUNT_HUGE_NULL,
  LIE_UNTERMINATED,
  LIE_SIZE_LARGE,
} Lie;

BOOL find_lie(const WCHAR *name, Lie *lie);

/* Bends a reply that has just been written to a buffer of `given` bytes. FALSE: there is no session to lie about. */
BOOL tell_lie(Lie lie, const List *list, const Reply *reply, BYTE *buffer, ULONG given, ULONG *bufferSize,
              ULONG *count);

#endif
