#include <string.h>

#include "ids.h"
#include "size.h"

#define DISK L"53f56307-b6bf-11d0-94f2-00a0c91efb8b"

static const GUID disk = {0x53f56307, 0xb6bf, 0x11d0, {0x94, 0xf2, 0x00, 0xa0, 0xc9, 0x1e, 0xfb, 0x8b}};

/* Where the A and W structs differ. */
typedef struct {
  size_t size, initiatorName, targetName, scsiAddress, interfaceType, interfaceName, legacyName, number, instance;
} Layout;

#define LAYOUT(type)                                                                                            \
  {                                                                                                             \
    sizeof(type), offsetof(type, InitiatorName), offsetof(type, TargetName), offsetof(type, ScsiAddress),       \
        offsetof(type, DeviceInterfaceType), offsetof(type, DeviceInterfaceName), offsetof(type, LegacyName),   \
        offsetof(type, StorageDeviceNumber), offsetof(type, DeviceInstance)                                     \
  }

static const Layout layouts[] = {[ANSI] = LAYOUT(ISCSI_DEVICE_ON_SESSIONA), [WIDE] = LAYOUT(ISCSI_DEVICE_ON_SESSIONW)};

static void write_device(const Scenario *scenario, Form charset, ULONG i, ULONG d, BYTE *device) {
  const Layout *layout = &layouts[charset];
  ULONG n = i * scenario->now.devices + d + 1;
  SCSI_ADDRESS address = {.Length = sizeof address, .PortNumber = 3, .TargetId = (UCHAR)i, .Lun = (UCHAR)d};
  STORAGE_DEVICE_NUMBER number = {.DeviceType = FILE_DEVICE_DISK, .DeviceNumber = n, .PartitionNumber = 0};
  DWORD instance = 0x800 + n;
  memset(device, 0, layout->size);
  memcpy(device + layout->scsiAddress, &address, sizeof address);
  memcpy(device + layout->interfaceType, &disk, sizeof disk);
  memcpy(device + layout->number, &number, sizeof number);
  memcpy(device + layout->instance, &instance, sizeof instance);

  WCHAR text[MAX_PATH];
  text_format(text, MAX_PATH, INITIATOR_INSTANCE, 0ul);
  text_write_array(scenario, charset, text, device + layout->initiatorName, MAX_ISCSI_HBANAME_LEN);
  text_target_name(scenario, i, text, MAX_PATH);
  text_write_array(scenario, charset, text, device + layout->targetName, MAX_ISCSI_NAME_LEN + 1);
  text_format(text, MAX_PATH, L"\\\\?\\scsi#disk&ven_example&prod_disk#%lu#{" DISK L"}", n);
  text_write_array(scenario, charset, text, device + layout->interfaceName, MAX_PATH);
  text_format(text, MAX_PATH, L"\\\\.\\PhysicalDrive%lu", n);
  text_write_array(scenario, charset, text, device + layout->legacyName, MAX_PATH);
}

/* Of whatever session: the number in its id picks the names. */
static ISDSC_STATUS answer(const Scenario *scenario, Form charset, const ISCSI_UNIQUE_SESSION_ID *id, ULONG *count,
                           BYTE *devices) {
  if (!id || !count) return ERROR_INVALID_PARAMETER;
  size_t size = layouts[charset].size;
  ULONG given = *count;
  if (size_is_refused(scenario, (ULONGLONG)given * size, devices)) return ERROR_NOACCESS;
  ULONG needed = scenario->now.devices;
  if (size_is_short(scenario, needed, given)) return size_ask(scenario, needed, count);

  Fault fault = scenario->now.fault;
  for (ULONG d = 0; d < needed; d++) write_device(scenario, charset, session_number(id), d, devices + d * size);
  if (fault == FAULT_COUNT_UNWRITTEN) memset(devices, 0, given * size);
  else *count = fault == FAULT_COUNT_LARGE ? size_add(given, 1) : needed;
  return ERROR_SUCCESS;
}

ISDSC_STATUS answer_GetDevicesForIScsiSessionA(Scenario *scenario, const void *arguments) {
  const GetDevicesForIScsiSessionA_Arguments *given = arguments;
  return answer(scenario, ANSI, given->UniqueSessionId, given->DeviceCount, (BYTE *)given->Devices);
}

ISDSC_STATUS answer_GetDevicesForIScsiSessionW(Scenario *scenario, const void *arguments) {
  const GetDevicesForIScsiSessionW_Arguments *given = arguments;
  return answer(scenario, WIDE, given->UniqueSessionId, given->DeviceCount, (BYTE *)given->Devices);
}
