#ifndef EXAMPLES_H
#define EXAMPLES_H

#include "draft.h"

/*
 * What portals, logins and what is stored with a target hold, by number. test/contract/examples has the same formulas:
 * neither is made from the other.
 */

/* Empty for an even number: bound to no instance. */
void example_instance(ULONG i, WCHAR *into, size_t units);
ULONG example_port_number(ULONG i);

typedef struct {
  WCHAR symbolicName[MAX_ISCSI_PORTAL_NAME_LEN];
  WCHAR address[MAX_ISCSI_PORTAL_ADDRESS_LEN];
  USHORT socket;
} ExamplePortal;

ExamplePortal example_portal(const struct Scenario *scenario, ULONG i);

/* Writes it as a struct at `field` of a piece. */
void example_write_portal(Draft *draft, size_t owner, size_t field, ULONG i);

ISCSI_SECURITY_FLAGS example_security_flags(ULONG i);
ISCSI_TARGET_FLAGS example_target_flags(ULONG i);

/* Writes options at `field` of a piece, and adds the user name. Members that are not specified hold numbers, too. */
void example_login_options(Draft *draft, size_t owner, size_t field, ULONG i);

#endif
