#include "scenario.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "counts.h"

#define VARIABLE L"ISCSIDSC_STANDIN"
#define LONGEST 32768

typedef struct {
  const WCHAR *key;
  size_t member;
  ULONG largest;
} Number;

static const Number numbers[] = {
    {L"sessions", offsetof(Scenario, sessions), 1000000},
    {L"connections", offsetof(Scenario, connections), 65535},
    {L"grow", offsetof(Scenario, grow), 1000000},
    {L"growTimes", offsetof(Scenario, growTimes), MAXDWORD},
    {L"slack", offsetof(Scenario, slack), MAXDWORD},
    {L"reportSlack", offsetof(Scenario, reportSlack), MAXDWORD},
    {L"askExactly", offsetof(Scenario, askExactly), MAXDWORD},
    {L"status", offsetof(Scenario, status), MAXDWORD},
    {L"insufficient", offsetof(Scenario, insufficient), MAXDWORD},
    {L"refuseAbove", offsetof(Scenario, refuseAbove), MAXDWORD},
    {L"delay", offsetof(Scenario, delay), 3600000},
    {L"codePage", offsetof(Scenario, codePage), 65535},
    {L"odd", offsetof(Scenario, odd), 1},
    {L"devices", offsetof(Scenario, devices), 65535},
    {L"devicesAfter", offsetof(Scenario, devicesAfter), 3600000},
    {L"deviceBusy", offsetof(Scenario, deviceBusy), MAXDWORD},
    {L"deviceGhosts", offsetof(Scenario, deviceGhosts), MAXDWORD},
    {L"initiators", offsetof(Scenario, initiators), 10000},
    {L"veto", offsetof(Scenario, veto), MAXDWORD},
};

static const WCHAR *const members[] = {L"InitiatorName", L"TargetNodeName", L"TargetName", L"InitiatorAddress",
                                       L"TargetAddress"};

static BOOL parse_digits(const WCHAR *text, ULONG base, ULONG length, ULONG largest, ULONG *value) {
  ULONGLONG sum = 0;
  if (length == 0) return FALSE;
  for (ULONG i = 0; i < length; i++) {
    ULONG digit = 99;
    if (text[i] >= L'0' && text[i] <= L'9') digit = text[i] - L'0';
    else if (text[i] >= L'a' && text[i] <= L'f') digit = text[i] - L'a' + 10;
    else if (text[i] >= L'A' && text[i] <= L'F') digit = text[i] - L'A' + 10;
    if (digit >= base) return FALSE;
    sum = sum * base + digit;
    if (sum > largest) return FALSE;
  }
  *value = (ULONG)sum;
  return TRUE;
}

static BOOL parse_number(const WCHAR *text, ULONG largest, ULONG *value) {
  if (text[0] == L'0' && text[1] == L'x') return parse_digits(text + 2, 16, (ULONG)wcslen(text + 2), largest, value);
  return parse_digits(text, 10, (ULONG)wcslen(text), largest, value);
}

/* \uXXXX stands for one UTF-16 unit: an environment variable set by Node cannot hold a lone surrogate. */
static BOOL parse_name(const WCHAR *text, Scenario *scenario) {
  free(scenario->name);
  scenario->name = malloc((wcslen(text) + 1) * sizeof(WCHAR));
  if (!scenario->name) return FALSE;
  WCHAR *out = scenario->name;
  while (*text) {
    if (*text != L'\\') {
      *out++ = *text++;
      continue;
    }
    ULONG unit;
    if (text[1] != L'u' || wcsnlen(text, 6) < 6 || !parse_digits(text + 2, 16, 4, 0xFFFF, &unit) || !unit) return FALSE;
    *out++ = (WCHAR)unit;
    text += 6;
  }
  *out = 0;
  return TRUE;
}

static BOOL parse_nulls(WCHAR *text, Scenario *scenario) {
  for (WCHAR *next; text; text = next) {
    next = wcschr(text, L',');
    if (next) *next++ = 0;
    ULONG i = 0;
    while (i < ARRAYSIZE(members) && wcscmp(members[i], text)) i++;
    if (i == ARRAYSIZE(members)) return FALSE;
    scenario->nulls |= 1u << i;
  }
  return TRUE;
}

static BOOL parse_pair(const WCHAR *key, WCHAR *value, Scenario *scenario) {
  if (!wcscmp(key, L"run")) return TRUE;
  if (!wcscmp(key, L"guard")) return !wcscmp(value, L"1");
  if (!wcscmp(key, L"name")) return parse_name(value, scenario);
  if (!wcscmp(key, L"nulls")) return parse_nulls(value, scenario);
  if (!wcscmp(key, L"fault")) return find_fault(value, &scenario->fault);
  if (!wcscmp(key, L"order")) return scenario->backwards = !wcscmp(value, L"backwards");
  for (ULONG i = 0; i < ARRAYSIZE(numbers); i++) {
    if (wcscmp(key, numbers[i].key)) continue;
    if (!wcscmp(key, L"askExactly")) scenario->asksExactly = TRUE;
    if (!wcscmp(key, L"status")) scenario->fails = TRUE;
    return parse_number(value, numbers[i].largest, (ULONG *)((BYTE *)scenario + numbers[i].member));
  }
  return FALSE;
}

static BOOL parse(WCHAR *text, Scenario *scenario) {
  for (WCHAR *next; text; text = next) {
    next = wcschr(text, L';');
    if (next) *next++ = 0;
    if (!*text) continue;
    WCHAR *value = wcschr(text, L'=');
    if (!value) return FALSE;
    *value++ = 0;
    if (!parse_pair(text, value, scenario)) return FALSE;
  }
  return TRUE;
}

static Scenario *create(const WCHAR *text) {
  Scenario *scenario = calloc(1, sizeof *scenario);
  WCHAR *copy = _wcsdup(text);
  if (!scenario || !copy) abort();
  scenario->sessions = 2;
  scenario->connections = 1;
  scenario->growTimes = MAXDWORD;
  scenario->insufficient = ERROR_INSUFFICIENT_BUFFER;
  scenario->refuseAbove = MAXDWORD;
  scenario->codePage = CP_ACP;
  scenario->devices = 1;
  scenario->initiators = 1;
  scenario->began = GetTickCount64();
  scenario->users = 1;
  scenario->good = parse_name(L"disk", scenario) && parse(copy, scenario);
  free(copy);
  return scenario;
}

Scenario *scenario_enter(void) {
  static WCHAR text[LONGEST];
  static WCHAR *currentText;
  static Scenario *current;

  text[0] = 0;
  GetEnvironmentVariableW(VARIABLE, text, LONGEST);
  if (!current || wcscmp(text, currentText)) {
    if (current) scenario_leave(current);
    free(currentText);
    current = create(text);
    currentText = _wcsdup(text);
    if (!currentText) abort();
    counts_reset();
  }
  current->users++;
  return current;
}

void scenario_leave(Scenario *scenario) {
  if (--scenario->users) return;
  for (ULONG kind = 0; kind < REPLY_KINDS; kind++) reply_free(&scenario->replies[kind]);
  sessions_free(scenario);
  free(scenario->name);
  free(scenario);
}
