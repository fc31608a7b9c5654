#include <stdio.h>
#include <stdlib.h>

#include "abi.h"

/* The same work as the package, as a C program would do it: the list, copied out of the buffer with UTF-8 strings. */

typedef ISDSC_STATUS(__stdcall *GetSessionList)(ULONG *, ULONG *, PISCSI_SESSION_INFOW);

typedef struct {
  ISCSI_UNIQUE_CONNECTION_ID id;
  char *initiatorAddress;
  char *targetAddress;
  USHORT initiatorSocket;
  USHORT targetSocket;
  UCHAR cid[2];
} Connection;

typedef struct {
  ISCSI_UNIQUE_SESSION_ID id;
  char *initiatorName;
  char *targetNodeName;
  char *targetName;
  UCHAR isid[6];
  UCHAR tsid[2];
  ULONG connectionCount;
  Connection *connections;
} Session;

static void fail(const char *what, ULONG code) {
  fprintf(stderr, "bench: %s failed: 0x%lX\n", what, code);
  exit(1);
}

static void *allocate(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory) fail("malloc", (ULONG)size);
  return memory;
}

/* UTF-8 takes at most three bytes for a UTF-16 unit: one pass, no asking for the length. */
static char *copy_text(const WCHAR *text) {
  if (!text) return NULL;
  int units = (int)wcslen(text) + 1;
  char *copy = allocate((size_t)units * 3);
  if (!WideCharToMultiByte(CP_UTF8, 0, text, units, copy, units * 3, NULL, NULL)) fail("UTF-8", GetLastError());
  return copy;
}

static void copy_connection(const ISCSI_CONNECTION_INFOW *from, Connection *to) {
  to->id = from->ConnectionId;
  to->initiatorAddress = copy_text(from->InitiatorAddress);
  to->targetAddress = copy_text(from->TargetAddress);
  to->initiatorSocket = from->InitiatorSocket;
  to->targetSocket = from->TargetSocket;
  memcpy(to->cid, from->CID, sizeof to->cid);
}

static void copy_session(const ISCSI_SESSION_INFOW *from, Session *to) {
  to->id = from->SessionId;
  to->initiatorName = copy_text(from->InitiatorName);
  to->targetNodeName = copy_text(from->TargetNodeName);
  to->targetName = copy_text(from->TargetName);
  memcpy(to->isid, from->ISID, sizeof to->isid);
  memcpy(to->tsid, from->TSID, sizeof to->tsid);
  to->connectionCount = from->ConnectionCount;
  to->connections = allocate(from->ConnectionCount * sizeof(Connection));
  for (ULONG j = 0; j < from->ConnectionCount; j++) copy_connection(&from->Connections[j], &to->connections[j]);
}

static void free_sessions(Session *sessions, ULONG count) {
  for (ULONG i = 0; i < count; i++) {
    for (ULONG j = 0; j < sessions[i].connectionCount; j++) {
      free(sessions[i].connections[j].initiatorAddress);
      free(sessions[i].connections[j].targetAddress);
    }
    free(sessions[i].connections);
    free(sessions[i].initiatorName);
    free(sessions[i].targetNodeName);
    free(sessions[i].targetName);
  }
  free(sessions);
}

static Session *list_sessions(GetSessionList get, ULONG *count) {
  static BYTE *buffer;
  static ULONG size = 32768;
  if (!buffer) buffer = allocate(size);
  for (;;) {
    ULONG used = size;
    ISDSC_STATUS status = get(&used, count, (PISCSI_SESSION_INFOW)buffer);
    if (!status) break;
    if (status != ERROR_INSUFFICIENT_BUFFER) fail("GetIScsiSessionListW", status);
    size = used > size ? used : size * 2;
    free(buffer);
    buffer = allocate(size);
  }
  const ISCSI_SESSION_INFOW *infos = (const ISCSI_SESSION_INFOW *)buffer;
  Session *sessions = allocate(*count * sizeof(Session));
  for (ULONG i = 0; i < *count; i++) copy_session(&infos[i], &sessions[i]);
  return sessions;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  ULONG rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
  if (!rounds) fail("reading ROUNDS", 0);
  HMODULE dll = LoadLibraryExW(L"iscsidsc.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (!dll) fail("LoadLibraryExW", GetLastError());
  GetSessionList get = (GetSessionList)(void *)GetProcAddress(dll, "GetIScsiSessionListW");
  if (!get) fail("GetProcAddress", GetLastError());

  double *times = allocate(rounds * sizeof(double));
  LARGE_INTEGER frequency, start, end;
  QueryPerformanceFrequency(&frequency);
  ULONG count = 0;
  for (ULONG round = 0; round < rounds; round++) {
    QueryPerformanceCounter(&start);
    Session *sessions = list_sessions(get, &count);
    free_sessions(sessions, count);
    QueryPerformanceCounter(&end);
    times[round] = (double)(end.QuadPart - start.QuadPart) * 1e6 / (double)frequency.QuadPart;
  }
  qsort(times, rounds, sizeof(double), ascending);
  printf("{\"sessions\":%lu,\"rounds\":%lu,\"medianMicroseconds\":%.3f,\"fastestMicroseconds\":%.3f}\n", count, rounds,
         times[rounds / 2], times[0]);
  return 0;
}
