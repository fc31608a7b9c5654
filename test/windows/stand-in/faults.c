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

static void set_pointer(BYTE *at, ULONG_PTR address) { memcpy(at, &address, sizeof address); }

static void set_array(const List *list, BYTE *at, ULONG_PTR address, ULONG count) {
  set_pointer(at + list->array, address);
  memcpy(at + list->count, &count, sizeof count);
}

/* Structs without names do not know the faults of names. */
static BOOL is_about_names(Fault fault) {
  return fault == FAULT_POINTER_LOW || fault == FAULT_POINTER_END || fault == FAULT_POINTER_WRAP ||
         fault == FAULT_POINTER_STRUCTS || fault == FAULT_UNTERMINATED;
}

BOOL inject_fault(Fault fault, const List *list, const Reply *reply, BYTE *buffer, ULONG given, ULONG *bufferSize,
                  ULONG *count) {
  if (fault == FAULT_NONE || (is_about_names(fault) && !list->hasNames)) return TRUE;
  if (!reply->count) return FALSE;

  ULONG_PTR end = (ULONG_PTR)buffer + given;
  BYTE *last = buffer + (reply->count - 1) * list->size;
  BYTE *targetName = last + list->names[2];

  switch (fault) {
    case FAULT_POINTER_LOW:
      set_pointer(targetName, 0x10);
      break;
    case FAULT_POINTER_END:
      set_pointer(targetName, end);
      break;
    case FAULT_POINTER_WRAP:
      set_pointer(targetName, (ULONG_PTR)-8);
      break;
    case FAULT_POINTER_STRUCTS:
      set_pointer(targetName, (ULONG_PTR)(buffer + reply->count / 2 * list->size));
      break;
    case FAULT_ARRAY_OVERRUN:
      set_array(list, last, end - list->elementSize / 2, 1);
      break;
    case FAULT_ARRAY_LOW:
      set_array(list, last, 0x10, 1);
      break;
    case FAULT_ARRAY_COUNT:
      memcpy(last + list->count, &(ULONG){MAXDWORD}, sizeof(ULONG));
      break;
    case FAULT_ARRAY_NULL:
      set_array(list, last, 0, 3);
      break;
    case FAULT_ARRAY_HUGE_NULL:
      set_array(list, last, 0, MAXDWORD);
      break;
    case FAULT_COUNT_LARGE:
      *count = (ULONG)(given / list->size + 1);
      break;
    case FAULT_COUNT_HUGE_NULL:
      *count = MAXDWORD;
      for (ULONG k = 0; list->hasNames && k < ARRAYSIZE(list->names); k++) set_pointer(buffer + list->names[k], 0);
      set_array(list, buffer, 0, 0);
      break;
    case FAULT_COUNT_UNWRITTEN:
      memset(buffer, 0, given);
      break;
    case FAULT_UNTERMINATED:
      if (!reply->lastTerminator) return FALSE;
      memset(buffer + reply->lastTerminator, 'x', given - reply->lastTerminator);
      break;
    case FAULT_SIZE_LARGE:
      *bufferSize = given > MAXDWORD - 64 ? MAXDWORD : given + 64;
      break;
    case FAULT_NONE:
    case FAULT_NEVER_SATISFIED:
      break;
  }
  return TRUE;
}
