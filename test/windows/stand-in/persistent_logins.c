#include "examples.h"
#include "mapping.h"
#include "room.h"

/* The address of a portal is the last array of characters of a login. */
static void add_portal(Draft *draft, size_t field, size_t address, ULONG i) {
  if (i % 3) example_write_portal(draft, 0, field, i);
  else draft_mark_characters(draft, 0, address, MAX_ISCSI_PORTAL_ADDRESS_LEN);
}

static void add_mapping(Draft *draft, size_t field, ULONG i) {
  Mapping mapping;
  if (!example_mapping(draft->scenario, i, &mapping, draft->text, draft->textLength)) return;
  size_t size = mapping_size(draft);
  if (!draft_reserve(draft, size)) return;
  size_t piece = draft_add(draft, 0, field, size);
  draft_mark_pointer(draft, 0, field);
  mapping_write(draft, piece, 0, &mapping);
}

#define FORM(name) name##A
#define CHARSET ANSI
#include "persistent_logins_forms.h"
#undef FORM
#undef CHARSET
#define FORM(name) name##W
#define CHARSET WIDE
#include "persistent_logins_forms.h"
