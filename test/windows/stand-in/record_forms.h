/* Included by record.c once for each form: FORM(name) is nameA or nameW, CHARSET is ANSI or WIDE. */

#define MEMBER(struct, member) CHARACTERS(CHARSET, struct, member)

static void FORM(put_portal)(Record *record, const FORM(ISCSI_TARGET_PORTAL) *portal) {
  begin(record, "{");
  MEMBER(*portal, SymbolicName);
  MEMBER(*portal, Address);
  NUMBER(*portal, Socket);
  end(record, "}");
}

/* Behind its first portal lie the others. */
static void FORM(put_group)(Record *record, ULONG count, const BYTE *portals) {
  begin(record, "{");
  key(record, "Count");
  put_number(record, "%llu", count);
  key(record, "Portals");
  begin(record, "[");
  for (ULONG i = 0; i < count && !record->isCut; i++) {
    FORM(ISCSI_TARGET_PORTAL) portal;
    memcpy(&portal, portals + i * sizeof portal, sizeof portal);
    separate(record);
    FORM(put_portal)(record, &portal);
  }
  end(record, "]");
  end(record, "}");
}

static void FORM(put_mapping)(Record *record, const FORM(ISCSI_TARGET_MAPPING) *mapping) {
  begin(record, "{");
  MEMBER(*mapping, InitiatorName);
  MEMBER(*mapping, TargetName);
  MEMBER(*mapping, OSDeviceName);
  key(record, "SessionId");
  put_id(record, &mapping->SessionId);
  NUMBER(*mapping, OSBusNumber);
  NUMBER(*mapping, OSTargetNumber);
  NUMBER(*mapping, LUNCount);
  key(record, "LUNList");
  put_luns(record, (const BYTE *)mapping->LUNList, mapping->LUNCount);
  end(record, "}");
}

RECORDER(FORM(record_PISCSI_TARGET_PORTAL), FORM(ISCSI_TARGET_PORTAL), FORM(put_portal)(record, &it))
RECORDER(FORM(record_PISCSI_TARGET_MAPPING), FORM(ISCSI_TARGET_MAPPING), FORM(put_mapping)(record, &it))
RECORDER(FORM(record_PISCSI_TARGET_PORTAL_GROUP), ULONG,
        FORM(put_group)(record, it, (const BYTE *)given + offsetof(FORM(ISCSI_TARGET_PORTAL_GROUP), Portals)))

#undef MEMBER
