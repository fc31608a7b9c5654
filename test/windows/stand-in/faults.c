#include "faults.h"

#include <string.h>
#include <wchar.h>

static const WCHAR *const names[] = {
    [FAULT_NEVER_SATISFIED] = L"never-satisfied",
    [FAULT_POINTER_LOW] = L"pointer-low",
    [FAULT_POINTER_END] = L"pointer-end",
    [FAULT_POINTER_WRAP] = L"pointer-wrap",
    [FAULT_POINTER_STRUCTS] = L"pointer-structs",
    [FAULT_ARRAY_OVERRUN] = L"array-overrun",
    [FAULT_ARRAY_LOW] = L"array-low",
    [FAULT_ARRAY_COUNT] = L"array-count",
    [FAULT_ARRAY_NULL] = L"array-null",
    [FAULT_ARRAY_HUGE_NULL] = L"array-huge-null",
    [FAULT_COUNT_LARGE] = L"count-large",
    [FAULT_COUNT_HUGE_NULL] = L"count-huge-null",
    [FAULT_COUNT_UNWRITTEN] = L"count-unwritten",
    [FAULT_UNTERMINATED] = L"unterminated",
    [FAULT_SIZE_LARGE] = L"size-large",
};

BOOL find_fault(const WCHAR *name, size_t length, ULONG *fault) {
  for (ULONG i = 1; i < ARRAYSIZE(names); i++) {
    if (wcslen(names[i]) != length || wcsncmp(names[i], name, length)) continue;
    *fault = i;
    return TRUE;
  }
  return FALSE;
}

static ULONG more(size_t number, ULONG by) { return number > MAXDWORD - by ? MAXDWORD : (ULONG)number + by; }

static void set_pointer(BYTE *buffer, const Place *place, ULONG_PTR address) {
  if (place->size) memcpy(buffer + place->at, &address, sizeof address);
}

static void set_count(BYTE *buffer, const Place *place, ULONG count) {
  if (place->size) memcpy(buffer + place->count, &count, sizeof count);
}

static void set_array(BYTE *buffer, const Place *place, ULONG_PTR address, ULONG count) {
  if (place->at != place->count) set_pointer(buffer, place, address);
  set_count(buffer, place, count);
}

/* The last string that a pointer leads to runs into what follows, or an array of characters has no terminator. */
static void leave_unterminated(const Reply *reply, BYTE *buffer, size_t given) {
  if (reply->isStrings) text_fill(reply->charset, 'x', buffer, given / text_unit(reply->charset));
  else if (reply->lastTerminator) memset(buffer + reply->lastTerminator, 'x', given - reply->lastTerminator);
  else text_fill(reply->charset, 'x', buffer + reply->characters.at, reply->characters.size);
}

BOOL inject_fault(Fault fault, const Reply *reply, BYTE *buffer, size_t given, ULONG *size, ULONG *count) {
  if (fault == FAULT_NONE || fault == FAULT_NEVER_SATISFIED) return TRUE;
  if (!reply->isStrings && !reply->count) return FALSE;

  const Place *pointer = &reply->pointer, *array = &reply->array;
  ULONG_PTR start = (ULONG_PTR)buffer, end = start + given;

  switch (fault) {
    case FAULT_POINTER_LOW:
      set_pointer(buffer, pointer, 0x10);
      break;
    case FAULT_POINTER_END:
      set_pointer(buffer, pointer, end);
      break;
    case FAULT_POINTER_WRAP:
      set_pointer(buffer, pointer, (ULONG_PTR)-8);
      break;
    case FAULT_POINTER_STRUCTS:
      set_pointer(buffer, pointer, start + reply->count / 2 * reply->structSize);
      break;
    case FAULT_ARRAY_OVERRUN:
      set_array(buffer, array, end - array->size / 2, 1);
      break;
    case FAULT_ARRAY_LOW:
      set_array(buffer, array, 0x10, 1);
      break;
    case FAULT_ARRAY_COUNT:
      set_count(buffer, array, MAXDWORD);
      break;
    case FAULT_ARRAY_NULL:
      set_array(buffer, array, 0, 3);
      break;
    case FAULT_ARRAY_HUGE_NULL:
      set_array(buffer, array, 0, MAXDWORD);
      break;
    case FAULT_COUNT_LARGE:
      if (reply->structSize) *count = more(given / reply->structSize, 1);
      break;
    case FAULT_COUNT_HUGE_NULL:
      memset(buffer, 0, given);
      *count = MAXDWORD;
      break;
    case FAULT_COUNT_UNWRITTEN:
      memset(buffer, 0, given);
      break;
    case FAULT_UNTERMINATED:
      leave_unterminated(reply, buffer, given);
      break;
    case FAULT_SIZE_LARGE:
      *size = more(given, 64);
      break;
    case FAULT_NONE:
    case FAULT_NEVER_SATISFIED:
      break;
  }
  return TRUE;
}
