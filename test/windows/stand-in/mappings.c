#include <string.h>

#include "draft.h"
#include "ids.h"
#include "room.h"

/* Where the A and W structs differ. */
typedef struct {
  size_t initiatorName, targetName, osDeviceName, sessionId, osBusNumber, osTargetNumber, lunCount, lunList;
} Layout;

#define LAYOUT(type)                                                                                                  \
  {                                                                                                                   \
    offsetof(type, InitiatorName), offsetof(type, TargetName), offsetof(type, OSDeviceName),                          \
        offsetof(type, SessionId), offsetof(type, OSBusNumber), offsetof(type, OSTargetNumber),                       \
        offsetof(type, LUNCount), offsetof(type, LUNList)                                                             \
  }

static const Layout layouts[] = {[ANSI] = LAYOUT(ISCSI_TARGET_MAPPINGA), [WIDE] = LAYOUT(ISCSI_TARGET_MAPPINGW)};

static void add_luns(Draft *draft, size_t field) {
  ULONG count = draft->scenario->now.devices;
  SCSI_LUN_LIST *luns = draft_reserve(draft, count * sizeof(SCSI_LUN_LIST));
  if (!luns || !count) return;
  for (ULONG d = 0; d < count; d++) luns[d] = (SCSI_LUN_LIST){.OSLUN = d, .TargetLUN = (ULONGLONG)d << 8};
  draft_add(draft, 0, field, count * sizeof(SCSI_LUN_LIST));
}

static void add(Draft *draft, ULONG i, size_t at) {
  const Layout *layout = &layouts[draft->charset];
  BYTE *mapping = draft->data + at;
  ISCSI_UNIQUE_SESSION_ID id = session_id(i);
  memcpy(mapping + layout->sessionId, &id, sizeof id);
  memcpy(mapping + layout->osTargetNumber, &i, sizeof i);
  memcpy(mapping + layout->lunCount, &draft->scenario->now.devices, sizeof(ULONG));

  text_format(draft->text, draft->textLength, INITIATOR_INSTANCE, 0ul);
  text_write_array(draft->scenario, draft->charset, draft->text, mapping + layout->initiatorName,
                   MAX_ISCSI_HBANAME_LEN);
  text_target_name(draft->scenario, i, draft->text, draft->textLength);
  text_write_array(draft->scenario, draft->charset, draft->text, mapping + layout->targetName,
                   MAX_ISCSI_NAME_LEN + 1);
  text_write_array(draft->scenario, draft->charset, L"\\\\.\\Scsi3:", mapping + layout->osDeviceName, MAX_PATH);
  draft_mark_array(draft, 0, at + layout->lunList, at + layout->lunCount, sizeof(SCSI_LUN_LIST));
  add_luns(draft, at + layout->lunList);
}

#define LIST(theCharset, type) \
  { .charset = theCharset, .size = sizeof(type), .number = offsetof(Numbers, sessions), .add = add }

static const List ansi = LIST(ANSI, ISCSI_TARGET_MAPPINGA), wide = LIST(WIDE, ISCSI_TARGET_MAPPINGW);

LIST_ANSWER(ReportActiveIScsiTargetMappingsA, ansi, BufferSize, MappingCount, Mappings)
LIST_ANSWER(ReportActiveIScsiTargetMappingsW, wide, BufferSize, MappingCount, Mappings)
