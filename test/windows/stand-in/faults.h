#ifndef FAULTS_H
#define FAULTS_H

#include "reply.h"

typedef enum {
  FAULT_NONE,
  FAULT_NEVER_SATISFIED,
  FAULT_POINTER_LOW,
  FAULT_POINTER_END,
  FAULT_POINTER_WRAP,
  FAULT_POINTER_STRUCTS,
  FAULT_ARRAY_OVERRUN,
  FAULT_ARRAY_LOW,
  FAULT_ARRAY_COUNT,
  FAULT_ARRAY_NULL,
  FAULT_ARRAY_HUGE_NULL,
  FAULT_COUNT_LARGE,
  FAULT_COUNT_HUGE_NULL,
  FAULT_COUNT_UNWRITTEN,
  FAULT_UNTERMINATED,
  FAULT_SIZE_LARGE,
} Fault;

BOOL find_fault(const WCHAR *name, size_t length, ULONG *fault);

/*
 * Changes a reply that has just been written to a buffer of `given` bytes. FALSE: there is no struct to inject it into.
 * `size` and `count` are as they are reported; where there is no count of its own, it is the size.
 */
BOOL inject_fault(Fault fault, const Reply *reply, BYTE *buffer, size_t given, ULONG *size, ULONG *count);

#endif
