/* Included by persistent_logins.c once for each form: FORM(name) is nameA or nameW, CHARSET is ANSI or WIDE. */

#define FIELD(member) (at + offsetof(FORM(PERSISTENT_ISCSI_LOGIN_INFO), member))

static void FORM(add)(Draft *draft, ULONG i, size_t at) {
  FORM(PPERSISTENT_ISCSI_LOGIN_INFO) login = draft_at(draft, 0, at);
  text_target_name(draft->scenario, i, draft->text, draft->textLength);
  text_write_array(draft->scenario, CHARSET, draft->text, login->TargetName, ARRAYSIZE(login->TargetName));
  /* Any number but 0 is true. */
  login->IsInformationalSession = i % 2 ? (i % 4 == 3 ? 255 : 1) : 0;
  example_instance(i, draft->text, draft->textLength);
  text_write_array(draft->scenario, CHARSET, draft->text, login->InitiatorInstance,
                   ARRAYSIZE(login->InitiatorInstance));
  login->InitiatorPortNumber = example_port_number(i);
  login->SecurityFlags = example_security_flags(i);
  add_portal(draft, FIELD(TargetPortal), FIELD(TargetPortal.Address), i);
  add_mapping(draft, FIELD(Mappings), i);
  example_login_options(draft, 0, FIELD(LoginOptions), i);
}

static const List FORM(list) = {
    .charset = CHARSET,
    .size = sizeof(FORM(PERSISTENT_ISCSI_LOGIN_INFO)),
    .number = offsetof(Numbers, logins),
    .add = FORM(add),
};

LIST_ANSWER(FORM(ReportIScsiPersistentLogins), FORM(list), BufferSizeInBytes, Count, PersistentLoginInfo)

#undef FIELD
