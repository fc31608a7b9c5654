import {
  type ErrorDetails,
  IscsidscError,
  type IscsidscErrorCode,
  type Pending,
  StatusError,
  StatusWarning,
} from 'iscsidsc';
import { expectTypeOf } from 'vitest';

expectTypeOf(IscsidscError).toBeConstructibleWith('ERR_ISCSIDSC_TIMEOUT', 'It took too long.', { hint: 'Wait.' });
expectTypeOf<IscsidscError>().toExtend<Error>();
expectTypeOf<IscsidscError>().toExtend<{
  readonly code: string;
  readonly hint?: string;
  readonly syscall?: string;
  readonly errno?: number;
  readonly member?: string;
  readonly offset?: number;
}>();
expectTypeOf<IscsidscError['toJSON']>().toEqualTypeOf<() => Record<string, unknown>>();

expectTypeOf(StatusError).instance.toExtend<IscsidscError>();
expectTypeOf<StatusError['errno']>().toEqualTypeOf<number>();
expectTypeOf<StatusError['syscall']>().toEqualTypeOf<string>();
expectTypeOf<StatusError['systemMessage']>().toEqualTypeOf<string | undefined>();
expectTypeOf(StatusWarning).instance.toExtend<StatusError>();

expectTypeOf<'ERR_ISCSIDSC_TIMEOUT'>().toExtend<IscsidscErrorCode>();
expectTypeOf<string>().not.toExtend<IscsidscErrorCode>();
expectTypeOf<{ hint: undefined; syscall: undefined; errno: undefined; pending: undefined }>().toExtend<ErrorDetails>();
expectTypeOf<Pending>().toEqualTypeOf<'notStarted' | 'running' | 'betweenAttempts'>();
