#include "strings.h"

static void name_initiator(const Scenario *scenario, ULONG k, WCHAR *into, size_t units) {
  (void)scenario;
  text_format(into, units, INITIATOR_INSTANCE, k);
}

STRINGS_ANSWER(ReportIScsiInitiatorListA, ANSI, initiators, name_initiator, BufferSize, Buffer)
STRINGS_ANSWER(ReportIScsiInitiatorListW, WIDE, initiators, name_initiator, BufferSize, Buffer)
