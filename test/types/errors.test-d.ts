import {
  type ErrorDetails,
  IscsidscError,
  type IscsidscErrorCode,
  isIscsidscError,
  type Pending,
  StatusError,
  type StatusName,
  StatusWarning,
} from 'iscsidsc';
import { expectTypeOf } from 'vitest';

expectTypeOf(IscsidscError).toBeConstructibleWith('ERR_ISCSIDSC_TIMEOUT', 'It took too long.', { hint: 'Wait.' });
expectTypeOf<IscsidscError>().toExtend<Error>();
expectTypeOf<IscsidscError>().toExtend<{
  readonly code: StatusName | IscsidscErrorCode;
  readonly hint?: string;
  readonly syscall?: string;
  readonly errno?: number;
  readonly member?: string;
  readonly offset?: number;
  readonly pending?: Pending;
}>();
expectTypeOf<IscsidscError['code']>().toEqualTypeOf<StatusName | IscsidscErrorCode>();
expectTypeOf<IscsidscError['toJSON']>().toEqualTypeOf<() => Record<string, unknown>>();

expectTypeOf(StatusError).instance.toExtend<IscsidscError>();
expectTypeOf<StatusError['errno']>().toEqualTypeOf<number>();
expectTypeOf<StatusError['syscall']>().toEqualTypeOf<string>();
expectTypeOf<StatusError['systemMessage']>().toEqualTypeOf<string | undefined>();
expectTypeOf(StatusWarning).instance.toExtend<StatusError>();

expectTypeOf(isIscsidscError).guards.toEqualTypeOf<IscsidscError>();
expectTypeOf(isIscsidscError).parameter(0).toBeUnknown();

expectTypeOf<Pending>().toEqualTypeOf<'notStarted' | 'running' | 'betweenAttempts'>();
expectTypeOf<'ERR_ISCSIDSC_TIMEOUT'>().toExtend<IscsidscErrorCode>();
expectTypeOf<string>().not.toExtend<IscsidscErrorCode>();
expectTypeOf<'ISDSC_SESSION_BUSY' | 'ERROR_ACCESS_DENIED'>().toExtend<StatusName>();
expectTypeOf<string>().not.toExtend<StatusName>();
expectTypeOf<'ISDSC_SESSION_BUZY'>().not.toExtend<StatusName>();
expectTypeOf<ErrorDetails>().toEqualTypeOf<{
  hint?: string | undefined;
  syscall?: string | undefined;
  errno?: number | undefined;
  member?: string | undefined;
  offset?: number | undefined;
  pending?: Pending | undefined;
  cause?: unknown;
}>();
