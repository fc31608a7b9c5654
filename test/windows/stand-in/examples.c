#include "examples.h"

#include <stdio.h>
#include <string.h>

#include "scenario.h"

#define SPECIFIED_HEADER_DIGEST 0x01u
#define SPECIFIED_DATA_DIGEST 0x02u
#define SPECIFIED_MAXIMUM_CONNECTIONS 0x04u
#define SPECIFIED_TIME_2_WAIT 0x08u
#define SPECIFIED_TIME_2_RETAIN 0x10u
#define SPECIFIED_USERNAME 0x20u
#define SPECIFIED_AUTH_TYPE 0x80u

void example_instance(ULONG i, WCHAR *into, size_t units) {
  if (i % 2) text_format(into, units, INITIATOR_INSTANCE, i);
  else *into = 0;
}

ULONG example_port_number(ULONG i) { return i % 2 ? i : MAXDWORD; }

ExamplePortal example_portal(const Scenario *scenario, ULONG i) {
  ExamplePortal portal = {.socket = (USHORT)(3260 + i)};
  if (i % 3 != 2) text_format(portal.symbolicName, ARRAYSIZE(portal.symbolicName), L"%ls %lu", scenario->name, i);
  if (i % 3 == 0) text_format(portal.address, ARRAYSIZE(portal.address), L"10.1.%lu.%lu", (i >> 8) & 255, i & 255);
  if (i % 3 == 1) text_format(portal.address, ARRAYSIZE(portal.address), L"fd00::%lx", i);
  if (i % 3 == 2) text_format(portal.address, ARRAYSIZE(portal.address), L"portal-%lu.example", i);
  return portal;
}

/* Where the A and W structs differ. */
static const struct {
  size_t symbolicName, address, socket;
} layouts[] = {
    [ANSI] = {offsetof(ISCSI_TARGET_PORTALA, SymbolicName), offsetof(ISCSI_TARGET_PORTALA, Address),
              offsetof(ISCSI_TARGET_PORTALA, Socket)},
    [WIDE] = {offsetof(ISCSI_TARGET_PORTALW, SymbolicName), offsetof(ISCSI_TARGET_PORTALW, Address),
              offsetof(ISCSI_TARGET_PORTALW, Socket)},
};

void example_write_portal(Draft *draft, size_t owner, size_t field, ULONG i) {
  const ExamplePortal portal = example_portal(draft->scenario, i);
  Form charset = draft->charset;
  BYTE *into = draft_at(draft, owner, field);
  text_write_array(draft->scenario, charset, portal.symbolicName, into + layouts[charset].symbolicName,
                   MAX_ISCSI_PORTAL_NAME_LEN);
  text_write_array(draft->scenario, charset, portal.address, into + layouts[charset].address,
                   MAX_ISCSI_PORTAL_ADDRESS_LEN);
  memcpy(into + layouts[charset].socket, &portal.socket, sizeof portal.socket);
  draft_mark_characters(draft, owner, field + layouts[charset].address, MAX_ISCSI_PORTAL_ADDRESS_LEN);
}

ISCSI_SECURITY_FLAGS example_security_flags(ULONG i) {
  static const ISCSI_SECURITY_FLAGS flags[] = {0, 0x7f, 0x8000000000000081, 0x3};
  return flags[i % ARRAYSIZE(flags)];
}

ISCSI_TARGET_FLAGS example_target_flags(ULONG i) {
  static const ISCSI_TARGET_FLAGS flags[] = {0, 0x6, 0x80000003, 0x4};
  return flags[i % ARRAYSIZE(flags)];
}

/* The first four differ; then each is specified alone. */
static ULONG specified(ULONG i) {
  static const ULONG first[] = {
      0,
      SPECIFIED_HEADER_DIGEST | SPECIFIED_DATA_DIGEST | SPECIFIED_MAXIMUM_CONNECTIONS | SPECIFIED_TIME_2_WAIT |
          SPECIFIED_TIME_2_RETAIN | SPECIFIED_USERNAME | SPECIFIED_AUTH_TYPE,
      SPECIFIED_USERNAME | SPECIFIED_TIME_2_RETAIN,
      SPECIFIED_USERNAME | SPECIFIED_AUTH_TYPE,
  };
  static const ULONG alone[] = {
      SPECIFIED_AUTH_TYPE,   SPECIFIED_HEADER_DIGEST, SPECIFIED_DATA_DIGEST, SPECIFIED_MAXIMUM_CONNECTIONS,
      SPECIFIED_TIME_2_WAIT, SPECIFIED_TIME_2_RETAIN, SPECIFIED_USERNAME,
  };
  return i < ARRAYSIZE(first) ? first[i] : alone[i % ARRAYSIZE(alone)];
}

/* ASCII, nothing, or bytes of any kind. */
static ULONG username(ULONG i, UCHAR into[32]) {
  switch (i % 3) {
    case 0:
      return (ULONG)snprintf((char *)into, 32, "user-%lu", i);
    case 1:
      return 0;
    default:
      memcpy(into, (UCHAR[]){0xff, 0x00, 0xe9, (UCHAR)i}, 4);
      return 4;
  }
}

void example_login_options(Draft *draft, size_t owner, size_t field, ULONG i) {
  static const ISCSI_LOGIN_FLAGS flags[] = {0, 0x3b, 0x80000006, 0x2};
  UCHAR name[32];
  ISCSI_LOGIN_OPTIONS options = {
      .InformationSpecified = specified(i),
      .LoginFlags = flags[i % ARRAYSIZE(flags)],
      .AuthType = i % 4,
      .HeaderDigest = i % 3,
      .DataDigest = (i + 1) % 3,
      .MaximumConnections = i + 1,
      .DefaultTime2Wait = 2 * i,
      .DefaultTime2Retain = MAXDWORD - i,
  };
  if (options.InformationSpecified & SPECIFIED_USERNAME) options.UsernameLength = username(i, name);
  memcpy(draft_at(draft, owner, field), &options, sizeof options);
  if (!options.UsernameLength) return;
  size_t pointer = field + offsetof(ISCSI_LOGIN_OPTIONS, Username);
  draft_mark_pointer(draft, owner, pointer);
  draft_mark_array(draft, owner, pointer, field + offsetof(ISCSI_LOGIN_OPTIONS, UsernameLength), 1);
  draft_add_bytes(draft, owner, pointer, name, options.UsernameLength);
}
