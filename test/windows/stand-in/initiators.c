#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "size.h"

#define NAME_UNITS 32

/* Each name ends with NUL, the list with one more; without a name there are two. */
static WCHAR *make_list(ULONG count, size_t *units) {
  WCHAR *list = calloc((size_t)count + 1, NAME_UNITS * sizeof(WCHAR));
  if (!list) return NULL;
  WCHAR *end = list;
  for (ULONG k = 0; k < count; k++) {
    text_format(end, NAME_UNITS, INITIATOR_INSTANCE, k);
    end += wcslen(end) + 1;
  }
  *end = 0;
  *units = count ? (size_t)(end - list) + 1 : 2;
  return list;
}

/* The bytes of the list as the caller gets it; NULL when it cannot be made. */
static BYTE *make_reply(const Scenario *scenario, Form charset, size_t *length) {
  size_t units = 0;
  WCHAR *list = make_list(scenario->now.initiators, &units);
  BYTE *bytes = list ? malloc(units * 4) : NULL;
  *length = bytes ? text_write(scenario, charset, list, units, bytes, units * 4) : 0;
  free(list);
  if (*length) return bytes;
  free(bytes);
  return NULL;
}

static ISDSC_STATUS answer(const Scenario *scenario, Form charset, ULONG *size, BYTE *buffer) {
  if (!size) return ERROR_INVALID_PARAMETER;
  ULONG given = *size;
  size_t unit = text_unit(charset);
  if (size_is_refused(scenario, (ULONGLONG)given * unit, buffer)) return ERROR_NOACCESS;

  size_t length;
  BYTE *reply = make_reply(scenario, charset, &length);
  if (!reply) return STATUS_BAD_SCENARIO;
  ULONG used = (ULONG)(length / unit);
  BOOL isShort = size_is_short(scenario, used, given);
  if (!isShort) memcpy(buffer, reply, length);
  free(reply);
  if (isShort) return size_ask(scenario, used, size);

  text_fill(charset, 'z', buffer + length, given - used);
  if (scenario->now.fault == FAULT_UNTERMINATED) text_fill(charset, 'x', buffer, given);
  size_report(scenario, used, size);
  if (scenario->now.fault == FAULT_SIZE_LARGE) *size = size_add(given, 64);
  return ERROR_SUCCESS;
}

ISDSC_STATUS answer_ReportIScsiInitiatorListA(Scenario *scenario, const void *arguments) {
  const ReportIScsiInitiatorListA_Arguments *given = arguments;
  return answer(scenario, ANSI, given->BufferSize, (BYTE *)given->Buffer);
}

ISDSC_STATUS answer_ReportIScsiInitiatorListW(Scenario *scenario, const void *arguments) {
  const ReportIScsiInitiatorListW_Arguments *given = arguments;
  return answer(scenario, WIDE, given->BufferSize, (BYTE *)given->Buffer);
}
