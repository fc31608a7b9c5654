#include "lies.h"

#include <string.h>
#include <wchar.h>

static const WCHAR *const names[] = {
    [LIE_NEVER_SATISFIED] = L"never-satisfied",
    [LIE_POINTER_LOW] = L"pointer-low",
    [LIE_POINTER_END] = L"pointer-end",
    [LIE_POINTER_WRAP] = L"pointer-wrap",
    [LIE_POINTER_STRUCTS] = L"pointer-structs",
    [LIE_CONNECTIONS_OVERRUN] = L"connections-overrun",
    [LIE_CONNECTIONS_LOW] = L"connections-low",
    [LIE_CONNECTIONS_COUNT] = L"connections-count",
    [LIE_CONNECTIONS_NULL] = L"connections-null",
    [LIE_CONNECTIONS_HUGE_NULL] = L"connections-huge-null",
    [LIE_COUNT_LARGE] = L"count-large",
    [LIE_COUNT_HUGE_NULL] = L"count-huge-null",
    [LIE_UNTERMINATED] = L"unterminated",
    [LIE_SIZE_LARGE] = L"size-large",
};

BOOL find_lie(const WCHAR *name, Lie *lie) {
  for (ULONG i = 1; i < ARRAYSIZE(names); i++) {
    if (wcscmp(names[i], name)) continue;
    *lie = (Lie)i;
    return TRUE;
  }
  return FALSE;
}

static void set_pointer(BYTE *at, ULONG_PTR address) { memcpy(at, &address, sizeof address); }

static void set_array(const List *list, BYTE *at, ULONG_PTR address, ULONG count) {
  set_pointer(at + list->array, address);
  memcpy(at + list->count, &count, sizeof count);
}

/* Structs without names do not know the lies about names. */
static BOOL is_about_names(Lie lie) {
  return lie == LIE_POINTER_LOW || lie == LIE_POINTER_END || lie == LIE_POINTER_WRAP || lie == LIE_POINTER_STRUCTS ||
         lie == LIE_UNTERMINATED;
}

BOOL tell_lie(Lie lie, const List *list, const Reply *reply, BYTE *buffer, ULONG given, ULONG *bufferSize,
              ULONG *count) {
  if (lie == LIE_NONE || (is_about_names(lie) && !list->hasNames)) return TRUE;
  if (!reply->count) return FALSE;

  ULONG_PTR end = (ULONG_PTR)buffer + given;
  BYTE *last = buffer + (reply->count - 1) * list->size;
  BYTE *targetName = last + list->names[2];

  switch (lie) {
    case LIE_POINTER_LOW:
      set_pointer(targetName, 0x10);
      break;
    case LIE_POINTER_END:
      set_pointer(targetName, end);
      break;
    case LIE_POINTER_WRAP:
      set_pointer(targetName, (ULONG_PTR)-8);
      break;
    case LIE_POINTER_STRUCTS:
      set_pointer(targetName, (ULONG_PTR)(buffer + reply->count / 2 * list->size));
      break;
    case LIE_CONNECTIONS_OVERRUN:
      set_array(list, last, end - list->elementSize / 2, 1);
      break;
    case LIE_CONNECTIONS_LOW:
      set_array(list, last, 0x10, 1);
      break;
    case LIE_CONNECTIONS_COUNT:
      memcpy(last + list->count, &(ULONG){MAXDWORD}, sizeof(ULONG));
      break;
    case LIE_CONNECTIONS_NULL:
      set_array(list, last, 0, 3);
      break;
    case LIE_CONNECTIONS_HUGE_NULL:
      set_array(list, last, 0, MAXDWORD);
      break;
    case LIE_COUNT_LARGE:
      *count = (ULONG)(given / list->size + 1);
      break;
    case LIE_COUNT_HUGE_NULL:
      *count = MAXDWORD;
      for (ULONG k = 0; list->hasNames && k < ARRAYSIZE(list->names); k++) set_pointer(buffer + list->names[k], 0);
      set_array(list, buffer, 0, 0);
      break;
    case LIE_UNTERMINATED:
      if (!reply->lastTerminator) return FALSE;
      memset(buffer + reply->lastTerminator, 'x', given - reply->lastTerminator);
      break;
    case LIE_SIZE_LARGE:
      *bufferSize = given > MAXDWORD - 64 ? MAXDWORD : given + 64;
      break;
    case LIE_NONE:
    case LIE_NEVER_SATISFIED:
      break;
  }
  return TRUE;
}
