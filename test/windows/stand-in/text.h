#ifndef TEXT_H
#define TEXT_H

#include "abi.h"

struct Scenario;

typedef enum { ANSI, WIDE } Form;

#define INITIATOR_NODE L"iqn.1991-05.com.microsoft:host.example"
#define INITIATOR_INSTANCE L"ROOT\\ISCSIPRT\\%04lu_0"

size_t text_unit(Form charset);

/* Without a terminator of its own; the bytes written, 0 when there is no room or the code page cannot say it. */
size_t text_write(const struct Scenario *scenario, Form charset, const WCHAR *text, size_t units, void *into,
                  size_t room);

/* An array in a struct: cut so that a terminator follows, and 0 from there on. */
void text_write_array(const struct Scenario *scenario, Form charset, const WCHAR *text, void *into,
                      size_t characters);

/* The same character again and again, with no terminator. */
void text_fill(Form charset, char character, void *into, size_t characters);

/* Cut as swprintf does, but always terminated. */
void text_format(WCHAR *into, size_t units, const WCHAR *format, ...);
void text_target_name(const struct Scenario *scenario, ULONG i, WCHAR *into, size_t units);

#endif
