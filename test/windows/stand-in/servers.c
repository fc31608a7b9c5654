#include "strings.h"

static void isns_server(const Scenario *scenario, ULONG k, WCHAR *into, size_t units) {
  text_format(into, units, L"isns-%ls-%lu.example", scenario->name, k);
}

static void radius_server(const Scenario *scenario, ULONG k, WCHAR *into, size_t units) {
  (void)scenario;
  text_format(into, units, L"radius-%lu.example", k);
}

/* A drive letter: E and those behind it. */
static void bound_device(const Scenario *scenario, ULONG k, WCHAR *into, size_t units) {
  (void)scenario;
  text_format(into, units, L"%lc:\\", (WCHAR)(L'E' + k));
}

STRINGS_ANSWER(ReportISNSServerListA, ANSI, isnsServers, isns_server, BufferSizeInChar, Buffer)
STRINGS_ANSWER(ReportISNSServerListW, WIDE, isnsServers, isns_server, BufferSizeInChar, Buffer)
STRINGS_ANSWER(ReportRadiusServerListA, ANSI, radiusServers, radius_server, BufferSizeInChar, Buffer)
STRINGS_ANSWER(ReportRadiusServerListW, WIDE, radiusServers, radius_server, BufferSizeInChar, Buffer)
STRINGS_ANSWER(ReportPersistentIScsiDevicesA, ANSI, boundDevices, bound_device, BufferSizeInChar, Buffer)
STRINGS_ANSWER(ReportPersistentIScsiDevicesW, WIDE, boundDevices, bound_device, BufferSizeInChar, Buffer)
