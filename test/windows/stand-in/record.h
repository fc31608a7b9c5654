#ifndef RECORD_H
#define RECORD_H

#include "exports.h"

/* A record in the making: a line of JSON, and the code page of its A strings. */
typedef struct Record Record;

/* Writes what a parameter was given; `value` is where it lies. The types of iscsidsc.h have one each. */
typedef void (*Recorder)(Record *record, const void *value);

typedef struct {
  const char *name;
  Recorder recorder;
  size_t offset;
  /* record_bytes: where the number of bytes lies. */
  size_t length;
} Parameter;

typedef struct {
  const char *name;
  const WCHAR *wideName;
  const Parameter *parameters;
  size_t parameterCount;
} ExportInfo;

extern const ExportInfo exports[EXPORTS];

/* A file that is emptied when it is opened. It takes a bounded number of bytes. */
typedef struct Log Log;

Log *log_open(const WCHAR *path);
void log_close(Log *log);

/* Appends what a call was given. */
void record_call(Log *log, UINT codePage, Export export, const void *arguments);

/* Not a Recorder that is called by itself: the bytes come with their number. */
void record_bytes(Record *record, const void *value);

/* Memory that is the callee's to write: whether there is any. */
void record_memory(Record *record, const void *value);

void record_BOOLEAN(Record *record, const void *value);
void record_UCHAR(Record *record, const void *value);
void record_ULONG(Record *record, const void *value);
void record_ULONGLONG(Record *record, const void *value);
void record_PUSHORT(Record *record, const void *value);
void record_PULONG(Record *record, const void *value);
void record_PSTR(Record *record, const void *value);
void record_PWSTR(Record *record, const void *value);
void record_PISCSI_UNIQUE_SESSION_ID(Record *record, const void *value);
void record_PISCSI_LOGIN_OPTIONS(Record *record, const void *value);
void record_PISCSI_TARGET_PORTALA(Record *record, const void *value);
void record_PISCSI_TARGET_PORTALW(Record *record, const void *value);
void record_PISCSI_TARGET_PORTAL_GROUPA(Record *record, const void *value);
void record_PISCSI_TARGET_PORTAL_GROUPW(Record *record, const void *value);
void record_PISCSI_TARGET_MAPPINGA(Record *record, const void *value);
void record_PISCSI_TARGET_MAPPINGW(Record *record, const void *value);
void record_PIKE_AUTHENTICATION_INFORMATION(Record *record, const void *value);

#define record_ISCSI_TARGET_FLAGS record_ULONG
#define record_TARGET_INFORMATION_CLASS record_ULONG
#define record_ISCSI_SECURITY_FLAGS record_ULONGLONG
#define record_PISCSI_UNIQUE_CONNECTION_ID record_PISCSI_UNIQUE_SESSION_ID

/* Declared as input, or as both, by the header, and only written. */
#define record_PVOID record_memory
#define record_PCHAR record_memory
#define record_PWCHAR record_memory
#define record_PISCSI_VERSION_INFO record_memory
#define record_PISCSI_TARGET_PORTAL_INFOA record_memory
#define record_PISCSI_TARGET_PORTAL_INFOW record_memory
#define record_PISCSI_TARGET_PORTAL_INFO_EXA record_memory
#define record_PISCSI_TARGET_PORTAL_INFO_EXW record_memory
#define record_PPERSISTENT_ISCSI_LOGIN_INFOA record_memory
#define record_PPERSISTENT_ISCSI_LOGIN_INFOW record_memory

#endif
