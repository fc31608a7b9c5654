#include "mapping.h"

#include <string.h>

#include "ids.h"
#include "scenario.h"

/* Where the A and W structs differ. */
typedef struct {
  size_t size, initiatorName, targetName, osDeviceName, sessionId, osBusNumber, osTargetNumber, lunCount, lunList;
} Layout;

#define LAYOUT(type)                                                                                             \
  {                                                                                                              \
    sizeof(type), offsetof(type, InitiatorName), offsetof(type, TargetName), offsetof(type, OSDeviceName),       \
        offsetof(type, SessionId), offsetof(type, OSBusNumber), offsetof(type, OSTargetNumber),                  \
        offsetof(type, LUNCount), offsetof(type, LUNList)                                                        \
  }

static const Layout layouts[] = {[ANSI] = LAYOUT(ISCSI_TARGET_MAPPINGA), [WIDE] = LAYOUT(ISCSI_TARGET_MAPPINGW)};

size_t mapping_size(const Draft *draft) { return layouts[draft->charset].size; }

static void write_text(const Draft *draft, const WCHAR *text, BYTE *into, size_t characters) {
  if (text) text_write_array(draft->scenario, draft->charset, text, into, characters);
}

void mapping_write(Draft *draft, size_t owner, size_t field, const Mapping *mapping) {
  const Layout *layout = &layouts[draft->charset];
  BYTE *into = draft_at(draft, owner, field);
  write_text(draft, mapping->initiatorName, into + layout->initiatorName, MAX_ISCSI_HBANAME_LEN);
  write_text(draft, mapping->targetName, into + layout->targetName, MAX_ISCSI_NAME_LEN + 1);
  write_text(draft, mapping->osDeviceName, into + layout->osDeviceName, MAX_PATH);
  memcpy(into + layout->sessionId, &mapping->sessionId, sizeof mapping->sessionId);
  memcpy(into + layout->osBusNumber, &mapping->osBusNumber, sizeof(ULONG));
  memcpy(into + layout->osTargetNumber, &mapping->osTargetNumber, sizeof(ULONG));
  memcpy(into + layout->lunCount, &mapping->lunCount, sizeof(ULONG));
  if (!owner) draft_mark_characters(draft, owner, field + layout->osDeviceName, MAX_PATH);

  size_t length = mapping->lunCount * sizeof(SCSI_LUN_LIST);
  SCSI_LUN_LIST *luns = draft_reserve(draft, length);
  if (!luns || !length) return;
  for (ULONG l = 0; l < mapping->lunCount; l++) luns[l] = mapping->lun(mapping->number, l);
  draft_add(draft, owner, field + layout->lunList, length);
  draft_mark_array(draft, owner, field + layout->lunList, field + layout->lunCount, sizeof(SCSI_LUN_LIST));
}

static SCSI_LUN_LIST example_lun(ULONG number, ULONG l) {
  return (SCSI_LUN_LIST){.OSLUN = l + 1, .TargetLUN = (ULONGLONG)number << 48 | (ULONGLONG)(l + 1) << 8};
}

BOOL example_mapping(const Scenario *scenario, ULONG i, Mapping *mapping, WCHAR *text, size_t units) {
  BOOL isLive = i % 4 == 3;
  *mapping = (Mapping){
      .osBusNumber = i,
      .osTargetNumber = isLive ? i : MAXDWORD,
      .lunCount = i % 5,
      .number = i,
      .lun = example_lun,
  };
  if (isLive) {
    text_target_name(scenario, i, text, units);
    mapping->initiatorName = L"ROOT\\ISCSIPRT\\0000_0";
    mapping->targetName = text;
    mapping->osDeviceName = L"\\\\.\\Scsi3:";
    mapping->sessionId = session_id(i);
  }
  return i % 2;
}
