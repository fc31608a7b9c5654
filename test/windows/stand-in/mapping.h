#ifndef MAPPING_H
#define MAPPING_H

#include "draft.h"

/* What a mapping says. Names are NULL where they are empty. */
typedef struct {
  const WCHAR *initiatorName, *targetName, *osDeviceName;
  ISCSI_UNIQUE_SESSION_ID sessionId;
  ULONG osBusNumber, osTargetNumber;
  ULONG lunCount;
  /* The number of the mapping, and its LUN l. */
  ULONG number;
  SCSI_LUN_LIST (*lun)(ULONG number, ULONG l);
} Mapping;

/* Of the draft's charset. */
size_t mapping_size(const Draft *draft);

/* Writes it as a struct at `field` of a piece, and adds its LUNs. */
void mapping_write(Draft *draft, size_t owner, size_t field, const Mapping *mapping);

/* Mapping i of those that are stored with targets and logins: none for an even number. FALSE: there is none. */
BOOL example_mapping(const struct Scenario *scenario, ULONG i, Mapping *mapping, WCHAR *text, size_t units);

#endif
