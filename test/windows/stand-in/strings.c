#include "strings.h"

#include <stdlib.h>
#include <wchar.h>

/* Each string ends with NUL, the list with one more; without a string there are two. */
static WCHAR *make_list(const Scenario *scenario, ULONG count, StringOf *string, size_t *units) {
  size_t longest = wcslen(scenario->name) + 100;
  WCHAR *list = calloc((size_t)count + 1, longest * sizeof(WCHAR));
  if (!list) return NULL;
  WCHAR *end = list;
  for (ULONG k = 0; k < count; k++) {
    string(scenario, k, end, longest);
    end += wcslen(end) + 1;
  }
  *end = 0;
  *units = count ? (size_t)(end - list) + 1 : 2;
  return list;
}

ISDSC_STATUS strings_answer(const Scenario *scenario, Form charset, ULONG count, StringOf *string, const Room *room) {
  size_t units = 0;
  WCHAR *list = make_list(scenario, count, string, &units);
  Reply reply = {.charset = charset, .isStrings = TRUE, .bytes = list ? malloc(units * 4) : NULL};
  if (reply.bytes) reply.used = (ULONG)text_write(scenario, charset, list, units, reply.bytes, units * 4);
  ISDSC_STATUS status = reply.used ? room_fill(scenario, &reply, room) : STATUS_BAD_SCENARIO;
  free(list);
  reply_free(&reply);
  return status;
}
