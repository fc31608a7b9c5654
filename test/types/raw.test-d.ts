import type { StatusError } from 'iscsidsc';
import {
  type ArgumentsOf,
  bind,
  type ExportName,
  type FunctionName,
  GetIScsiSessionListW,
  GetIScsiTargetInformationA,
  GetIScsiVersionInformation,
  type ISCSI_LOGIN_FLAG_MULTIPATH_ENABLED,
  type Library,
  type Memory,
  type NativeFunction,
  type RawFunctions,
  ReportIScsiInitiatorListA,
  type SCSI_STATUS,
  SendScsiReadCapacity,
  SetupPersistentIScsiVolumes,
  type StatusErrorDetails,
  type StructMember,
  type StructName,
  type StructType,
  statusCodes,
  statusError,
  structs,
  systemLibrary,
} from 'iscsidsc/raw';
import koffi, { type TypeObject } from 'koffi';
import { expectTypeOf } from 'vitest';

expectTypeOf<Memory>().toEqualTypeOf<ArrayBufferView | ArrayBuffer | bigint | null>();
expectTypeOf(SetupPersistentIScsiVolumes).parameters.toEqualTypeOf<[]>();
expectTypeOf(GetIScsiVersionInformation).parameters.toEqualTypeOf<[Memory]>();
expectTypeOf(GetIScsiSessionListW).parameters.toEqualTypeOf<[Memory, Memory, Memory]>();
expectTypeOf(ReportIScsiInitiatorListA).parameters.toEqualTypeOf<[Memory, Memory]>();
expectTypeOf(SendScsiReadCapacity).parameters.toEqualTypeOf<
  [Memory, number | bigint, Memory, Memory, Memory, Memory, Memory]
>();
expectTypeOf(GetIScsiTargetInformationA).parameters.toEqualTypeOf<
  [Memory | string, Memory | string, number, Memory, Memory]
>();
expectTypeOf(GetIScsiSessionListW).returns.toEqualTypeOf<number>();
expectTypeOf(GetIScsiVersionInformation.async).parameters.toEqualTypeOf<
  [Memory, (error: Error | null, status: number) => void]
>();
expectTypeOf<ArgumentsOf<'GetIScsiSessionListA'>>().toEqualTypeOf<[Memory, Memory, Memory]>();

expectTypeOf(bind).toEqualTypeOf<(library?: Library) => RawFunctions>();
expectTypeOf(systemLibrary).toEqualTypeOf<() => Library>();
expectTypeOf<keyof RawFunctions>().toEqualTypeOf<ExportName>();
expectTypeOf<RawFunctions['LogoutIScsiTarget']>().toEqualTypeOf<NativeFunction<'LogoutIScsiTarget'>>();

expectTypeOf<'GetIScsiSessionListA' | 'GetIScsiSessionListW' | 'GetIScsiSessionListEx'>().toExtend<ExportName>();
expectTypeOf<'GetIScsiSessionList'>().not.toExtend<ExportName>();
expectTypeOf<'GetIScsiSessionList' | 'GetIScsiSessionListEx'>().toExtend<FunctionName>();
expectTypeOf<'GetIScsiSessionListA'>().not.toExtend<FunctionName>();
expectTypeOf<'ISCSI_SESSION_INFOW' | 'ISCSI_SESSION_INFO_EX'>().toExtend<StructName>();
expectTypeOf<'ISCSI_SESSION_INFO'>().not.toExtend<StructName>();

expectTypeOf(structs).toEqualTypeOf<{ readonly [Name in StructName]: StructType<Name> }>();
expectTypeOf(structs.ISCSI_SESSION_INFOW.members.TargetName).toEqualTypeOf<StructMember>();
expectTypeOf(structs.ISCSI_SESSION_INFOW.members.TargetName.offset).toEqualTypeOf<number>();
expectTypeOf(structs.ISCSI_SESSION_INFOW.members).not.toHaveProperty('Target');
// A struct inside a struct has members, too.
const { TargetPortal, LoginOptions } = structs.PERSISTENT_ISCSI_LOGIN_INFOA.members;
expectTypeOf(TargetPortal.type).toEqualTypeOf<StructType<'ISCSI_TARGET_PORTALA'>>();
expectTypeOf(LoginOptions.type.members.AuthType.offset).toEqualTypeOf<number>();
// Koffi takes them, and their types.
expectTypeOf(koffi.array).toBeCallableWith(structs.ISCSI_SESSION_INFOW, 2);
expectTypeOf(TargetPortal.type.members.Address.type).toEqualTypeOf<TypeObject>();

expectTypeOf(statusCodes.ISDSC_SERVICE_NOT_RUNNING).toEqualTypeOf<number>();
expectTypeOf(statusCodes).not.toHaveProperty('ISDSC_NO_SUCH');
expectTypeOf(statusError).toEqualTypeOf<(status: number, details: StatusErrorDetails) => StatusError | undefined>();
expectTypeOf<StatusErrorDetails>().toEqualTypeOf<{ syscall: ExportName; library?: Library | undefined }>();
expectTypeOf<typeof ISCSI_LOGIN_FLAG_MULTIPATH_ENABLED>().toEqualTypeOf<2>();
expectTypeOf<typeof SCSI_STATUS.CHECK_CONDITION>().toEqualTypeOf<2>();
