#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "text.h"

#define LARGEST_LOG (16u * 1024 * 1024)
#define LARGEST_RECORD (1024u * 1024)

struct Record {
  UINT codePage;
  BOOL isFirst;
  /* More would have been written than there is room for. */
  BOOL isCut;
  size_t used;
  char text[LARGEST_RECORD];
};

struct Log {
  HANDLE file;
  size_t written;
  Record record;
};

static void put(Record *record, const char *text, size_t length) {
  if (length > LARGEST_RECORD - record->used) record->isCut = TRUE;
  if (record->isCut) return;
  memcpy(record->text + record->used, text, length);
  record->used += length;
}

static void put_text(Record *record, const char *text) { put(record, text, strlen(text)); }

static void put_number(Record *record, const char *format, ULONGLONG number) {
  char text[32];
  put(record, text, (size_t)snprintf(text, sizeof text, format, number));
}

static void separate(Record *record) {
  if (!record->isFirst) put_text(record, ",");
  record->isFirst = FALSE;
}

static void begin(Record *record, const char *bracket) {
  put_text(record, bracket);
  record->isFirst = TRUE;
}

static void end(Record *record, const char *bracket) {
  put_text(record, bracket);
  record->isFirst = FALSE;
}

static void key(Record *record, const char *name) {
  separate(record);
  put_text(record, "\"");
  put_text(record, name);
  put_text(record, "\":");
}

static void put_bytes(Record *record, const void *bytes, size_t length) {
  const BYTE *at = bytes;
  if (!bytes) return put_text(record, "null");
  put_text(record, "\"");
  for (size_t i = 0; i < length && !record->isCut; i++) put_number(record, "%02llx", at[i]);
  put_text(record, "\"");
}

static void put_units(Record *record, const WCHAR *units, size_t length) {
  put_text(record, "\"");
  for (size_t i = 0; i < length && !record->isCut; i++) {
    BOOL isPlain = units[i] >= ' ' && units[i] <= '~' && units[i] != '"' && units[i] != '\\';
    if (isPlain) put(record, &(char){(char)units[i]}, 1);
    else put_number(record, "\\u%04llx", units[i]);
  }
  put_text(record, "\"");
}

/* Up to the NUL, or all `characters` of an array that has none. What is no text in the code page comes as bytes. */
static void put_string(Record *record, Form charset, const void *text, size_t characters) {
  if (!text) return put_text(record, "null");
  if (charset == WIDE) return put_units(record, text, wcsnlen(text, characters));
  size_t length = strnlen(text, characters);
  WCHAR *units = length <= LARGEST_RECORD ? malloc((length + 1) * sizeof(WCHAR)) : NULL;
  if (!units) {
    record->isCut = TRUE;
    return;
  }
  int count = MultiByteToWideChar(record->codePage, MB_ERR_INVALID_CHARS, text, (int)length, units, (int)length);
  if (count || !length) put_units(record, units, (size_t)count);
  else {
    begin(record, "{");
    key(record, "bytes");
    put_bytes(record, text, length);
    end(record, "}");
  }
  free(units);
}

static void put_id(Record *record, const ISCSI_UNIQUE_SESSION_ID *id) {
  put_number(record, "\"%llx-", id->AdapterUnique);
  put_number(record, "%llx\"", id->AdapterSpecific);
}

static const void *pointer_at(const void *value) {
  const void *pointer;
  memcpy(&pointer, value, sizeof pointer);
  return pointer;
}

void record_bytes(Record *record, const void *value) { record_memory(record, value); }

void record_memory(Record *record, const void *value) {
  put_text(record, pointer_at(value) ? "\"memory\"" : "null");
}

void record_BOOLEAN(Record *record, const void *value) { put_number(record, "%llu", *(const BOOLEAN *)value); }

void record_UCHAR(Record *record, const void *value) { put_number(record, "%llu", *(const UCHAR *)value); }

void record_ULONG(Record *record, const void *value) { put_number(record, "%llu", *(const ULONG *)value); }

/* As text: a number of JavaScript would not hold it. */
void record_ULONGLONG(Record *record, const void *value) {
  put_number(record, "\"%llu\"", *(const ULONGLONG *)value);
}

void record_PSTR(Record *record, const void *value) { put_string(record, ANSI, pointer_at(value), SIZE_MAX); }

void record_PWSTR(Record *record, const void *value) { put_string(record, WIDE, pointer_at(value), SIZE_MAX); }

/* Writes a copy of what the parameter points to, which need not be aligned. */
#define RECORDER(name, type, write)              \
  void name(Record *record, const void *value) { \
    const void *given = pointer_at(value);       \
    type it;                                     \
    if (!given) return put_text(record, "null"); \
    memcpy(&it, given, sizeof it);               \
    write;                                       \
  }

#define NUMBER(struct, member) (key(record, #member), put_number(record, "%llu", (struct).member))
#define NUMBER64(struct, member) (key(record, #member), put_number(record, "\"%llu\"", (struct).member))
#define BYTES(struct, member, length) (key(record, #member), put_bytes(record, (struct).member, (struct).length))
#define CHARACTERS(charset, struct, member) \
  (key(record, #member), put_string(record, charset, (struct).member, ARRAYSIZE((struct).member)))

RECORDER(record_PUSHORT, USHORT, put_number(record, "%llu", it))
RECORDER(record_PULONG, ULONG, put_number(record, "%llu", it))
RECORDER(record_PISCSI_UNIQUE_SESSION_ID, ISCSI_UNIQUE_SESSION_ID, put_id(record, &it))

static void put_login_options(Record *record, const ISCSI_LOGIN_OPTIONS *options) {
  begin(record, "{");
  NUMBER(*options, Version);
  NUMBER(*options, InformationSpecified);
  NUMBER(*options, LoginFlags);
  NUMBER(*options, AuthType);
  NUMBER(*options, HeaderDigest);
  NUMBER(*options, DataDigest);
  NUMBER(*options, MaximumConnections);
  NUMBER(*options, DefaultTime2Wait);
  NUMBER(*options, DefaultTime2Retain);
  NUMBER(*options, UsernameLength);
  NUMBER(*options, PasswordLength);
  BYTES(*options, Username, UsernameLength);
  BYTES(*options, Password, PasswordLength);
  end(record, "}");
}

RECORDER(record_PISCSI_LOGIN_OPTIONS, ISCSI_LOGIN_OPTIONS, put_login_options(record, &it))

static void put_ike(Record *record, const IKE_AUTHENTICATION_INFORMATION *information) {
  begin(record, "{");
  NUMBER(*information, AuthMethod);
  key(record, "PsKey");
  begin(record, "{");
  NUMBER64(information->PsKey, SecurityFlags);
  NUMBER(information->PsKey, IdType);
  NUMBER(information->PsKey, IdLengthInBytes);
  BYTES(information->PsKey, Id, IdLengthInBytes);
  NUMBER(information->PsKey, KeyLengthInBytes);
  BYTES(information->PsKey, Key, KeyLengthInBytes);
  end(record, "}");
  end(record, "}");
}

RECORDER(record_PIKE_AUTHENTICATION_INFORMATION, IKE_AUTHENTICATION_INFORMATION, put_ike(record, &it))

static void put_luns(Record *record, const BYTE *luns, ULONG count) {
  if (!luns) return put_text(record, "null");
  begin(record, "[");
  for (ULONG i = 0; i < count && !record->isCut; i++) {
    SCSI_LUN_LIST lun;
    memcpy(&lun, luns + i * sizeof lun, sizeof lun);
    separate(record);
    begin(record, "{");
    NUMBER(lun, OSLUN);
    NUMBER64(lun, TargetLUN);
    end(record, "}");
  }
  end(record, "]");
}

#define FORM(name) name##A
#define CHARSET ANSI
#include "record_forms.h"
#undef FORM
#undef CHARSET
#define FORM(name) name##W
#define CHARSET WIDE
#include "record_forms.h"

Log *log_open(const WCHAR *path) {
  DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  Log *log = calloc(1, sizeof *log);
  if (!log) abort();
  log->file = CreateFileW(path, GENERIC_WRITE, share, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (log->file != INVALID_HANDLE_VALUE) return log;
  free(log);
  return NULL;
}

void log_close(Log *log) {
  CloseHandle(log->file);
  free(log);
}

static void write_call(Record *record, const ExportInfo *export, const BYTE *arguments) {
  begin(record, "{");
  key(record, "export");
  put_text(record, "\"");
  put_text(record, export->name);
  put_text(record, "\"");
  key(record, "parameters");
  begin(record, "{");
  for (size_t i = 0; i < export->parameterCount; i++) {
    const Parameter *parameter = &export->parameters[i];
    const void *value = arguments + parameter->offset;
    key(record, parameter->name);
    if (parameter->recorder != record_bytes) parameter->recorder(record, value);
    else put_bytes(record, pointer_at(value), *(const ULONG *)(arguments + parameter->length));
  }
  end(record, "}");
  end(record, "}");
}

void record_call(Log *log, UINT codePage, Export export, const void *arguments) {
  static const char cut[] = "{\"cut\":true}\n";
  Record *record = &log->record;
  if (log->written == LARGEST_LOG) return;
  record->codePage = codePage;
  record->isFirst = TRUE;
  record->isCut = FALSE;
  record->used = 0;
  write_call(record, &exports[export], arguments);
  put_text(record, "\n");
  BOOL fits = !record->isCut && record->used <= LARGEST_LOG - log->written - sizeof cut;
  DWORD length = fits ? (DWORD)record->used : sizeof cut - 1;
  DWORD written = 0;
  if (!WriteFile(log->file, fits ? record->text : cut, length, &written, NULL) || written != length) abort();
  log->written = fits ? log->written + length : LARGEST_LOG;
}
