#include "answers.h"

#define ANSWERED(_)                      \
  _(AddIScsiConnectionA)                 \
  _(AddIScsiConnectionW)                 \
  _(GetDevicesForIScsiSessionA)          \
  _(GetDevicesForIScsiSessionW)          \
  _(GetIScsiIKEInfoA)                    \
  _(GetIScsiIKEInfoW)                    \
  _(GetIScsiInitiatorNodeNameA)          \
  _(GetIScsiInitiatorNodeNameW)          \
  _(GetIScsiSessionListA)                \
  _(GetIScsiSessionListEx)               \
  _(GetIScsiSessionListW)                \
  _(GetIScsiTargetInformationA)          \
  _(GetIScsiTargetInformationW)          \
  _(GetIScsiVersionInformation)          \
  _(LoginIScsiTargetA)                   \
  _(LoginIScsiTargetW)                   \
  _(ReportActiveIScsiTargetMappingsA)    \
  _(ReportActiveIScsiTargetMappingsW)    \
  _(ReportISNSServerListA)               \
  _(ReportISNSServerListW)               \
  _(ReportIScsiInitiatorListA)           \
  _(ReportIScsiInitiatorListW)           \
  _(ReportIScsiPersistentLoginsA)        \
  _(ReportIScsiPersistentLoginsW)        \
  _(ReportIScsiSendTargetPortalsA)       \
  _(ReportIScsiSendTargetPortalsExA)     \
  _(ReportIScsiSendTargetPortalsExW)     \
  _(ReportIScsiSendTargetPortalsW)       \
  _(ReportIScsiTargetPortalsA)           \
  _(ReportIScsiTargetPortalsW)           \
  _(ReportIScsiTargetsA)                 \
  _(ReportIScsiTargetsW)                 \
  _(ReportPersistentIScsiDevicesA)       \
  _(ReportPersistentIScsiDevicesW)       \
  _(ReportRadiusServerListA)             \
  _(ReportRadiusServerListW)             \
  _(SendScsiInquiry)                     \
  _(SendScsiReadCapacity)                \
  _(SendScsiReportLuns)

#define DECLARATION(export) ISDSC_STATUS answer_##export(Scenario *scenario, const void *arguments);
#define ROW(export) [EXPORT_##export] = answer_##export,

ANSWERED(DECLARATION)

const Answer answers[EXPORTS] = {ANSWERED(ROW)};
