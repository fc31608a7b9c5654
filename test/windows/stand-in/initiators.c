#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "call.h"
#include "size.h"

#define NAME_UNITS 32

typedef struct {
  Form charset;
  ULONG *size;
  BYTE *buffer;
} Arguments;

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
  WCHAR *list = make_list(scenario->initiators, &units);
  BYTE *bytes = list ? malloc(units * 4) : NULL;
  *length = bytes ? text_write(scenario, charset, list, units, bytes, units * 4) : 0;
  free(list);
  if (*length) return bytes;
  free(bytes);
  return NULL;
}

static ISDSC_STATUS answer(Scenario *scenario, void *arguments) {
  const Arguments *asked = arguments;
  if (!asked->size) return ERROR_INVALID_PARAMETER;
  ULONG given = *asked->size;
  size_t unit = text_unit(asked->charset);
  if (size_is_refused(scenario, (ULONGLONG)given * unit, asked->buffer)) return ERROR_NOACCESS;

  size_t length;
  BYTE *reply = make_reply(scenario, asked->charset, &length);
  if (!reply) return STATUS_BAD_SCENARIO;
  ULONG used = (ULONG)(length / unit);
  BOOL isShort = size_is_short(scenario, used, given);
  if (!isShort) memcpy(asked->buffer, reply, length);
  free(reply);
  if (isShort) return size_ask(scenario, used, asked->size);

  text_fill(asked->charset, 'z', asked->buffer + length, given - used);
  if (scenario->fault == FAULT_UNTERMINATED) text_fill(asked->charset, 'x', asked->buffer, given);
  size_report(scenario, used, asked->size);
  if (scenario->fault == FAULT_SIZE_LARGE) *asked->size = size_add(given, 64);
  return ERROR_SUCCESS;
}

ISDSC_STATUS __stdcall ReportIScsiInitiatorListA(ULONG *BufferSize, PCHAR Buffer) {
  return call(answer, &(Arguments){ANSI, BufferSize, (BYTE *)Buffer});
}

ISDSC_STATUS __stdcall ReportIScsiInitiatorListW(ULONG *BufferSize, PWCHAR Buffer) {
  return call(answer, &(Arguments){WIDE, BufferSize, (BYTE *)Buffer});
}
