#include "examples.h"
#include "mapping.h"
#include "room.h"
#include "strings.h"

#include <string.h>

enum {
  CLASS_PROTOCOL_TYPE,
  CLASS_TARGET_ALIAS,
  CLASS_DISCOVERY_MECHANISMS,
  CLASS_PORTAL_GROUPS,
  CLASS_PERSISTENT_TARGET_MAPPINGS,
  CLASS_INITIATOR_NAME,
  CLASS_TARGET_FLAGS,
  CLASS_LOGIN_OPTIONS,
};

/* One line for each portal that tells of the target, with a blank at its end. */
static void mechanism(const Scenario *scenario, ULONG k, WCHAR *into, size_t units) {
  const ExamplePortal portal = example_portal(scenario, k);
  WCHAR instance[32];
  text_format(instance, ARRAYSIZE(instance), INITIATOR_INSTANCE, k % 2 ? k : 0);
  text_format(into, units, L"SendTargets:*%ls %07u %ls ", portal.address, (unsigned)portal.socket, instance);
}

static void add_number(Draft *draft, ULONG number) {
  ULONG *into = draft_reserve(draft, sizeof number);
  if (into) *into = number;
  draft_add(draft, 0, 0, sizeof number);
}

static void add_text(Draft *draft, const WCHAR *text) {
  size_t units = wcslen(text) + 1, room = units * 4;
  void *into = draft_reserve(draft, room);
  size_t length = into ? text_write(draft->scenario, draft->charset, text, units, into, room) : 0;
  draft_add(draft, 0, 0, length);
  draft_mark_characters(draft, 0, 0, length / text_unit(draft->charset));
}

/* From one group to the next, by the sizes of the structs, or as Microsoft's iscsicli counts. */
static size_t stride(const Scenario *scenario, ULONG portals, size_t groupSize, size_t portalSize) {
  size_t size = sizeof(ULONG) + portals * portalSize;
  if (scenario->now.sampleStride && portals) size = groupSize + (portals - 1) * portalSize;
  return (size + 3) & ~(size_t)3;
}

/* A number of groups, and behind it the groups, of 1, 2, 3 and no portals in turn. */
static void add_groups(Draft *draft) {
  BOOL isWide = draft->charset == WIDE;
  size_t groupSize = isWide ? sizeof(ISCSI_TARGET_PORTAL_GROUPW) : sizeof(ISCSI_TARGET_PORTAL_GROUPA);
  size_t portalSize = isWide ? sizeof(ISCSI_TARGET_PORTALW) : sizeof(ISCSI_TARGET_PORTALA);
  ULONG groups = draft->scenario->now.groups;
  size_t length = sizeof groups;
  for (ULONG g = 0; g < groups; g++) length += stride(draft->scenario, (g + 1) % 4, groupSize, portalSize);
  if (!draft_reserve(draft, length)) return;
  draft_add(draft, 0, 0, length);
  memcpy(draft_at(draft, 0, 0), &groups, sizeof groups);
  size_t at = sizeof groups;
  for (ULONG g = 0; g < groups; g++) {
    ULONG portals = (g + 1) % 4;
    memcpy(draft_at(draft, 0, at), &portals, sizeof portals);
    for (ULONG p = 0; p < portals; p++) {
      example_write_portal(draft, 0, at + sizeof portals + p * portalSize, g * 4 + p);
    }
    if (portals) draft_mark_count(draft, 0, at);
    at += stride(draft->scenario, portals, groupSize, portalSize);
  }
}

static void add_mapping(Draft *draft, ULONG i) {
  Mapping mapping;
  BOOL isThere = example_mapping(draft->scenario, i, &mapping, draft->text, draft->textLength);
  size_t size = i != MAXDWORD && isThere ? mapping_size(draft) : 0;
  if (!draft_reserve(draft, size)) return;
  draft_add(draft, 0, 0, size);
  if (size) mapping_write(draft, 0, 0, &mapping);
}

static void add_login_options(Draft *draft, ULONG i) {
  size_t size = i == MAXDWORD ? 0 : sizeof(ISCSI_LOGIN_OPTIONS);
  if (!draft_reserve(draft, size)) return;
  draft_add(draft, 0, 0, size);
  if (size) example_login_options(draft, 0, 0, i);
}

static BOOL add(Draft *draft, ULONG class) {
  ULONG stored = draft->scenario->now.stored;
  if (draft->scenario->now.empty) {
    draft_reserve(draft, 0);
    draft_add(draft, 0, 0, 0);
    return TRUE;
  }
  switch (class) {
    case CLASS_PROTOCOL_TYPE:
      add_number(draft, 0);
      return TRUE;
    case CLASS_TARGET_ALIAS:
      add_text(draft, draft->scenario->name);
      return TRUE;
    case CLASS_PORTAL_GROUPS:
      add_groups(draft);
      return TRUE;
    case CLASS_PERSISTENT_TARGET_MAPPINGS:
      add_mapping(draft, stored);
      return TRUE;
    case CLASS_INITIATOR_NAME:
      text_format(draft->text, draft->textLength, INITIATOR_INSTANCE, 0ul);
      add_text(draft, draft->text);
      return TRUE;
    case CLASS_TARGET_FLAGS:
      add_number(draft, stored == MAXDWORD ? 0 : example_target_flags(stored));
      return TRUE;
    case CLASS_LOGIN_OPTIONS:
      add_login_options(draft, stored);
      return TRUE;
  }
  return FALSE;
}

static ISDSC_STATUS answer(const Scenario *scenario, Form charset, ULONG class, const Room *room) {
  if (class == CLASS_DISCOVERY_MECHANISMS && !scenario->now.empty) {
    return strings_answer(scenario, charset, scenario->now.portals, mechanism, room);
  }
  Reply reply = {.charset = charset, .count = 1};
  Draft draft;
  BOOL isKnown = draft_begin(&draft, scenario, charset) && add(&draft, class);
  BOOL isMade = isKnown && draft_finish(&draft, &reply, (ULONG_PTR)room->buffer & 1);
  ISDSC_STATUS status = isMade ? room_fill(scenario, &reply, room) : STATUS_BAD_SCENARIO;
  draft_free(&draft);
  reply_free(&reply);
  return isKnown ? status : ERROR_INVALID_PARAMETER;
}

#define INFORMATION_ANSWER(export, charset)                                                       \
  ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments) {                       \
    const export##_Arguments *given = arguments;                                                  \
    const Room room = {.size = given->BufferSize, .unit = 1, .buffer = given->Buffer};            \
    return answer(scenario, charset, given->InfoClass, &room);                                    \
  }

INFORMATION_ANSWER(GetIScsiTargetInformationA, ANSI)
INFORMATION_ANSWER(GetIScsiTargetInformationW, WIDE)
