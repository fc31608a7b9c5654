import { type Check, checkEach, refuseUnknown, STRING_OR_NULL } from '../../arguments.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { isOctets, nested, type Octets, octets, secret, unlessEmpty } from '../../codec/fields.js';
import { type Flags, type FlagsInput, flags, type Named, named, nameOf } from '../../codec/numbers.js';
import { octetCount } from '../../codec/sink.js';
import { Reply, Source } from '../../codec/source.js';
import { Struct } from '../../codec/struct.js';
import { invalidSecret } from '../../errors.js';
import {
  IKE_AUTHENTICATION_PRESHARED_KEY_METHOD,
  MAX_ISCSI_HBANAME_LEN,
  MAX_ISCSI_TEXT_ADDRESS_LEN,
} from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsyncWith, callSyncWith, withArguments } from '../call.js';
import { INITIATOR_PORT_CHECKS, type InitiatorPort, initiatorPortOf } from '../initiator/initiator-port.js';
import { SECURITY_FLAGS, type SecurityFlag } from '../logins/login-options.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import { ipv4Bytes, ipv6Bytes } from './address-bytes.js';
import { PERSIST_CHECKS, type Persist } from './secrets.js';

/** What kind of name an IKE identity is. */
export type IkeIdType = 'ipv4' | 'fqdn' | 'userFqdn' | 'ipv6';

/** The identity that an IPsec key belongs to. */
export interface IkeIdentity {
  /** What kind of name `id` is. */
  readonly idType: Named<IkeIdType>;
  /** An address as text, `host.example` or `user@host.example`; or the bytes, those of an address in network order. */
  readonly id: Octets;
}

/** An IPsec key, and whom it is for. */
export interface IkeInfo extends IkeIdentity {
  /** Flags for IPsec: names, or a number of bits. Defaults to none. */
  readonly securityFlags?: FlagsInput<SecurityFlag> | undefined;
  /** The preshared key: ASCII text, or any bytes. Null, or none, removes it. */
  readonly key?: Octets | null | undefined;
}

/** Which initiator of this machine, and which of its ports, something is stored for. */
export interface InitiatorOfStored extends Pick<InitiatorPort, 'initiatorPortNumber'> {
  /** The name of an HBA instance. Defaults to all: NULL. */
  readonly initiatorName?: InitiatorPort['initiatorInstance'];
}

const INITIATOR_CHECKS: Readonly<Record<keyof InitiatorOfStored, Check>> = {
  initiatorName: INITIATOR_PORT_CHECKS.initiatorInstance,
  initiatorPortNumber: INITIATOR_PORT_CHECKS.initiatorPortNumber,
};

const ID_TYPES = { 1: 'ipv4', 2: 'fqdn', 3: 'userFqdn', 5: 'ipv6' } as const;

interface PresharedKey {
  readonly securityFlags?: FlagsInput<SecurityFlag> | undefined;
  readonly idType: Named<IkeIdType>;
  readonly id: Octets;
  readonly key?: Octets | undefined;
}

export const IKE_PRESHARED_KEY = new Struct<PresharedKey>('IKE_AUTHENTICATION_PRESHARED_KEY', 'PsKey', {
  securityFlags: flags('SecurityFlags', SECURITY_FLAGS),
  idType: named('IdType', ID_TYPES),
  id: octets('Id', 'IdLengthInBytes'),
  key: unlessEmpty(secret('Key', 'KeyLengthInBytes'), undefined),
});

export const IKE_INFORMATION = new Struct<{ readonly psKey: PresharedKey }>(
  'IKE_AUTHENTICATION_INFORMATION',
  'AuthInfo',
  { psKey: nested('PsKey', IKE_PRESHARED_KEY) },
  { constants: { AuthMethod: IKE_AUTHENTICATION_PRESHARED_KEY_METHOD } },
);

const SET = bothForms('SetIScsiIKEInfo');
const GET = bothForms('GetIScsiIKEInfo');
const SET_TUNNEL = bothForms('SetIScsiTunnelModeOuterAddress');

/**
 * Stores the IPsec key for an identity, or removes it. Rejects with `ISDSC_IPSEC_NOT_SUPPORTED_ON_OS` if this Windows has
 * no IPsec for iSCSI, `ISDSC_IKE_ID_PAYLOAD_INCORRECT_SIZE`, `ISDSC_FAILED_TO_CONFIGURE_IPSEC`, and with the errors of
 * `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsiikeinfow
 */
export async function setIScsiIKEInfo(
  info: IkeInfo,
  options?: AsyncOptions & InitiatorOfStored & Persist,
): Promise<void> {
  const key = presharedKey(info);
  return await callAsyncWith<AsyncOptions & InitiatorOfStored & Persist, void>(
    options,
    { ...INITIATOR_CHECKS, ...PERSIST_CHECKS },
    (checked, { persist = false, ...initiator }) =>
      withArguments(checked, memory => {
        const information = memory.struct(IKE_INFORMATION, { psKey: key }, 'info');
        const [name, port] = initiatorOf(initiator);
        const instance = memory.string('initiatorName', name, LONGEST_INITIATOR);
        return simpleCall(nativeCall(checked.library, SET[checked.form], instance, port, information, persist ? 1 : 0));
      }),
  );
}

/** What is reported of an IPsec key. The key itself never is. */
export interface StoredIkeInfo {
  /** The flags for IPsec. */
  securityFlags: Flags<SecurityFlag>;
}

/**
 * Returns the flags that are stored with the IPsec key of an identity. Rejects with
 * `ISDSC_TARGET_PRESHAREDKEY_UNAVAILABLE` or `ISDSC_NO_AUTH_INFO_AVAILABLE` if nothing is stored, and with the errors of
 * `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiikeinfow
 */
export async function getIScsiIKEInfo(
  identity: IkeIdentity,
  options?: AsyncOptions & InitiatorOfStored,
): Promise<StoredIkeInfo> {
  const key = identityOf(identity);
  return await callAsyncWith<AsyncOptions & InitiatorOfStored, StoredIkeInfo>(
    options,
    INITIATOR_CHECKS,
    (checked, initiator) => storedInfo(checked, key, initiator),
  );
}

/**
 * Returns the flags that are stored with the IPsec key of an identity. Blocks the thread. Throws the same errors as
 * `getIScsiIKEInfo`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiikeinfow
 */
export function getIScsiIKEInfoSync(identity: IkeIdentity, options?: SyncOptions & InitiatorOfStored): StoredIkeInfo {
  const key = identityOf(identity);
  return callSyncWith<SyncOptions & InitiatorOfStored, StoredIkeInfo>(options, INITIATOR_CHECKS, (checked, initiator) =>
    storedInfo(checked, key, initiator),
  );
}

/** The two addresses of an IPsec tunnel. Each defaults to null: Microsoft does not say what that means. */
export interface TunnelAddresses {
  /** The address of the target. */
  readonly destinationAddress?: string | null | undefined;
  /** The address of the gateway in front of it. */
  readonly outerModeAddress?: string | null | undefined;
}

const TUNNEL_CHECKS: Readonly<Record<keyof TunnelAddresses, Check>> = {
  destinationAddress: STRING_OR_NULL,
  outerModeAddress: STRING_OR_NULL,
};

/**
 * Sets the outer address of an IPsec tunnel. Rejects with `ISDSC_IPSEC_NOT_SUPPORTED_ON_OS` if this Windows has no IPsec
 * for iSCSI, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsitunnelmodeouteraddressw
 */
export async function setIScsiTunnelModeOuterAddress(
  addresses: TunnelAddresses,
  options?: AsyncOptions & InitiatorOfStored & Persist,
): Promise<void> {
  // One that is not set must not clear a tunnel.
  refuseUnknown('the addresses', addresses, Object.keys(TUNNEL_CHECKS));
  const { destinationAddress = null, outerModeAddress = null } = checkEach<TunnelAddresses>(addresses, TUNNEL_CHECKS);
  return await callAsyncWith<AsyncOptions & InitiatorOfStored & Persist, void>(
    options,
    { ...INITIATOR_CHECKS, ...PERSIST_CHECKS },
    (checked, { persist = false, ...initiator }) =>
      withArguments(checked, memory => {
        const [name, port] = initiatorOf(initiator);
        return simpleCall(
          nativeCall(
            checked.library,
            SET_TUNNEL[checked.form],
            memory.string('initiatorName', name, LONGEST_INITIATOR),
            port,
            memory.string('destinationAddress', destinationAddress, LONGEST_ADDRESS),
            memory.string('outerModeAddress', outerModeAddress, LONGEST_ADDRESS),
            persist ? 1 : 0,
          ),
        );
      }),
  );
}

// That of an HBA instance.
const LONGEST_INITIATOR = MAX_ISCSI_HBANAME_LEN - 1;
const LONGEST_ADDRESS = MAX_ISCSI_TEXT_ADDRESS_LEN - 1;

function initiatorOf({ initiatorName, initiatorPortNumber }: InitiatorOfStored) {
  return initiatorPortOf({ initiatorInstance: initiatorName, initiatorPortNumber }, 'initiatorName');
}

/** The struct for a key. Each member is read once. */
function presharedKey(info: IkeInfo): PresharedKey {
  refuseUnknown('the info', info, ['securityFlags', 'idType', 'id', 'key']);
  const { securityFlags, idType, id, key } = info;
  // A variable that is not set must not remove a key.
  if (isOctets(key) && octetCount(key) === 0) throw invalidSecret('key must not be empty; null removes it');
  return { securityFlags, idType, id: idBytes(idType, id), key: key ?? undefined };
}

/** The struct for a question: a key has no place in it. */
function identityOf(identity: IkeIdentity): PresharedKey {
  refuseUnknown('the identity', identity, ['idType', 'id']);
  const { idType, id } = identity;
  return { idType, id: idBytes(idType, id) };
}

type Address = readonly [length: number, bytes: (text: string) => Uint8Array | undefined];

const ADDRESSES: ReadonlyMap<unknown, Address> = new Map([
  ['ipv4', [4, ipv4Bytes]],
  ['ipv6', [16, ipv6Bytes]],
]);

const NAMES: ReadonlySet<unknown> = new Set(['fqdn', 'userFqdn']);

function hasNul(name: Octets): boolean {
  return typeof name === 'string' ? name.includes('\0') : Uint8Array.prototype.includes.call(name, 0);
}

function idBytes(idType: unknown, id: unknown): Octets {
  const type = typeof idType === 'number' ? nameOf(ID_TYPES, idType) : idType;
  const [length, bytesOf] = ADDRESSES.get(type) ?? [];
  const bytes = typeof id === 'string' && bytesOf ? bytesOf(id) : id;
  if (isOctets(bytes)) {
    const count = octetCount(bytes);
    if (count > 0 && (length === undefined ? !NAMES.has(type) || !hasNul(bytes) : count === length)) return bytes;
  }
  // Not shown: it can be the key, by mistake.
  throw invalidSecret('id must be an address, or the name of a host or a user, as idType says');
}

function storedInfo(
  checked: CheckedOptions,
  psKey: PresharedKey,
  initiator: InitiatorOfStored,
): Procedure<StoredIkeInfo> {
  return withArguments(checked, function* (memory) {
    const [name, port] = initiatorOf(initiator);
    const instance = memory.string('initiatorName', name, LONGEST_INITIATOR);
    const information = memory.struct(IKE_INFORMATION, { psKey }, 'identity') as Buffer;
    const syscall = GET[checked.form];
    yield* simpleCall(nativeCall(checked.library, syscall, instance, port, null, information));
    const { layout } = IKE_INFORMATION.in(checked.form);
    const at = (layout.at as unknown as { PsKey: number }).PsKey;
    // Nothing but the flags: whatever else the callee has written is not looked at.
    const read = FLAGS_ONLY.in(checked.form).read(new Source(new Reply(information, syscall)), at);
    return { securityFlags: read.securityFlags as Flags<SecurityFlag> };
  });
}

const FLAGS_ONLY = new Struct<Pick<PresharedKey, 'securityFlags'>>('IKE_AUTHENTICATION_PRESHARED_KEY', 'PsKey', {
  securityFlags: flags('SecurityFlags', SECURITY_FLAGS),
});
