#include <stdio.h>
#include <string.h>

#include "scenario.h"

#define CHECK_CONDITION 2
#define LOGICAL_UNIT_NOT_SUPPORTED 0x052500
#define INVALID_FIELD_IN_CDB 0x052400
#define SCSI_REQUEST_FAILED 0xEFFF001Du
#define LAST_BLOCK 0x1FFFFF
#define BLOCK_LENGTH 512

/* What a device has sent, before it is given to the caller. */
typedef struct {
  BYTE bytes[4096];
  ULONG length;
} Response;

/* The parameters of a command that it writes to. */
typedef struct {
  BYTE *status;
  ULONG *size;
  BYTE *response;
  ULONG *senseSize;
  BYTE *sense;
} Command;

static void put_big_endian(BYTE *into, ULONG value, size_t bytes) {
  for (size_t k = 0; k < bytes; k++) into[k] = (BYTE)(value >> (8 * (bytes - 1 - k)));
}

static void put(Response *response, const void *bytes, size_t length) {
  memcpy(response->bytes + response->length, bytes, length);
  response->length += (ULONG)length;
}

static ISDSC_STATUS refuse(const Command *command, BYTE status, ULONG code) {
  const BYTE sense[18] = {0x70, 0, (BYTE)(code >> 16), 0, 0, 0, 0, 10, 0, 0, 0, 0, (BYTE)(code >> 8), (BYTE)code};
  *command->status = status;
  if (status != CHECK_CONDITION) {
    *command->senseSize = 0;
    return SCSI_REQUEST_FAILED;
  }
  ULONG length = *command->senseSize < sizeof sense ? *command->senseSize : sizeof sense;
  memcpy(command->sense, sense, length);
  *command->senseSize = length;
  return SCSI_REQUEST_FAILED;
}

/* The size is what is needed, also where it is not there. */
static ISDSC_STATUS give(const Scenario *scenario, const Command *command, const Response *response) {
  ULONG given = *command->size;
  *command->size = response->length;
  *command->status = 0;
  if (response->length > given || !command->response) return scenario->now.insufficient;
  memcpy(command->response, response->bytes, response->length);
  if (scenario->now.fault == FAULT_SIZE_LARGE) *command->size = given + 1;
  return ERROR_SUCCESS;
}

/* Refused by the scenario, or because there is no such LUN; else 0. */
static ULONG refusal(const Scenario *scenario, ULONGLONG lun) {
  if (scenario->now.scsiStatus) return scenario->now.sense;
  /* The second of the eight bytes, read from the last to the first. */
  BOOL exists = !(lun & 0xFF) && lun >> 8 < scenario->now.luns;
  return exists ? 0 : LOGICAL_UNIT_NOT_SUPPORTED;
}

static ISDSC_STATUS refused_as_told(const Scenario *scenario, const Command *command, ULONG code) {
  return refuse(command, (BYTE)(scenario->now.scsiStatus ? scenario->now.scsiStatus : CHECK_CONDITION), code);
}

static void standard(Response *response) {
  static const BYTE head[] = {0, 0, 6, 2, 31, 0, 0, 2};
  put(response, head, sizeof head);
  put(response, "example disk            0001", 28);
}

static void put_designator(Response *response, BYTE codeSet, BYTE type, const void *value, size_t length) {
  const BYTE head[] = {codeSet, type, 0, (BYTE)length};
  put(response, head, sizeof head);
  put(response, value, length);
}

static BOOL page(Response *response, ULONG number, BYTE code) {
  static const BYTE pages[] = {0x00, 0x80, 0x83};
  static const BYTE naa[] = {0x60, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const BYTE head[] = {0, code, 0, 0};
  char serial[32];
  char name[64];
  snprintf(serial, sizeof serial, "serial-%lu", number);
  snprintf(name, sizeof name, "example %s", serial);
  put(response, head, sizeof head);
  if (code == 0x00) put(response, pages, sizeof pages);
  else if (code == 0x80) put(response, serial, strlen(serial));
  else if (code == 0x83) {
    put_designator(response, 1, 3, naa, sizeof naa);
    put_designator(response, 2, 1, name, strlen(name));
  } else return FALSE;
  put_big_endian(response->bytes + 2, response->length - sizeof head, 2);
  return TRUE;
}

#define COMMAND(given)                                                                                         \
  {.status = (given)->ScsiStatus, .size = (given)->ResponseSize, .response = (given)->ResponseBuffer,          \
   .senseSize = (given)->SenseSize, .sense = (given)->SenseBuffer}

static BOOL is_whole(const Command *command) {
  return command->status && command->size && command->senseSize && command->sense;
}

ISDSC_STATUS answer_SendScsiInquiry(Scenario *scenario, const void *arguments) {
  const SendScsiInquiry_Arguments *given = arguments;
  const Command command = COMMAND(given);
  Response response = {.length = 0};
  if (!is_whole(&command)) return ERROR_INVALID_PARAMETER;
  ULONG code = refusal(scenario, given->Lun);
  if (code || scenario->now.scsiStatus) return refused_as_told(scenario, &command, code);
  if (!given->EvpdCmddt && !given->PageCode) standard(&response);
  else if (given->EvpdCmddt != 1 || !page(&response, (ULONG)(given->Lun >> 8), given->PageCode)) {
    return refuse(&command, CHECK_CONDITION, INVALID_FIELD_IN_CDB);
  }
  return give(scenario, &command, &response);
}

ISDSC_STATUS answer_SendScsiReadCapacity(Scenario *scenario, const void *arguments) {
  const SendScsiReadCapacity_Arguments *given = arguments;
  const Command command = COMMAND(given);
  Response response = {.length = 8};
  if (!is_whole(&command)) return ERROR_INVALID_PARAMETER;
  ULONG code = refusal(scenario, given->Lun);
  if (code || scenario->now.scsiStatus) return refused_as_told(scenario, &command, code);
  put_big_endian(response.bytes, LAST_BLOCK, 4);
  put_big_endian(response.bytes + 4, BLOCK_LENGTH, 4);
  return give(scenario, &command, &response);
}

ISDSC_STATUS answer_SendScsiReportLuns(Scenario *scenario, const void *arguments) {
  const SendScsiReportLuns_Arguments *given = arguments;
  const Command command = COMMAND(given);
  Response response = {.length = 8};
  if (!is_whole(&command)) return ERROR_INVALID_PARAMETER;
  if (scenario->now.scsiStatus) return refused_as_told(scenario, &command, scenario->now.sense);
  put_big_endian(response.bytes, scenario->now.luns * 8, 4);
  for (ULONG k = 0; k < scenario->now.luns; k++) {
    const BYTE lun[8] = {0, (BYTE)k};
    put(&response, lun, sizeof lun);
  }
  return give(scenario, &command, &response);
}
