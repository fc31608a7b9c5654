/* Included by send_target_portals.c once for each form: FORM(name) is nameA or nameW, CHARSET is ANSI or WIDE. */

#define PUT(text, member) text_write_array(draft->scenario, CHARSET, text, member, ARRAYSIZE(member))

/* The structs begin with the same members. */
static void FORM(write)(Draft *draft, ULONG i, FORM(ISCSI_TARGET_PORTAL_INFO) *info) {
  ExamplePortal portal = example_portal(draft->scenario, i);
  example_instance(i, draft->text, draft->textLength);
  PUT(draft->text, info->InitiatorName);
  info->InitiatorPortNumber = example_port_number(i);
  PUT(portal.symbolicName, info->SymbolicName);
  PUT(portal.address, info->Address);
  info->Socket = portal.socket;
}

static void FORM(add)(Draft *draft, ULONG i, size_t at) {
  FORM(write)(draft, i, draft_at(draft, 0, at));
  draft_mark_characters(draft, 0, at + offsetof(FORM(ISCSI_TARGET_PORTAL_INFO), Address),
                        MAX_ISCSI_PORTAL_ADDRESS_LEN);
}

static void FORM(add_ex)(Draft *draft, ULONG i, size_t at) {
  FORM(add)(draft, i, at);
  FORM(PISCSI_TARGET_PORTAL_INFO_EX) info = draft_at(draft, 0, at);
  info->SecurityFlags = example_security_flags(i);
  example_login_options(draft, 0, at + offsetof(FORM(ISCSI_TARGET_PORTAL_INFO_EX), LoginOptions), i);
}

#define SAME(member)                                                    \
  _Static_assert(offsetof(FORM(ISCSI_TARGET_PORTAL_INFO), member) ==    \
                     offsetof(FORM(ISCSI_TARGET_PORTAL_INFO_EX), member), \
                 #member)
SAME(InitiatorName);
SAME(InitiatorPortNumber);
SAME(SymbolicName);
SAME(Address);
SAME(Socket);
#undef SAME

static const List FORM(list) = {
    .charset = CHARSET,
    .size = sizeof(FORM(ISCSI_TARGET_PORTAL_INFO)),
    .number = offsetof(Numbers, portals),
    .add = FORM(add),
};
static const List FORM(list_ex) = {
    .charset = CHARSET,
    .size = sizeof(FORM(ISCSI_TARGET_PORTAL_INFO_EX)),
    .number = offsetof(Numbers, portals),
    .add = FORM(add_ex),
};

ELEMENTS_ANSWER(FORM(ReportIScsiSendTargetPortals), FORM(list), PortalCount, PortalInfo)
LIST_ANSWER(FORM(ReportIScsiSendTargetPortalsEx), FORM(list_ex), PortalInfoSize, PortalCount, PortalInfo)

#undef PUT
