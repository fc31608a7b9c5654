import {
  getIScsiTargetInformation,
  type PersistentLogin,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortalsEx,
  type SendTargetPortalEx,
} from 'iscsidsc';
import { structs } from 'iscsidsc/raw';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { guardedErrorOf } from '../contract/outcome.js';
import { MutatingLibrary } from './mutating-library.js';
import type { Written } from './mutation.js';
import { REPORTS } from './reports.js';
import { TableLibrary } from './table-library.js';

const LATIN = {
  decodeAnsi: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'),
  encodeAnsi: (text: string) => Buffer.from(text, 'latin1'),
};
const PORTAL: SendTargetPortalEx = {
  ...{ initiatorName: 'i', initiatorPortNumber: 1, symbolicName: 's', address: 'a', socket: 3260, securityFlags: [] },
  loginOptions: { loginFlags: [], username: 'user' },
};
const LOGIN: PersistentLogin = {
  ...{ targetName: 't', isInformationalSession: false, initiatorInstance: '', initiatorPortNumber: 1 },
  ...{ targetPortal: { symbolicName: '', address: 'a', socket: 3260 }, securityFlags: [] },
  mappings: { osBusNumber: 1, osTargetNumber: 2, lunList: [{ osLun: 0, targetLun: '0' }] },
  loginOptions: { loginFlags: [], username: 'user' },
};
const MECHANISM = { discoveryMechanism: 'm' };

const portalInfo = structs.ISCSI_TARGET_PORTAL_INFO_EXW;
const loginInfo = structs.PERSISTENT_ISCSI_LOGIN_INFOW;
const options = structs.ISCSI_LOGIN_OPTIONS.members;
const mapping = structs.ISCSI_TARGET_MAPPINGW;

/** Where members lie from the start of an answer. */
const USERNAME = portalInfo.members.LoginOptions.offset + options.Username.offset;
const USERNAME_LENGTH = portalInfo.members.LoginOptions.offset + options.UsernameLength.offset;
const MAPPINGS = loginInfo.members.Mappings.offset;

function changed(name: string, value: unknown, change: (written: Change) => void): MutatingLibrary {
  const report = REPORTS[name];
  const table = new TableLibrary(LATIN, text => report?.reply(value, text) ?? expect.fail(name));
  const apply = (written: Written) => change(new Change(written));
  return new MutatingLibrary(table, [{ what: name, apply }]);
}

class Change {
  readonly bytes: Buffer;
  readonly size: Uint32Array;
  readonly count: Uint32Array;

  constructor({ bytes, size, count }: Written) {
    this.bytes = bytes;
    this.size = size;
    this.count = count;
  }

  number(at: number, value: number): void {
    this.bytes.writeUInt32LE(value, at);
  }

  /** A pointer to an offset of the answer, which may lie outside of it. */
  pointer(at: number, offset: number): void {
    const address = BigInt(koffi.address(this.bytes)) + BigInt(offset);
    this.bytes.writeBigUInt64LE(BigInt.asUintN(64, address), at);
  }

  offset(at: number): number {
    return Number(this.bytes.readBigUInt64LE(at) - BigInt(koffi.address(this.bytes)));
  }
}

async function refused(call: () => Promise<unknown>, member: string): Promise<void> {
  expect(await guardedErrorOf(call)).toMatchObject({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member });
}

describe('a list of portals', () => {
  const list = (change: (written: Change) => void, portals = [PORTAL, PORTAL]) => {
    const library = changed('reportIScsiSendTargetPortalsEx', portals, change);
    return () => reportIScsiSendTargetPortalsEx({ library });
  };

  it('comes back if nothing is changed', async () => {
    expect(await list(() => {})()).toEqual([PORTAL, PORTAL]);
  });

  it.each([
    ['at the start', 0],
    ['in its own struct', USERNAME],
    ['in the last struct', 2 * portalInfo.size - 1],
    ['before the answer', -1],
    ['far before it', -(2 ** 30)],
    ['behind the buffer', 32 * 1024],
    ['far behind it', 2 ** 46],
  ])('with a user name that lies %s is refused', (_, offset) =>
    refused(
      list(written => written.pointer(USERNAME, offset)),
      'LoginOptions.Username',
    ),
  );

  it.each([32 * 1024, 2 ** 31, 2 ** 32 - 1])('with a user name of %d bytes is refused', length =>
    refused(
      list(written => written.number(USERNAME_LENGTH, length)),
      'LoginOptions.Username',
    ),
  );

  it('with a user name at NULL is refused', () =>
    refused(
      list(({ bytes }) => bytes.writeBigUInt64LE(0n, USERNAME)),
      'LoginOptions.Username',
    ));

  it('cannot share one user name to grow', () =>
    refused(
      list(written => {
        const start = 2 * portalInfo.size;
        for (const struct of [0, portalInfo.size]) {
          written.pointer(struct + USERNAME, start);
          written.number(struct + USERNAME_LENGTH, 32 * 1024 - start);
        }
      }),
      'LoginOptions.Username',
    ));

  it('may say that a user name is there and has no bytes, wherever its pointer leads', async () => {
    const call = list(
      written => {
        written.number(USERNAME_LENGTH, 0);
        written.pointer(USERNAME, -5);
      },
      [PORTAL],
    );
    expect(await call()).toEqual([{ ...PORTAL, loginOptions: { loginFlags: [], username: '' } }]);
  });

  it('never gives a password, also if Windows wrote one', async () => {
    const call = list(
      written => {
        const at = portalInfo.members.LoginOptions.offset;
        written.number(at + options.InformationSpecified.offset, 0x60);
        written.number(at + options.PasswordLength.offset, 4);
        written.pointer(at + options.Password.offset, written.offset(USERNAME));
      },
      [PORTAL],
    );
    expect(await call()).toEqual([PORTAL]);
  });

  it.each([3, 21, 2 ** 32 - 1])('with a count of %d in place of 2 is refused', count =>
    refused(
      list(written => {
        written.count[0] = count;
      }),
      // Of 3, the third lies where the user names are.
      count === 3 ? 'LoginOptions.Username' : 'PortalCount',
    ),
  );

  it('larger than its buffer is refused', () =>
    refused(
      list(written => {
        written.size[0] = 2 ** 32 - 1;
      }),
      'PortalInfoSize',
    ));

  it('with an address that does not end is refused', () =>
    refused(
      list(({ bytes }) => {
        const { offset, type } = portalInfo.members.Address;
        bytes.fill(65, offset, offset + type.size);
      }),
      'PortalInfo.Address',
    ));
});

describe('a list of persistent logins', () => {
  const list = (change: (written: Change) => void, logins = [LOGIN, LOGIN]) => {
    const library = changed('reportIScsiPersistentLogins', logins, change);
    return () => reportIScsiPersistentLogins({ library });
  };
  const lunList = (written: Change) => written.offset(MAPPINGS) + mapping.members.LUNList.offset;
  const lunCount = (written: Change) => written.offset(MAPPINGS) + mapping.members.LUNCount.offset;

  it('comes back if nothing is changed', async () => {
    expect(await list(() => {})()).toEqual([LOGIN, LOGIN]);
  });

  it.each([0, MAPPINGS, loginInfo.size, -8, 32 * 1024 - mapping.size + 8, 2 ** 40])(
    'with mappings at offset %d is refused',
    async offset => {
      const error = await guardedErrorOf(list(written => written.pointer(MAPPINGS, offset)));
      expect(error).toMatchObject({
        code: 'ERR_ISCSIDSC_MALFORMED_REPLY',
        member: 'PersistentLoginInfo.Mappings',
      });
    },
  );

  it.each([2 ** 11, 2 ** 28, 2 ** 32 - 1])('with %d LUNs is refused', count =>
    refused(
      list(written => written.number(lunCount(written), count)),
      'Mappings.LUNList',
    ),
  );

  it('with LUNs among the logins is refused', () =>
    refused(
      list(written => written.pointer(lunList(written), 8)),
      'Mappings.LUNList',
    ));

  it('whose mappings are one, which is its own LUN list, stays as small as the answer', async () => {
    const error = await guardedErrorOf(
      list(written => {
        const at = written.offset(MAPPINGS);
        written.pointer(loginInfo.size + MAPPINGS, at);
        written.pointer(lunList(written), at);
        written.number(lunCount(written), 1000);
      }),
    );
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member: 'Mappings.LUNList' });
  });
});

describe('portal groups', () => {
  const groups = (change: (written: Change) => void) => {
    const library = changed(
      'portalGroups of getIScsiTargetInformation',
      { groups: [[], []], stride: 'packed', filled: true },
      change,
    );
    return () => getIScsiTargetInformation('t', 'portalGroups', { library, ...MECHANISM });
  };

  it.each([3, 2 ** 32 - 1])('that are said to be %d are refused', count =>
    refused(
      groups(written => written.number(0, count)),
      'PortalGroups',
    ),
  );

  it.each([1, 2 ** 22, 2 ** 32 - 1])('with %d portals in one of them are refused', count =>
    refused(
      groups(written => written.number(4, count)),
      'PortalGroups',
    ),
  );

  it.each([1, 2, 3])('in %d bytes are refused', size =>
    refused(
      groups(written => {
        written.size[0] = size;
      }),
      'PortalGroups',
    ),
  );
});
