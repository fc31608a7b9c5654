#ifndef ABI_H
#define ABI_H

/* The types of iscsidsc.h, written out by hand after the SDK: mingw's own iscsidsc.h gets its structs wrong. */

#include <stddef.h>
#include <windows.h>

/* Needs the types of windows.h. */
#include <ntddscsi.h>

#define MAX_ISCSI_HBANAME_LEN 256
#define MAX_ISCSI_NAME_LEN 223
#define MAX_ISCSI_PORTAL_NAME_LEN 256
#define MAX_ISCSI_PORTAL_ADDRESS_LEN 256

typedef ULONG ISDSC_STATUS;

/* Enumerations and sets of flags. */
typedef ULONG ISCSI_LOGIN_OPTIONS_INFO_SPECIFIED;
typedef ULONG ISCSI_LOGIN_FLAGS;
typedef ULONG ISCSI_AUTH_TYPES;
typedef ULONG ISCSI_DIGEST_TYPES;
typedef ULONG ISCSI_TARGET_FLAGS;
typedef ULONG TARGET_INFORMATION_CLASS;
typedef ULONG IKE_AUTHENTICATION_METHOD;
typedef ULONGLONG ISCSI_SECURITY_FLAGS;
typedef UCHAR IKE_IDENTIFICATION_PAYLOAD_TYPE;

typedef struct {
  ULONGLONG AdapterUnique;
  ULONGLONG AdapterSpecific;
} ISCSI_UNIQUE_SESSION_ID, ISCSI_UNIQUE_CONNECTION_ID, *PISCSI_UNIQUE_SESSION_ID, *PISCSI_UNIQUE_CONNECTION_ID;

typedef struct {
  ULONG MajorVersion;
  ULONG MinorVersion;
  ULONG BuildNumber;
} ISCSI_VERSION_INFO, *PISCSI_VERSION_INFO;

typedef struct {
  ULONG OSLUN;
  ULONGLONG TargetLUN;
} SCSI_LUN_LIST, *PSCSI_LUN_LIST;

typedef struct {
  ULONG Version;
  ISCSI_LOGIN_OPTIONS_INFO_SPECIFIED InformationSpecified;
  ISCSI_LOGIN_FLAGS LoginFlags;
  ISCSI_AUTH_TYPES AuthType;
  ISCSI_DIGEST_TYPES HeaderDigest;
  ISCSI_DIGEST_TYPES DataDigest;
  ULONG MaximumConnections;
  ULONG DefaultTime2Wait;
  ULONG DefaultTime2Retain;
  ULONG UsernameLength;
  ULONG PasswordLength;
  PUCHAR Username;
  PUCHAR Password;
} ISCSI_LOGIN_OPTIONS, *PISCSI_LOGIN_OPTIONS;

typedef struct {
  ISCSI_SECURITY_FLAGS SecurityFlags;
  IKE_IDENTIFICATION_PAYLOAD_TYPE IdType;
  ULONG IdLengthInBytes;
  PUCHAR Id;
  ULONG KeyLengthInBytes;
  PUCHAR Key;
} IKE_AUTHENTICATION_PRESHARED_KEY;

typedef struct {
  IKE_AUTHENTICATION_METHOD AuthMethod;
  IKE_AUTHENTICATION_PRESHARED_KEY PsKey;
} IKE_AUTHENTICATION_INFORMATION, *PIKE_AUTHENTICATION_INFORMATION;

typedef struct {
  ISCSI_UNIQUE_CONNECTION_ID ConnectionId;
  UCHAR State;
  UCHAR Protocol;
  UCHAR HeaderDigest;
  UCHAR DataDigest;
  ULONG MaxRecvDataSegmentLength;
  ISCSI_AUTH_TYPES AuthType;
  ULONGLONG EstimatedThroughput;
  ULONG MaxDatagramSize;
} ISCSI_CONNECTION_INFO_EX, *PISCSI_CONNECTION_INFO_EX;

typedef struct {
  ISCSI_UNIQUE_SESSION_ID SessionId;
  BOOLEAN InitialR2t;
  BOOLEAN ImmediateData;
  UCHAR Type;
  BOOLEAN DataSequenceInOrder;
  BOOLEAN DataPduInOrder;
  UCHAR ErrorRecoveryLevel;
  ULONG MaxOutstandingR2t;
  ULONG FirstBurstLength;
  ULONG MaxBurstLength;
  ULONG MaximumConnections;
  ULONG ConnectionCount;
  PISCSI_CONNECTION_INFO_EX Connections;
} ISCSI_SESSION_INFO_EX, *PISCSI_SESSION_INFO_EX;

/* The structs that have two forms, once for each. */
#define FORM(name) name##A
#define CHARACTER CHAR
#include "abi_forms.h"
#undef FORM
#undef CHARACTER
#define FORM(name) name##W
#define CHARACTER WCHAR
#include "abi_forms.h"
#undef FORM
#undef CHARACTER

#endif
