#include "reply.h"

#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "scenario.h"

static BOOL make(Reply *reply, const Scenario *scenario, const List *list) {
  Draft draft;
  BOOL made = draft_begin(&draft, scenario, list->charset);
  if (made && draft_reserve(&draft, reply->count * list->size)) {
    draft_add(&draft, 0, 0, reply->count * list->size);
    for (ULONG i = 0; i < reply->count && !draft.failed; i++) list->add(&draft, i, i * list->size);
  }
  made = made && draft_finish(&draft, reply, reply->oddBase);
  draft_free(&draft);
  return made;
}

const Reply *reply_prepare(Reply *reply, Scenario *scenario, const List *list, const void *buffer) {
  const Numbers *numbers = &scenario->now;
  BOOL oddBase = (ULONG_PTR)buffer & 1;
  BOOL isMade = reply->bytes && reply->oddBase == oddBase && !memcmp(&reply->numbers, numbers, sizeof *numbers);
  if (isMade) return reply;
  reply_free(reply);
  ULONG count;
  memcpy(&count, (const BYTE *)numbers + list->number, sizeof count);
  *reply = (Reply){
      .count = count, .structSize = list->size, .charset = list->charset, .numbers = *numbers, .oddBase = oddBase};
  if (make(reply, scenario, list)) return reply;
  reply_free(reply);
  return NULL;
}

void reply_write(const Reply *reply, BYTE *buffer) {
  memcpy(buffer, reply->bytes, reply->used);
  for (ULONG k = 0; k < reply->pointerCount; k++) {
    ULONG_PTR pointer;
    memcpy(&pointer, buffer + reply->pointers[k], sizeof pointer);
    pointer += (ULONG_PTR)buffer;
    memcpy(buffer + reply->pointers[k], &pointer, sizeof pointer);
  }
}

void reply_free(Reply *reply) {
  free(reply->bytes);
  free(reply->pointers);
  memset(reply, 0, sizeof *reply);
}
