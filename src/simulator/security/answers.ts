import { SECURITY_FLAGS } from '../../api/logins/login-options.js';
import { IKE_INFORMATION, IKE_PRESHARED_KEY } from '../../api/security/ipsec.js';
import { flagBits } from '../../codec/numbers.js';
import { ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type Respond, type RespondInForm } from '../answers.js';
import { addressOf, givenStruct, givenText } from '../given.js';
import { readBytes, writeUint64 } from '../native-memory.js';
import type { InitiatorState } from '../state.js';
import { ISDSC_INVALID_INITIATOR_CHAP_SECRET, ISDSC_NO_AUTH_INFO_AVAILABLE } from '../statuses.js';
import { isRightLength, type KeptSecret, keptSecret } from './chap.js';

/** A key that is stored under a name, without its bytes. Without `persist` it is gone after a restart. */
export interface StoredKey {
  readonly persist: boolean;
  readonly flags: string;
}

const setChapSecret: Respond = (state, ...args) => {
  const secret = givenSecret(args);
  if (secret !== null && !isRightLength(secret)) return ISDSC_INVALID_INITIATOR_CHAP_SECRET;
  state.machineSecret = secret;
  return SUCCESS;
};

// The status of another length is not documented.
const RADIUS_SECRET = { shortest: 22, longest: 26 };

const setRadiusSecret: Respond = (state, ...args) => {
  const secret = givenSecret(args);
  const { shortest, longest } = RADIUS_SECRET;
  if (secret !== null && (secret.length < shortest || secret.length > longest)) return ERROR_INVALID_PARAMETER;
  store(state, 'RADIUS', secret !== null, true);
  return SUCCESS;
};

const setGroupKey: Respond = (state, ...args) => {
  store(state, 'group', givenSecret(args) !== null, Boolean(args[2]));
  return SUCCESS;
};

const setIke: RespondInForm = (state, text, name, port, info, persist) => {
  const given = givenStruct(state, text, IKE_INFORMATION, info);
  const address = addressOf(info);
  if (given === null || address === null) return ERROR_INVALID_PARAMETER;
  const flags = flagBits('securityFlags', SECURITY_FLAGS, 8, given.psKey.securityFlags ?? 0).toString();
  // The reader of the struct never shows a key.
  const isSet = keyLengthAt(address, text.form) > 0;
  store(state, ikeName(state, name, port, given.psKey), isSet, Boolean(persist), flags);
  return SUCCESS;
};

const getIke: RespondInForm = (state, text, name, port, reserved, info) => {
  const given = givenStruct(state, text, IKE_INFORMATION, info);
  const address = addressOf(info);
  if (given === null || address === null || addressOf(reserved) !== null) return ERROR_INVALID_PARAMETER;
  const stored = state.storedKeys.get(ikeName(state, name, port, given.psKey));
  if (stored === undefined) return ISDSC_NO_AUTH_INFO_AVAILABLE;
  const { at } = IKE_INFORMATION.in(text.form).layout as unknown as { at: { PsKey: number } };
  writeUint64(address + BigInt(at.PsKey), BigInt(stored.flags));
  return SUCCESS;
};

const setTunnel: RespondInForm = (state, _, name, port, destination, outer, persist) => {
  const key = `tunnel ${givenText(state, name) ?? ''} ${port} ${givenText(state, destination) ?? ''}`;
  store(state, key, givenText(state, outer) !== null, Boolean(persist));
  return SUCCESS;
};

function givenSecret([length, secret]: readonly unknown[]): KeptSecret | null {
  const address = addressOf(secret);
  return address === null || Number(length) === 0 ? null : keptSecret(readBytes(address, Number(length)));
}

function store(state: InitiatorState, name: string, isSet: boolean, persist: boolean, flags = '0'): void {
  if (isSet) state.storedKeys.set(name, { persist, flags });
  else state.storedKeys.delete(name);
}

function ikeName(
  state: InitiatorState,
  initiator: unknown,
  port: unknown,
  { idType, id }: { readonly idType: string | number; readonly id: string | Uint8Array },
): string {
  return `IKE ${givenText(state, initiator) ?? ''} ${port} ${idType} ${Buffer.from(id).toString('hex')}`;
}

function keyLengthAt(address: bigint, form: 'A' | 'W'): number {
  const outer = IKE_INFORMATION.in(form).layout.at as unknown as { PsKey: number };
  const inner = IKE_PRESHARED_KEY.in(form).layout.at as unknown as { KeyLengthInBytes: number };
  return readBytes(address + BigInt(outer.PsKey + inner.KeyLengthInBytes), 4).readUInt32LE();
}

export const SECURITY_ANSWERS: Answers = {
  SetIScsiInitiatorCHAPSharedSecret: setChapSecret,
  SetIScsiInitiatorRADIUSSharedSecret: setRadiusSecret,
  SetIScsiGroupPresharedKey: setGroupKey,
  ...bothForms('SetIScsiIKEInfo', setIke),
  ...bothForms('GetIScsiIKEInfo', getIke),
  ...bothForms('SetIScsiTunnelModeOuterAddress', setTunnel),
};
