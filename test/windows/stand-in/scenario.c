#include "scenario.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "record.h"

#define VARIABLE L"ISCSIDSC_STANDIN"
#define LONGEST 32768

typedef struct Key {
  const WCHAR *name;
  size_t member;
  ULONG largest;
} Key;

#define KEY(member, largest) {L"" #member, offsetof(Numbers, member), largest}

static const Key keys[] = {
    KEY(sessions, 1000000),   KEY(connections, 65535),    KEY(devices, 65535),     KEY(initiators, 10000),
    KEY(portals, 10000),      KEY(targets, 10000),        KEY(targetPortals, 10000), KEY(logins, 10000),
    KEY(groups, 10000),       KEY(sampleStride, 1),       KEY(stored, 10000),      KEY(empty, 1),
    KEY(emptyNeedsNothing, 1), KEY(isnsServers, 10000),   KEY(radiusServers, 10000), KEY(boundDevices, 20),
    KEY(luns, 255),           KEY(scsiStatus, 255),       KEY(sense, 0xFFFFFF),
    KEY(slack, MAXDWORD),     KEY(askExactly, MAXDWORD),  KEY(reportSlack, MAXDWORD), KEY(status, MAXDWORD),
    KEY(delay, 3600000),      KEY(codePage, 65535),       KEY(insufficient, MAXDWORD), KEY(refuseAbove, MAXDWORD),
    KEY(odd, 1),              KEY(backwards, 1),          KEY(fault, 0),
};

static const Numbers defaults = {
    .sessions = 2,
    .connections = 1,
    .devices = 1,
    .initiators = 1,
    .portals = 1,
    .targets = 2,
    .targetPortals = 1,
    .logins = 1,
    .isnsServers = 1,
    .radiusServers = 1,
    .boundDevices = 1,
    .luns = 2,
    .groups = 1,
    .stored = MAXDWORD,
    .insufficient = ERROR_INSUFFICIENT_BUFFER,
    .refuseAbove = MAXDWORD,
    .codePage = CP_ACP,
};

static const WCHAR *const members[] = {L"InitiatorName", L"TargetNodeName", L"TargetName", L"InitiatorAddress",
                                       L"TargetAddress"};

static BOOL parse_digits(const WCHAR *text, size_t length, ULONG base, ULONG largest, ULONG *value) {
  ULONGLONG sum = 0;
  if (length == 0) return FALSE;
  for (size_t i = 0; i < length; i++) {
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

static BOOL parse_number(const WCHAR *text, size_t length, ULONG largest, ULONG *value) {
  BOOL hexadecimal = length > 2 && text[0] == L'0' && text[1] == L'x';
  return hexadecimal ? parse_digits(text + 2, length - 2, 16, largest, value)
                     : parse_digits(text, length, 10, largest, value);
}

static BOOL parse_value(const Key *key, const WCHAR *text, size_t length, ULONG *value) {
  if (key->member == offsetof(Numbers, fault)) return find_fault(text, length, value);
  return parse_number(text, length, key->largest, value);
}

/* VALUE or VALUE*TIMES, ...: one for each call, counted from 0. The last one stays. */
static BOOL value_at(const Setting *setting, ULONG call, ULONG *value) {
  for (const WCHAR *text = setting->values;; text++) {
    size_t length = wcscspn(text, L",*");
    ULONG times = 1;
    if (!parse_value(setting->key, text, length, value)) return FALSE;
    text += length;
    if (*text == L'*') {
      length = wcscspn(++text, L",");
      if (!parse_number(text, length, MAXDWORD - 1, &times)) return FALSE;
      text += length;
    }
    if (call < times || !*text) return TRUE;
    call -= times;
  }
}

Numbers scenario_next(Scenario *scenario, Export export) {
  Numbers numbers = defaults;
  ULONG call = scenario->calls[export]++;
  for (ULONG i = 0; i < scenario->settingCount; i++) {
    const Setting *setting = &scenario->settings[i];
    ULONG value;
    if (setting->export != EXPORTS && setting->export != (ULONG)export) continue;
    value_at(setting, call, &value);
    memcpy((BYTE *)&numbers + setting->key->member, &value, sizeof value);
    if (setting->key->member == offsetof(Numbers, askExactly)) numbers.asksExactly = TRUE;
  }
  return numbers;
}

/* [EXPORT.]KEY: that of one export comes after that of all. */
static BOOL parse_setting(const WCHAR *name, const WCHAR *values, Scenario *scenario) {
  const WCHAR *dot = wcschr(name, L'.');
  Setting setting = {.values = values, .export = EXPORTS};
  for (ULONG i = 0; dot && i < EXPORTS; i++) {
    size_t length = (size_t)(dot - name);
    if (wcslen(exports[i].wideName) == length && !wcsncmp(exports[i].wideName, name, length)) setting.export = i;
  }
  if (dot && setting.export == EXPORTS) return FALSE;
  for (ULONG i = 0; i < ARRAYSIZE(keys); i++) {
    if (!wcscmp(dot ? dot + 1 : name, keys[i].name)) setting.key = &keys[i];
  }
  ULONG value;
  if (!setting.key || !value_at(&setting, MAXDWORD, &value) || scenario->settingCount == MOST_SETTINGS) return FALSE;
  scenario->settings[scenario->settingCount++] = setting;
  return TRUE;
}

/* \uXXXX stands for one UTF-16 unit: an environment variable set by Node cannot hold a lone surrogate. */
static BOOL parse_name(WCHAR *text, Scenario *scenario) {
  WCHAR *out = text;
  scenario->name = text;
  while (*text) {
    if (*text != L'\\') {
      *out++ = *text++;
      continue;
    }
    ULONG unit;
    if (text[1] != L'u' || wcsnlen(text, 6) < 6 || !parse_digits(text + 2, 4, 16, 0xFFFF, &unit) || !unit) return FALSE;
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
  if (!wcscmp(key, L"name")) return parse_name(value, scenario);
  if (!wcscmp(key, L"nulls")) return parse_nulls(value, scenario);
  if (wcscmp(key, L"log")) return parse_setting(key, value, scenario);
  return !scenario->log && (scenario->log = log_open(value));
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
  static WCHAR disk[] = L"disk";
  Scenario *scenario = calloc(1, sizeof *scenario);
  if (!scenario || !(scenario->text = _wcsdup(text))) abort();
  scenario->name = disk;
  scenario->users = 1;
  scenario->good = parse(scenario->text, scenario);
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
  }
  current->users++;
  return current;
}

void scenario_leave(Scenario *scenario) {
  if (--scenario->users) return;
  for (ULONG export = 0; export < EXPORTS; export++) reply_free(&scenario->replies[export]);
  if (scenario->log) log_close(scenario->log);
  free(scenario->text);
  free(scenario);
}
