import fc from 'fast-check';
import { exampleDevices, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { loginTo } from '../initiator-by-hand.js';

/** Every name of the machines has this in it, except addresses and ids. */
export const MARK = 'zqzq';

/** A simulated machine, and all that is its own. */
export interface NamedMachine {
  readonly options: SimulatorOptions;
  /** Names, addresses, ids and secrets: whatever tells one machine from another. */
  readonly names: readonly string[];
}

/** Text with the mark, of a length that fits its place. By its end, no name is the beginning of another. */
export const name = (kind: string, most: number, characters = 'abcXYZ019.-_ :*\\é漢') =>
  fc
    .string({ unit: fc.constantFrom(...characters), maxLength: 12 })
    .map(text => `${`${kind}${MARK}${text}`.slice(0, most - 1)}q`);

const ascii = (kind: string, most: number) => name(kind, most, 'abcXYZ019.-_');
const iqn = name('iqn.2003-01.org.', 100);
const octet = fc.integer({ min: 100, max: 255 });
const group = fc.integer({ min: 0x1000, max: 0xffff }).map(number => number.toString(16));
const ipv4 = fc.tuple(octet, octet, octet, octet).map(octets => octets.join('.'));
const ipv6 = fc.oneof(
  fc.array(group, { minLength: 7, maxLength: 7 }).map(groups => `fd00:${groups.join(':')}`),
  fc.array(group, { minLength: 3, maxLength: 3 }).map(([first, ...rest]) => `FD00:${first}::${rest.join(':')}`),
);
const host = ascii('host', 60);
const address = fc.oneof(host, ipv4, ipv6);
const portal = fc.record({
  symbolicName: name('symbol', 60),
  address,
  socket: fc.integer({ min: 1, max: 65535 }),
});
const chap = fc.record({ username: ascii('user', 40), secret: ascii('', 16).map(text => text.padStart(12, 'x')) });
const volume = fc.record({
  name: fc.uuid().map(guid => `\\\\?\\Volume{${guid}}\\`),
  paths: fc.array(
    ascii('mount', 30).map(folder => `Q:\\${folder}\\`),
    { maxLength: 2 },
  ),
});
const lun = fc.record({
  lun: fc.constant(0),
  serialNumber: ascii('serial', 30),
  vendor: ascii('', 8),
  product: ascii('', 16),
  volumes: fc.array(volume, { maxLength: 2 }),
});
const login = fc.record({
  targetName: iqn,
  address,
  username: ascii('user', 40),
  initiatorInstance: name('instance', 60),
});

export const namedMachine: fc.Arbitrary<NamedMachine> = fc
  .record({
    targetNames: fc.uniqueArray(iqn, { maxLength: 4, selector: text => text.toLowerCase() }),
    targetAlias: name('alias', 60),
    nodeName: ascii('iqn.1991-05.com.microsoft:computer', 100),
    portals: fc.array(portal, { minLength: 1, maxLength: 3 }),
    luns: fc.array(lun, { minLength: 1, maxLength: 1 }),
    chap,
    isnsServer: host,
    initiatorAddress: fc.oneof(ipv4, ipv6),
    logins: fc.array(login, { maxLength: 4 }),
    ids: fc.array(fc.bigInt({ min: 2n ** 40n, max: 2n ** 63n }), { minLength: 3, maxLength: 3 }),
    connected: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    isOneTarget: fc.boolean(),
  })
  .map(machineOf);

interface Parts {
  readonly targetNames: readonly string[];
  readonly targetAlias: string;
  readonly nodeName: string;
  readonly portals: readonly { symbolicName: string; address: string; socket: number }[];
  readonly luns: readonly { lun: number; volumes: readonly { name: string; paths: readonly string[] }[] }[];
  readonly chap: { readonly username: string; readonly secret: string };
  readonly isnsServer: string;
  readonly initiatorAddress: string;
  readonly logins: readonly { targetName: string; address: string; username: string; initiatorInstance: string }[];
  readonly ids: readonly bigint[];
  readonly connected: readonly boolean[];
  readonly isOneTarget: boolean;
}

function machineOf(parts: Parts): NamedMachine {
  const { targetNames, portals, logins, ids, chap } = parts;
  const [high = 0n, low = 0n, gone = 0n] = ids;
  const sessions = exampleSessions(targetNames.length).map((session, index) => ({
    ...session,
    sessionId: `${high.toString(16)}-${(low + BigInt(index)).toString(16)}`,
    initiatorName: parts.nodeName,
    targetName: (parts.isOneTarget ? targetNames[0] : targetNames[index]) ?? '',
    targetNodeName: null,
    connections: session.connections.slice(0, parts.connected[index] ? undefined : 0).map(each => ({
      ...each,
      targetAddress: portals[0]?.address ?? '',
      initiatorAddress: parts.initiatorAddress,
    })),
  }));
  const options: SimulatorOptions = {
    network: {
      targets: targetNames.map(targetName => ({
        ...{ targetName, targetAlias: parts.targetAlias, portalGroups: [portals] },
        ...{ luns: parts.luns, chap, mutualChap: { secret: `mutual${MARK}` } },
      })),
      isnsServers: [{ address: parts.isnsServer, targets: targetNames }],
    },
    sendTargetPortals: portals.map(each => ({
      ...each,
      ...{ initiatorName: '', initiatorPortNumber: 0xffffffff, securityFlags: [] },
      loginOptions: { loginFlags: [], authType: 'chap', username: chap.username },
    })),
    sessions,
    devices: exampleDevices(sessions),
    persistentLogins: logins.flatMap(({ targetName, initiatorInstance, ...each }, index) => {
      const saved = {
        ...{ ...loginTo(targetName, each.address), initiatorInstance },
        mappings: {
          ...{ initiatorName: initiatorInstance, targetName, osDeviceName: `\\\\.\\${MARK}` },
          ...{ sessionId: `${gone.toString(16)}-1`, osBusNumber: 0, osTargetNumber: 0, lunList: [] },
        },
        loginOptions: { loginFlags: [], username: each.username },
      };
      return index % 2 === 0 ? [saved, saved] : [saved];
    }),
  };
  const volumes = parts.luns.flatMap(each => each.volumes);
  const addresses = [...portals, ...logins].map(each => each.address);
  return {
    options,
    names: [
      ...[...targetNames, ...logins.map(each => each.targetName), ...addresses, parts.initiatorAddress],
      ...[...sessions.map(({ sessionId }) => sessionId), `${gone.toString(16)}-1`],
      ...volumes.flatMap(each => [each.name, each.name.slice(11, -2), ...each.paths]),
    ],
  };
}

/** The names that a text has, as they are in JSON. */
export function namesIn(text: string, { names }: NamedMachine): string[] {
  const within = text.toLowerCase();
  return [MARK, ...names].filter(each => within.includes(JSON.stringify(each).slice(1, -1).toLowerCase()));
}
