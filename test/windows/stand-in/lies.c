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

static void set_connections(ISCSI_SESSION_INFOW *session, ULONG_PTR address, ULONG count) {
  session->Connections = (PISCSI_CONNECTION_INFOW)address;
  session->ConnectionCount = count;
}

BOOL tell_lie(Lie lie, const Reply *reply, BYTE *buffer, ULONG given, ULONG *bufferSize, ULONG *sessionCount) {
  if (lie == LIE_NONE) return TRUE;
  if (!reply->count) return FALSE;

  /* A copy, because the caller's buffer need not be aligned. */
  BYTE *at = buffer + (reply->count - 1) * sizeof(ISCSI_SESSION_INFOW);
  if (lie == LIE_COUNT_HUGE_NULL) at = buffer;
  ISCSI_SESSION_INFOW session;
  memcpy(&session, at, sizeof session);
  ULONG_PTR end = (ULONG_PTR)buffer + given;

  switch (lie) {
    case LIE_POINTER_LOW:
      session.TargetName = (PWCHAR)0x10;
      break;
    case LIE_POINTER_END:
      session.TargetName = (PWCHAR)end;
      break;
    case LIE_POINTER_WRAP:
      session.TargetName = (PWCHAR)(ULONG_PTR)-8;
      break;
    case LIE_POINTER_STRUCTS:
      session.TargetName = (PWCHAR)(buffer + reply->count / 2 * sizeof session);
      break;
    case LIE_CONNECTIONS_OVERRUN:
      set_connections(&session, end - sizeof(ISCSI_CONNECTION_INFOW) / 2, 1);
      break;
    case LIE_CONNECTIONS_LOW:
      set_connections(&session, 0x10, 1);
      break;
    case LIE_CONNECTIONS_COUNT:
      session.ConnectionCount = MAXDWORD;
      break;
    case LIE_CONNECTIONS_NULL:
      set_connections(&session, 0, 3);
      break;
    case LIE_CONNECTIONS_HUGE_NULL:
      set_connections(&session, 0, MAXDWORD);
      break;
    case LIE_COUNT_LARGE:
      *sessionCount = given / sizeof session + 1;
      break;
    case LIE_COUNT_HUGE_NULL:
      *sessionCount = MAXDWORD;
      session.InitiatorName = session.TargetNodeName = session.TargetName = NULL;
      set_connections(&session, 0, 0);
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
  if (lie != LIE_UNTERMINATED) memcpy(at, &session, sizeof session);
  return TRUE;
}
