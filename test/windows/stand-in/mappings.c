#include "ids.h"
#include "mapping.h"
#include "room.h"

static SCSI_LUN_LIST lun(ULONG number, ULONG l) {
  (void)number;
  return (SCSI_LUN_LIST){.OSLUN = l, .TargetLUN = (ULONGLONG)l << 8};
}

static void add(Draft *draft, ULONG i, size_t at) {
  WCHAR initiator[32];
  text_format(initiator, ARRAYSIZE(initiator), INITIATOR_INSTANCE, 0ul);
  text_target_name(draft->scenario, i, draft->text, draft->textLength);
  const Mapping mapping = {
      .initiatorName = initiator,
      .targetName = draft->text,
      .osDeviceName = L"\\\\.\\Scsi3:",
      .sessionId = session_id(i),
      .osTargetNumber = i,
      .lunCount = draft->scenario->now.devices,
      .lun = lun,
  };
  mapping_write(draft, 0, at, &mapping);
}

#define LIST(theCharset, type) \
  { .charset = theCharset, .size = sizeof(type), .number = offsetof(Numbers, sessions), .add = add }

static const List ansi = LIST(ANSI, ISCSI_TARGET_MAPPINGA), wide = LIST(WIDE, ISCSI_TARGET_MAPPINGW);

LIST_ANSWER(ReportActiveIScsiTargetMappingsA, ansi, BufferSize, MappingCount, Mappings)
LIST_ANSWER(ReportActiveIScsiTargetMappingsW, wide, BufferSize, MappingCount, Mappings)
