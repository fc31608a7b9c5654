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
    size_t at = 0;
    for (ULONG i = 0; i < reply->ever && !draft.failed; i++) {
      if (!sessions_have(scenario, i)) continue;
      list->add(&draft, i, at);
      at += list->size;
    }
  }
  made = made && draft_finish(&draft, reply, reply->oddBase);
  draft_free(&draft);
  return made;
}

const Reply *reply_prepare(Reply *reply, Scenario *scenario, const List *list, const void *buffer) {
  ULONG ever = (ULONG)sessions_ever(scenario);
  ULONG loggedOut = scenario->logouts.count;
  BOOL oddBase = (ULONG_PTR)buffer & 1;
  if (reply->bytes && reply->ever == ever && reply->loggedOut == loggedOut && reply->oddBase == oddBase) return reply;
  reply_free(reply);
  *reply = (Reply){.count = ever - loggedOut, .ever = ever, .loggedOut = loggedOut, .oddBase = oddBase};
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
