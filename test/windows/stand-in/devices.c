#include <string.h>

#include "abi_device.h"
#include "call.h"
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

typedef struct {
  Form charset;
  const ISCSI_UNIQUE_SESSION_ID *id;
  ULONG *count;
  BYTE *devices;
} Arguments;

static void write_device(const Scenario *scenario, Form charset, ULONG i, ULONG d, BYTE *device) {
  const Layout *layout = &layouts[charset];
  ULONG n = i * scenario->devices + d + 1;
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

static ISDSC_STATUS answer(Scenario *scenario, void *arguments) {
  const Arguments *asked = arguments;
  if (!asked->id || !asked->count) return ERROR_INVALID_PARAMETER;
  if (scenario->deviceBusy) {
    scenario->deviceBusy--;
    return ISDSC_SESSION_BUSY;
  }
  ULONG i;
  if (!sessions_find(scenario, asked->id, &i)) return ISDSC_INVALID_SESSION_ID;

  size_t size = layouts[asked->charset].size;
  ULONG given = *asked->count;
  if (size_is_refused(scenario, (ULONGLONG)given * size, asked->devices)) return ERROR_NOACCESS;
  BOOL yet = GetTickCount64() - scenario->began >= scenario->devicesAfter;
  ULONG count = yet ? scenario->devices : 0;
  ULONG needed = yet ? size_add(count, scenario->deviceGhosts) : 0;
  if (size_is_short(scenario, needed, given)) return size_ask(scenario, needed, asked->count);

  for (ULONG d = 0; d < count; d++) write_device(scenario, asked->charset, i, d, asked->devices + d * size);
  *asked->count = scenario->fault == FAULT_COUNT_LARGE ? size_add(given, 1) : count;
  return ERROR_SUCCESS;
}

ISDSC_STATUS __stdcall GetDevicesForIScsiSessionA(PISCSI_UNIQUE_SESSION_ID UniqueSessionId, ULONG *DeviceCount,
                                                  PISCSI_DEVICE_ON_SESSIONA Devices) {
  return call(answer, &(Arguments){ANSI, UniqueSessionId, DeviceCount, (BYTE *)Devices});
}

ISDSC_STATUS __stdcall GetDevicesForIScsiSessionW(PISCSI_UNIQUE_SESSION_ID UniqueSessionId, ULONG *DeviceCount,
                                                  PISCSI_DEVICE_ON_SESSIONW Devices) {
  return call(answer, &(Arguments){WIDE, UniqueSessionId, DeviceCount, (BYTE *)Devices});
}
