#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "scenario.h"

size_t text_unit(Form charset) { return charset == WIDE ? sizeof(WCHAR) : sizeof(CHAR); }

size_t text_write(const Scenario *scenario, Form charset, const WCHAR *text, size_t units, void *into, size_t room) {
  if (!units) return 0;
  if (charset == ANSI) {
    return (size_t)WideCharToMultiByte(scenario->now.codePage, 0, text, (int)units, into, (int)room, NULL, NULL);
  }
  size_t length = units * sizeof(WCHAR);
  if (length > room) return 0;
  memcpy(into, text, length);
  return length;
}

void text_write_array(const Scenario *scenario, Form charset, const WCHAR *text, void *into, size_t characters) {
  size_t unit = text_unit(charset);
  size_t units = wcsnlen(text, characters - 1);
  for (;; units--) {
    memset(into, 0, characters * unit);
    BOOL splitsPair = units && IS_HIGH_SURROGATE(text[units - 1]) && IS_LOW_SURROGATE(text[units]);
    if (splitsPair) continue;
    if (!units || text_write(scenario, charset, text, units, into, (characters - 1) * unit)) return;
  }
}

void text_fill(Form charset, char character, void *into, size_t characters) {
  BYTE *bytes = into;
  size_t unit = text_unit(charset);
  memset(bytes, 0, characters * unit);
  for (size_t k = 0; k < characters; k++) bytes[k * unit] = (BYTE)character;
}

void text_format(WCHAR *into, size_t units, const WCHAR *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  _vsnwprintf(into, units - 1, format, arguments);
  into[units - 1] = 0;
  va_end(arguments);
}

void text_target_name(const Scenario *scenario, ULONG i, WCHAR *into, size_t units) {
  text_format(into, units, L"iqn.2003-01.org.example:%ls-%lu", scenario->name, i);
}
