import { createSimulator, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { findBrowser } from './browser.mjs';
import { memoryInitiator } from './memory-initiator.js';
import { launch, type OpenedPage, openPage } from './opened-page.js';

type Options = Parameters<typeof openPage>[2];

const found = requiredTier(findBrowser());

describe.runIf(found.ok)('the page of the Electron example, in a browser', () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch(found.ok ? found.path : '');
  });
  afterAll(() => browser.close());

  /** The page, and the initiator that it shows. */
  async function open(simulated: SimulatorOptions = {}, options: Options = {}) {
    const library = createSimulator(simulated);
    const opened = await openPage(browser, memoryInitiator(library), options);
    await opened.page.locator('#tab-targets[aria-label]').or(opened.page.locator('#error h2')).first().waitFor();
    return Object.assign(opened, { library });
  }

  it('shows of every target the name, the state, the paths, the disks and whether it is a favourite', async () => {
    await using opened = await open();
    expect(await rows(opened, 'targets')).toEqual([
      [
        'vol-sql iqn.1992-08.com.example.san:vol-sql',
        'Connected',
        '192.168.1.108 192.168.2.108',
        'Disk 1 · E:',
        'Yes',
        'Disconnect…',
      ],
      ['backup iqn.2005-10.org.example.nas:backup', 'Connected', 'fd00:10:20::5', 'Disk 2 · F:', 'Yes', 'Disconnect…'],
      ['lun0 iqn.2004-04.com.example.archive:lun0', 'Reconnecting', '–', '–', 'No', 'Disconnect…'],
      [
        'filer-quorum-target iqn.1991-05.com.microsoft:filer-quorum-target',
        'Connected',
        '192.168.1.20',
        'Disk 4 · H:',
        'No',
        'Disconnect…',
      ],
      ['old-disk iqn.2001-05.com.example.retired:old-disk', 'Gone', '–', '–', 'Yes', 'Forget…'],
    ]);
    expect(await opened.page.locator('#node-name').innerText()).toBe(
      'iqn.1991-05.com.microsoft:win-server01.corp.example',
    );
    expect(opened.complaints).toEqual([]);
  });

  it('has the ids of the sessions in the details, which open below the row', async () => {
    await using opened = await open();
    const { page } = opened;
    const id = page.getByText('ffffe00112345010-4000013700000000');
    expect(await id.count()).toBe(0);
    const button = page.getByRole('button', { name: 'Details of vol-sql' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    await id.waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.getByText('portal 192.168.1.108', { exact: true }).waitFor();
  });

  it('shows the disks with their volumes, sizes, targets and devices', async () => {
    await using opened = await open();
    await opened.page.getByRole('tab', { name: /^Disks/ }).click();
    expect((await rows(opened, 'disks'))[0]).toEqual([
      'Disk 1',
      'E:',
      '1 GiB',
      'vol-sql',
      '0',
      expect.stringMatching(/^example disk \S+$/),
      'Connected',
    ]);
  });

  it('shows the favourites, and marks those whose target is gone', async () => {
    await using opened = await open();
    await opened.page.getByRole('tab', { name: 'Favourites 3, 1 needs attention' }).click();
    expect(await rows(opened, 'favourites')).toEqual([
      [expect.stringContaining('vol-sql'), 'Connected', '192.168.1.108', 'none', 'No', 'Remove…'],
      [expect.stringContaining('backup'), 'Connected', 'fd00:10:20::5', 'none', 'No', 'Remove…'],
      [expect.stringContaining('old-disk'), 'Target is gone', '192.168.1.99', 'none', 'No', 'Forget…'],
    ]);
  });

  it('shows the portals, and how Windows signs in there', async () => {
    const library = createSimulator();
    const [portal] = library.sendTargetPortals;
    if (!portal) throw new Error('no portal');
    const loginOptions = { loginFlags: [], authType: 'chap', username: 'me' } as const;
    await using opened = await open({
      sendTargetPortals: [{ ...portal, socket: 3261, loginOptions: { ...loginOptions, loginFlags: [] } }],
    });
    await opened.page.getByRole('tab', { name: 'Portals 1' }).click();
    expect(await rows(opened, 'portals')).toEqual([
      ['192.168.1.108:3261', '–', 'CHAP, me', 'any initiator', 'Ask againRemove…'],
    ]);
  });

  for (const [how, change] of Object.entries({
    'a connection of its session': (session: ReturnType<typeof exampleSessions>[0]) => ({
      ...session,
      connections: session.connections.slice(1),
    }),
    'the only connection of one of its sessions': null,
  })) {
    it(`does not call a target connected that has lost ${how}: it says how many paths are left`, async () => {
      const [one, other] = exampleSessions(2, { connections: change ? 2 : 1 });
      if (!one || !other) throw new Error('no session');
      const { targetName, targetNodeName } = one;
      const whole = change ? [one] : [one, { ...other, targetName, targetNodeName }];
      await using opened = await open({ sessions: whole, persistentLogins: [] });
      const named = opened.page.getByRole('rowheader', { name: targetName ?? '' });
      await named.waitFor();
      const target = opened.page.locator('#targets-table tbody', { has: named });
      expect([await target.locator('.state').innerText(), await target.getAttribute('class')]).toEqual([
        'Connected',
        'good',
      ]);
      opened.library.sessions = change
        ? [change(one)]
        : [one, { ...other, targetName, targetNodeName, connections: [] }];
      await opened.refresh();
      expect([await target.locator('.state').innerText(), await target.getAttribute('class')]).toEqual([
        '1 of 2 paths',
        'warning',
      ]);
      await opened.page.getByRole('tab', { name: /^Targets \d+, \d+ needs? attention$/ }).waitFor();
      await opened.page.getByRole('status').getByText('has lost a path, 1 left').waitFor();
    });
  }

  it('shows a target of which fewer favourites are connected than there are as one that lacks paths', async () => {
    const library = createSimulator();
    const [login] = library.persistentLogins;
    if (!login) throw new Error('no login');
    const saved = ['192.168.1.108', '192.168.2.108', '192.168.3.108'].map(address => ({
      ...login,
      targetPortal: { ...login.targetPortal, address },
      loginOptions: { loginFlags: ['multipathEnabled' as const] },
    }));
    await using opened = await open({ persistentLogins: saved });
    expect((await rows(opened, 'targets'))[0]?.[1]).toBe('2 of 3 paths');
  });

  it('says when it is simulated, and only then', async () => {
    await using opened = await open();
    const notice = opened.page.getByText('Nothing here is real');
    expect(await notice.isVisible()).toBe(true);
    const error = { error: { message: 'none' } };
    const parts = { nodeName: error, targets: error, disks: error, portals: error };
    opened.send('initiator:overview', { simulated: false, time: 0, parts });
    await notice.waitFor({ state: 'hidden' });
  });

  it('says what to do when there is nothing yet', async () => {
    await using opened = await open({ network: { targets: [] } });
    await opened.page.getByRole('heading', { name: 'No targets yet' }).waitFor();
    expect(await opened.page.getByRole('table').count()).toBe(0);
    await opened.page.getByRole('button', { name: 'Add portal…' }).click();
    await opened.page.getByRole('dialog', { name: 'Add a portal' }).waitFor();
  });

  it('asks by itself: without anybody at the keyboard a change shows, and is told', async () => {
    await using opened = await open();
    opened.library.sessions = exampleSessions(1, { name: 'late' });
    await opened.page.getByRole('rowheader', { name: 'late-0' }).waitFor();
    await opened.page.getByRole('tab', { name: 'Events' }).click();
    const events = opened.page.getByRole('list', { name: 'Events' });
    await events.getByText('late-0 is a new target').waitFor();
    await events.getByText('vol-sql was disconnected').waitFor();
  });

  it('does not touch the rows of targets that have not changed', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.evaluate(
      "document.querySelectorAll('#targets-table .name').forEach(name => { name.dataset.mark = 'kept'; })",
    );
    const [first, ...others] = opened.library.sessions;
    if (!first) throw new Error('no session');
    opened.library.sessions = [{ ...first, connections: [] }, ...others];
    await opened.refresh();
    await page.locator('#targets-table tbody.bad').first().waitFor();
    expect(await page.locator('#targets-table .name[data-mark]').count()).toBe(4);
  });

  describe('an error', () => {
    it('is said once, with what to do, and leaves what was known, with its age', async () => {
      await using opened = await open({}, { timezoneId: 'Asia/Tokyo' });
      const { page } = opened;
      opened.library.behaviour = { status: 'ISDSC_CONNECTION_FAILED' };
      await opened.refresh();
      const alert = page.getByRole('alert');
      await alert.getByRole('heading', { name: 'Not up to date' }).waitFor();
      expect((await alert.innerText()).split(/\n+/)).toEqual([
        'Not up to date',
        'No TCP connection to the portal could be made (wrong address/port, firewall, target down).',
        'Check the address, the port (usually 3260) and the firewall on the way to the target.',
        'ISDSC_CONNECTION_FAILED · GetIScsiInitiatorNodeNameW · 0xEFFF0003',
      ]);
      expect(await rows(opened, 'targets')).toHaveLength(5);
      expect(await page.locator('#age').innerText()).toMatch(/^Below is what was known at \d\d:\d\d:\d\d, .+\.$/);

      opened.library.behaviour = {};
      await opened.refresh();
      await alert.getByRole('heading').waitFor({ state: 'detached' });
      expect(await alert.innerText()).toBe('');
      expect(await page.locator('#age').isVisible()).toBe(false);
    });

    it('grows old: the age is that of what is shown', async () => {
      await using opened = await open();
      const known = Date.UTC(2026, 2, 1, 14, 5, 9);
      const value = (part: unknown) => ({ value: part });
      const parts = { nodeName: value('iqn'), targets: value([]), disks: value([]), portals: value([]) };
      const error = { error: { message: 'It hangs.', code: 'ERR_ISCSIDSC_TIMEOUT' } };
      opened.send('initiator:overview', { simulated: true, time: known, parts });
      opened.send('initiator:overview', {
        simulated: true,
        time: known + 200_000,
        parts: { ...parts, targets: error },
      });
      await opened.page.getByText('Below is what was known at 14:05:09, 3 minutes ago.').waitFor();
    });

    it('of the first round leaves no empty page: it says that nothing is known', async () => {
      await using opened = await open({ elevated: false });
      const alert = opened.page.getByRole('alert');
      await alert.getByRole('heading', { name: 'The initiator cannot be asked' }).waitFor();
      await alert.getByText('Run as administrator').waitFor();
    });

    it('of a stopped service comes with a button that starts it', async () => {
      await using opened = await open({ service: { state: 'stopped', startType: 'manual' } });
      await opened.page.getByRole('button', { name: 'Start the service' }).click();
      await opened.page.getByRole('tab', { name: /^Targets \d/ }).waitFor();
      await opened.page.getByRole('alert').getByRole('heading').waitFor({ state: 'detached' });
    });

    it('of the disks of a session stands where the disks would', async () => {
      await using opened = await open({ behaviour: { deviceBusy: 1000 } });
      expect((await rows(opened, 'targets'))[0]?.[3]).toBe('ISDSC_SESSION_BUSY');
    });
  });

  it('takes the names of targets for text, whatever is in them', async () => {
    const names = [
      'iqn.2003-01.org.example:<img src=x onerror="document.title=1">',
      '</strong><script>document.title=1</script>',
      'iqn.2003-01.org.example:gpj.\u202ecod\u202c\u0007\u2028end',
      'javascript:document.title=1',
      '\ud800 half a character',
    ];
    const sessions = exampleSessions(names.length).map((session, index) => ({
      ...session,
      targetName: names[index] ?? null,
      targetNodeName: null,
    }));
    await using opened = await open({ network: { targets: [] }, sessions });
    expect((await rows(opened, 'targets')).map(([name]) => name)).toEqual([
      `<img src=x onerror="document.title=1"> ${names[0]}`,
      names[1],
      'gpj.\\u{202e}cod\\u{202c}\\u{7}\\u{2028}end iqn.2003-01.org.example:gpj.\\u{202e}cod\\u{202c}\\u{7}\\u{2028}end',
      names[3],
      '\\u{d800} half a character',
    ]);
    const detail = opened.page.getByRole('button', { name: /^Details of <img/ });
    await detail.click();
    await opened.page.getByRole('button', { name: /^Disconnect <img/ }).click();
    await opened.page.getByRole('heading', { name: 'Disconnect <img' }).waitFor();
    await opened.page.keyboard.press('Escape');
    opened.library.sessions = [];
    await opened.refresh();
    await opened.page.locator('#events').getByText(`${names[1]} is not known any more`).waitFor({ state: 'attached' });
    expect(await opened.page.locator(':is(main, dialog, footer) :is(img, script, iframe, a)').count()).toBe(0);
    expect(await opened.page.title()).toBe('iSCSI initiator');
    expect(opened.complaints).toEqual([]);
  });

  it('has a policy that refuses whatever is not a file of its own', async () => {
    await using opened = await open();
    const { page } = opened;
    for (const attempt of [
      "document.body.innerHTML = '<b>x</b>'",
      "eval('window.done = 1')",
      "document.head.append(make('script', { textContent: 'window.done = 1' }))",
      "document.head.append(make('script', { src: 'https://localhost:9/x.js' }))",
      "document.body.append(make('img', { src: 'https://localhost:9/x.png' }))",
      "document.body.append(make('iframe', { src: 'https://localhost:9/' }))",
      "document.body.append(make('form', { action: '/' })), [...document.forms].at(-1).submit()",
      "document.body.setAttribute('style', 'color: red')",
      "fetch('/page.css').then(() => { window.done = 1 })",
    ]) {
      const refusal = page.waitForEvent('console', message => /Content Security Policy|Trusted/.test(message.text()));
      // By a timer: what the test evaluates itself is outside the policy.
      await page.evaluate(`(() => {
        const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
        setTimeout(() => { ${attempt}; });
      })()`);
      await refusal;
    }
    expect(await page.evaluate('window.done')).toBeUndefined();
  });
});

/** The text of the cells of a table that is shown, line ends as spaces. */
async function rows({ page }: OpenedPage, name: string): Promise<string[][]> {
  const all = await page.locator(`#${name}-table tbody tr:not(.details)`).all();
  return Promise.all(all.map(async row => (await row.locator('th, td').allInnerTexts()).map(onOneLine)));
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
