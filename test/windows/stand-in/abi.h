#ifndef ABI_H
#define ABI_H

/* Windows' own types only: mingw's iscsidsc.h gets its structs wrong, so they are written out in the abi_*.h. */

#include <stddef.h>
#include <windows.h>

#define MAX_ISCSI_HBANAME_LEN 256
#define MAX_ISCSI_NAME_LEN 223

#define ISDSC_INVALID_SESSION_ID 0xEFFF001Cu
#define ISDSC_SESSION_BUSY 0xEFFF001Fu
#define ISDSC_DEVICE_BUSY_ON_SESSION 0xEFFF0040u

typedef ULONG ISDSC_STATUS;

typedef struct {
  ULONGLONG AdapterUnique;
  ULONGLONG AdapterSpecific;
} ISCSI_UNIQUE_SESSION_ID, ISCSI_UNIQUE_CONNECTION_ID, *PISCSI_UNIQUE_SESSION_ID;

typedef struct {
  ULONG MajorVersion;
  ULONG MinorVersion;
  ULONG BuildNumber;
} ISCSI_VERSION_INFO, *PISCSI_VERSION_INFO;

#ifdef _WIN64
#define X64_OR_IA32(x64, ia32) (x64)
#else
#define X64_OR_IA32(x64, ia32) (ia32)
#endif

#define SIZE(type, x64, ia32) _Static_assert(sizeof(type) == X64_OR_IA32(x64, ia32), "size of " #type)
#define AT(type, member, x64, ia32) \
  _Static_assert(offsetof(type, member) == X64_OR_IA32(x64, ia32), #type "." #member)

SIZE(ISCSI_UNIQUE_SESSION_ID, 16, 16);
AT(ISCSI_UNIQUE_SESSION_ID, AdapterUnique, 0, 0);
AT(ISCSI_UNIQUE_SESSION_ID, AdapterSpecific, 8, 8);

SIZE(ISCSI_VERSION_INFO, 12, 12);
AT(ISCSI_VERSION_INFO, MajorVersion, 0, 0);
AT(ISCSI_VERSION_INFO, MinorVersion, 4, 4);
AT(ISCSI_VERSION_INFO, BuildNumber, 8, 8);

#endif
