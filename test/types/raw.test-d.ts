import {
  type ArgumentsOf,
  bind,
  type ExportName,
  type FunctionName,
  GetIScsiSessionListW,
  GetIScsiTargetInformationA,
  GetIScsiVersionInformation,
  type Library,
  type Memory,
  type NativeFunction,
  type NativeType,
  type RawFunctions,
  ReportIScsiInitiatorListA,
  SendScsiReadCapacity,
  SetupPersistentIScsiVolumes,
  type StructName,
  statusCodes,
  structs,
  systemLibrary,
} from 'iscsidsc/raw';
import type { TypeObject } from 'koffi';
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

expectTypeOf(structs).toEqualTypeOf<{ readonly [Name in StructName]: NativeType }>();
expectTypeOf<NativeType>().toEqualTypeOf<TypeObject>();
expectTypeOf(statusCodes).toEqualTypeOf<Readonly<Record<string, number>>>();
