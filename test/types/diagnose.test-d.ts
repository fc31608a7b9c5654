import { type AsyncOptions, type CheckName, type DiagnoseOptions, diagnose, type Finding } from 'iscsidsc';
import { expectTypeOf } from 'vitest';

expectTypeOf(diagnose).toEqualTypeOf<(options?: DiagnoseOptions) => Promise<Finding[]>>();
expectTypeOf<DiagnoseOptions>().toExtend<AsyncOptions>();
expectTypeOf<DiagnoseOptions['anonymous']>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<Finding['level']>().toEqualTypeOf<'ok' | 'warning' | 'problem'>();
expectTypeOf<Finding['whatToDo']>().toEqualTypeOf<string | null>();
expectTypeOf<Finding['details']>().toEqualTypeOf<Record<string, unknown> | undefined>();
expectTypeOf<'lists'>().toExtend<CheckName>();
expectTypeOf<string>().not.toExtend<CheckName>();
