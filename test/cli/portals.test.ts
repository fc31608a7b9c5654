import { describe, expect, it } from 'vitest';
import type { SendTargetPortalEx } from '../../src/index.js';
import { answering, machine } from './run.js';

const NEW = '10.0.0.10';
const DISKS = ['iqn.2003-01.org.example:disk1', 'iqn.2003-01.org.example:disk2'];

function portal(address: string, more: Partial<SendTargetPortalEx> = {}): SendTargetPortalEx {
  return {
    initiatorName: '',
    initiatorPortNumber: 0xffffffff,
    symbolicName: '',
    address,
    socket: 3260,
    securityFlags: [],
    loginOptions: { loginFlags: [] },
    ...more,
  };
}

const HBA = { initiatorName: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 2 };
const PORTALS = [
  portal('10.0.0.5'),
  portal('fd00::5', { ...HBA, loginOptions: { loginFlags: [], authType: 'chap', username: 'backup-host' } }),
  portal('san.example', {
    socket: 860,
    securityFlags: ['valid', 'ikeIpsecEnabled'],
    loginOptions: { loginFlags: ['multipathEnabled'], authType: 'mutualChap', headerDigest: 'crc32c' },
  }),
];

describe('portal list', () => {
  it('has a line for each portal, with the instance to which it is bound, its CHAP user and its flags', async () => {
    using on = machine({ sendTargetPortals: PORTALS });
    expect(await on.run('portals')).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
PORTAL           INSTANCE                      CHAP USER             FLAGS
10.0.0.5:3260    any
[fd00::5]:3260   ROOT\\ISCSIPRT\\0000_0, port 2  backup-host
san.example:860  any                           (node name) (mutual)  multipathEnabled, IPsec valid, IPsec ikeIpsecEnabled, header digest crc32c
`,
      stderr: '',
    });
  });

  it.each([60, 80, 100, 140])('keeps to %i columns, with no name broken', async columns => {
    using on = machine({ sendTargetPortals: PORTALS });
    const { stdout } = await on.run('portal list', { columns });
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
    const words = ['[fd00::5]:3260', 'ROOT\\ISCSIPRT\\0000_0, port 2', '(node name) (mutual)', 'IPsec ikeIpsecEnabled'];
    for (const word of words) expect(stdout).toContain(word);
  });

  it('has what does not fit beneath the portal, and says what it is', async () => {
    using on = machine({ sendTargetPortals: PORTALS.slice(0, 2) });
    expect((await on.run('portal list', { columns: 50 })).stdout).toBe(`\
PORTAL
10.0.0.5:3260
  instance any
[fd00::5]:3260
  instance ROOT\\ISCSIPRT\\0000_0, port 2
  CHAP user backup-host
`);
  });

  it('prints them as reported with --json', async () => {
    using on = machine({ sendTargetPortals: PORTALS });
    expect(JSON.parse((await on.run('portals --json')).stdout)).toEqual(PORTALS);
  });

  it('says so if there are none', async () => {
    using on = machine({ sendTargetPortals: [] });
    expect((await on.run('portals')).stdout).toBe('No portals are registered.\n');
  });

  it('has no columns for what no portal has', async () => {
    using on = machine();
    expect((await on.run('portals')).stdout).toMatch(/^PORTAL +INSTANCE\n/);
  });
});

describe('portal add', () => {
  it('registers a portal, and prints the targets that it reports', async () => {
    using on = machine();
    expect(await on.run(`portal add ${NEW}`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `Registered: 10.0.0.10:3260. New targets:\n  ${DISKS.join('\n  ')}\n`,
      stderr: '',
    });
    expect(on.library.sendTargetPortals.at(-1)).toEqual(portal(NEW));
  });

  it('prints them with --json', async () => {
    using on = machine();
    const { newTargets, targets, portal: added } = JSON.parse((await on.run(`portal add ${NEW}:3260 --json`)).stdout);
    expect(added).toEqual({ address: NEW, socket: 3260 });
    expect(newTargets).toEqual(DISKS);
    expect(targets).toEqual(expect.arrayContaining(DISKS));
    expect(targets).toHaveLength(6);
  });

  it('says if there is nothing new', async () => {
    using on = machine();
    await on.run(`portal add ${NEW}`);
    expect((await on.run(`portal add ${NEW}`)).stdout).toBe(
      'Registered: 10.0.0.10:3260. No new targets: Windows knows 6, as before.\n',
    );
    using empty = machine({ network: { targets: [], portals: [{ address: '10.0.0.1' }] } });
    expect((await empty.run('portal add 10.0.0.1')).stdout).toContain('No new targets: Windows knows none.');
  });

  it('prints the portal if the targets cannot be listed afterwards', async () => {
    using on = machine();
    const { library } = on;
    const func = library.func.bind(library);
    let lists = 0;
    library.func = name => {
      if (name === 'ReportIScsiTargetsW' && ++lists === 2) library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
      return func(name);
    };
    const { stdout, stderr, status } = await on.run(`portal add ${NEW}`);
    expect(stdout).toBe('Registered: 10.0.0.10:3260.\n');
    expect(stderr).toContain('ISDSC_SERVICE_NOT_RUNNING');
    expect(status).toBe(1);
    expect(library.sendTargetPortals).toHaveLength(5);
  });

  it('passes on the initiator', async () => {
    using on = machine();
    await on.run(`portal add ${NEW} --instance ${HBA.initiatorName} --port-number 2`);
    expect(on.library.sendTargetPortals.at(-1)).toEqual(portal(NEW, HBA));
    await on.run(`portal add 10.0.1.10 --instance any --port-number any`);
    expect(on.library.sendTargetPortals.at(-1)).toEqual(portal('10.0.1.10'));
  });

  it('does not keep a portal that does not answer, and says so', async () => {
    using on = machine();
    const before = on.library.sendTargetPortals;
    const { stdout, stderr, status } = await on.run('portal add 10.0.0.99');
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_CONNECTION_FAILED: .*\. The portal was removed again: --keep keeps it\. Check the address, [^\n]+\n$/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(on.library.sendTargetPortals).toEqual(before);
    const json = await on.run('portal add 10.0.0.99 --json');
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ISDSC_CONNECTION_FAILED', portalRegistered: false });
  });

  it('keeps it with --keep, and says so', async () => {
    using on = machine();
    const { stderr, status } = await on.run('portal add 10.0.0.99 --keep');
    expect(stderr).toMatch(/\. The portal stays registered, and Windows goes on asking it\. Check the address, /);
    expect(stderr).not.toContain('--keep');
    expect(status).toBe(1);
    expect(on.library.sendTargetPortals.at(-1)).toEqual(portal('10.0.0.99'));
  });

  it('logs in with CHAP', async () => {
    const chap = { username: 'backup-host', secret: 'initiator-12345' };
    using on = machine({ network: { targets: [], portals: [{ address: NEW, chap }] } });
    const refused = await on.run(`portal add ${NEW}`);
    expect(refused.stderr).toMatch(/ISDSC_AUTHENTICATION_FAILURE: .* The portal was removed again: .* --chap-user /);
    const environment = { ISCSIDSC_CHAP_SECRET: chap.secret };
    const { status } = await on.run(`portal add ${NEW} --chap-user backup-host`, { environment });
    expect(status).toBe(0);
    expect(on.library.sendTargetPortals[0]?.loginOptions).toMatchObject({ authType: 'chap', username: 'backup-host' });
  });

  it.each([
    ['portal add', 'ADDR[:PORT] is missing.'],
    ['portal add 10.0.0.5:0', 'ADDR[:PORT] must be an address such as'],
    [`portal add ${NEW} --port-number -1`, "'--port-number=-1'"],
    [`portal add ${NEW} --port-number 4294967295`, 'needs a whole number from 0 to 4294967294, or any'],
    [`portal add ${NEW} --port-number 1`, '--port-number needs --instance'],
    [`portal add ${NEW} --port-number 1 --instance any`, '--port-number needs --instance'],
    [`portal add ${NEW} --instance=`, 'needs the name of an instance'],
  ])('%s is wrong usage', async (line, problem) => {
    using on = machine();
    const { stderr, status } = await on.run(line);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

describe('portal refresh', () => {
  it('prints targets that are new behind the portal', async () => {
    using on = machine();
    const { targets } = on.library.network;
    const added = { targetName: 'iqn.2003-01.org.example:new', portalGroups: [['192.168.1.20']] };
    on.library.network = { targets: [...targets, added] };
    expect((await on.run('portal refresh 192.168.1.20')).stdout).toBe(
      'Asked: 192.168.1.20:3260. New targets:\n  iqn.2003-01.org.example:new\n',
    );
  });

  it('ends with status 4 if the portal is not registered', async () => {
    using on = machine();
    const { stderr, status } = await on.run('portal refresh 10.0.0.99:860');
    expect(stderr).toBe(
      "iscsidsc: There is no registered portal 10.0.0.99:860. 'iscsidsc portals' lists the registered portals.\n",
    );
    expect(status).toBe(4);
  });

  it('ends with status 1 if it does not answer', async () => {
    using on = machine();
    const { stderr, status } = await on.run('portal refresh 192.168.1.30');
    expect(stderr).toContain('ISDSC_CONNECTION_FAILED');
    expect(status).toBe(1);
  });
});

describe('portal remove', () => {
  it('removes the portal as it is reported, however it is written', async () => {
    for (const name of ['fd00::5', '[fd00::5]', '[fd00:0::5]:3260', 'SAN.example', '10.0.0.5']) {
      using on = machine({ sendTargetPortals: PORTALS });
      expect(await on.run(`portal remove ${name} --yes`)).toMatchObject({ status: 0, stderr: '' });
      expect(on.library.sendTargetPortals).toHaveLength(2);
    }
  });

  it('says which, and returns it as JSON', async () => {
    using on = machine({ sendTargetPortals: PORTALS });
    expect((await on.run('portal remove fd00::5 --yes')).stdout).toBe(
      'Removed: portal [fd00::5]:3260 (ROOT\\ISCSIPRT\\0000_0, port 2).\n',
    );
    expect(JSON.parse((await on.run('portal remove 10.0.0.5 --yes --json')).stdout)).toEqual(PORTALS[0]);
  });

  it('asks before', async () => {
    using on = machine({ sendTargetPortals: PORTALS });
    const no = answering('n');
    expect(await on.run('portal remove 10.0.0.5', no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual(['Remove portal 10.0.0.5:3260? Its CHAP secret, if it has one, is lost. [y/N] ']);
    expect(on.library.sendTargetPortals).toHaveLength(3);
    expect(await on.run('portal remove 10.0.0.5', answering('y'))).toMatchObject({ status: 0 });
    expect(on.library.sendTargetPortals).toHaveLength(2);
  });

  it('wants --yes where nobody can answer', async () => {
    using on = machine({ sendTargetPortals: PORTALS });
    const { stderr, status } = await on.run('portal remove 10.0.0.5');
    expect(stderr).toBe(
      "iscsidsc: There is no terminal to ask on. Give --yes to remove the portal without a question. See 'iscsidsc help portal remove'.\n",
    );
    expect(status).toBe(2);
    expect(on.library.sendTargetPortals).toHaveLength(3);
  });

  const TWINS = [portal('10.0.0.5'), portal('10.0.0.5', HBA), portal('10.0.0.5', { socket: 860 })];

  it('refuses a name that several have, and prints them', async () => {
    using on = machine({ sendTargetPortals: TWINS });
    const { stderr, status } = await on.run('portal remove 10.0.0.5 --yes');
    expect(stderr).toBe(`\
iscsidsc: There are 3 registered portals with the address 10.0.0.5. Name one with its port, --instance or --port-number.
  10.0.0.5:3260  any
  10.0.0.5:3260  ROOT\\ISCSIPRT\\0000_0, port 2
  10.0.0.5:860  any
`);
    expect(status).toBe(2);
    expect(on.library.sendTargetPortals).toHaveLength(3);
    const json = await on.run('portal remove 10.0.0.5 --yes --json');
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'ERR_ISCSIDSC_AMBIGUOUS_PORTAL',
      candidates: TWINS.map(({ address, socket, initiatorName, initiatorPortNumber }) => ({
        address,
        socket,
        initiatorName,
        initiatorPortNumber,
      })),
    });
  });

  it.each([
    ['10.0.0.5:860', 2],
    ['10.0.0.5:3260 --instance any', 0],
    ['10.0.0.5 --instance root\\iscsiprt\\0000_0', 1],
    ['10.0.0.5 --port-number 2', 1],
  ])('removes %s alone', async (which, index) => {
    using on = machine({ sendTargetPortals: TWINS });
    expect(await on.run(`portal remove ${which} --yes`)).toMatchObject({ status: 0 });
    expect(on.library.sendTargetPortals).toEqual(TWINS.filter((_, each) => each !== index));
  });
});
