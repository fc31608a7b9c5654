import { watchSessions } from 'iscsidsc';
import { createSimulator, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { axTree } from './ax-tree.js';
import { findBrowser } from './browser.mjs';
import { contrasts } from './contrast.js';
import { MemoryProcess } from './memory-process.js';
import { launch, type OpenedPage, openPage } from './opened-page.js';
import { UtilityProcess } from './utility-process.js';

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
    const watch = () => watchSessions({ library, devices: true });
    const opened = await openPage(browser, () => new MemoryProcess(watch), options);
    await opened.page.locator('#waiting').waitFor({ state: 'hidden' });
    return Object.assign(opened, { library });
  }

  it('shows of every session the target, the state, the connections, the disks and the id', async () => {
    await using opened = await open();
    expect(await cells(opened)).toEqual([
      [
        'iqn.1992-08.com.example.san:vol-sql connected',
        '192.168.1.108:3260 192.168.2.108:3260',
        'PhysicalDrive1',
        'ffffe00112345010-4000013700000000',
      ],
      [
        'iqn.2005-10.org.example.nas:backup connected',
        '[fd00:10:20::5]:3260',
        'PhysicalDrive2',
        'ffffe00112345010-4000013700000001',
      ],
      [
        'iqn.2004-04.com.example.archive:lun0 reconnecting',
        'no connection',
        'none',
        'ffffe00112345010-4000013700000002',
      ],
      [
        'iqn.1991-05.com.microsoft:filer-quorum-target connected',
        '192.168.1.20:3260',
        'PhysicalDrive4',
        'ffffe00112345010-4000013700000003',
      ],
    ]);
    expect(await opened.page.locator('#initiator').innerText()).toBe(
      'iqn.1991-05.com.microsoft:win-server01.corp.example',
    );
    expect(opened.complaints).toEqual([]);
  });

  it('counts the sessions, the connections, the disks, and those that are reconnecting', async () => {
    await using opened = await open({ sessions: exampleSessions(256, { connections: 2 }) });
    expect(await texts(opened, '#totals > div')).toEqual([
      'sessions 256',
      'connections 512',
      'disks 256',
      'reconnecting 0',
    ]);
    expect(await opened.page.locator('tbody tr').count()).toBe(256);
  });

  it('says when its sessions are simulated, and only then', async () => {
    await using opened = await open();
    const notice = opened.page.getByText('These sessions are made up');
    expect(await notice.isVisible()).toBe(true);
    opened.send({ simulated: false, value: [] });
    await notice.waitFor({ state: 'hidden' });
  });

  it('says when it was updated', async () => {
    await using opened = await open({}, { timezoneId: 'Asia/Tokyo' });
    await opened.page.clock.setFixedTime('2026-03-01T14:05:09Z');
    await opened.refresh();
    await opened.page.getByText('Updated 23:05:09').waitFor();
  });

  it('says when there are no sessions', async () => {
    await using opened = await open({ sessions: [] });
    await opened.page.getByRole('heading', { name: 'No active sessions' }).waitFor();
    expect(await opened.page.getByRole('table').count()).toBe(0);
    opened.library.sessions = exampleSessions(1);
    await opened.refresh();
    await opened.page.getByRole('rowheader', { name: 'disk-0' }).waitFor();
    expect(await opened.page.getByRole('heading', { name: 'No active sessions' }).count()).toBe(0);
  });

  it('lives: a connection is lost, then the session, and both come back, each with a line that says so', async () => {
    const [session] = exampleSessions(1, { connections: 2 });
    if (!session) throw new Error('no session');
    const { connections } = session;
    await using opened = await open({ sessions: [session] });
    const row = opened.page.locator('tbody tr');
    for (const [now, state, line] of [
      [connections.slice(1), 'connected', 'has lost a connection, 1 left'],
      [[], 'reconnecting', 'has lost its last connection, and is reconnecting'],
      [connections.slice(1), 'connected', 'is connected again'],
      [connections, 'connected', 'has 2 connections'],
    ] as const) {
      opened.library.sessions = [{ ...session, connections: [...now] }];
      await opened.refresh();
      await opened.page.getByRole('log').getByText(line, { exact: false }).first().waitFor();
      expect(await row.getByText(state, { exact: true }).isVisible()).toBe(true);
    }
    opened.library.sessions = exampleSessions(1, { first: 7 });
    await opened.refresh();
    await opened.page.getByRole('log').getByText('is new').waitFor();
    expect((await texts(opened, '#changes li')).map(line => line.slice(9))).toEqual([
      'disk-7 is new',
      'disk-0 has gone',
      'disk-0 has 2 connections',
      'disk-0 is connected again',
      'disk-0 has lost its last connection, and is reconnecting',
      'disk-0 has lost a connection, 1 left',
    ]);
  });

  it('asks by itself: without anybody at the keyboard a change shows', async () => {
    await using opened = await open();
    opened.library.sessions = exampleSessions(1, { name: 'late' });
    await opened.page.getByRole('rowheader', { name: 'late-0' }).waitFor();
  });

  it('does not touch the rows of sessions that have not changed', async () => {
    await using opened = await open();
    const touched = opened.page.locator('tbody tr[data-mark] th > span');
    await opened.page.evaluate(
      "document.querySelectorAll('tbody tr').forEach(row => { row.dataset.mark = 'kept'; row.firstElementChild.dataset.mark = 'kept'; })",
    );
    const [first, ...others] = opened.library.sessions;
    if (!first) throw new Error('no session');
    opened.library.sessions = [{ ...first, connections: [] }, ...others];
    await opened.refresh();
    await opened.page.getByRole('log').getByText('is reconnecting').waitFor();
    expect(await touched.count()).toBe(8);
    expect(await opened.page.locator('tbody th[data-mark]').count()).toBe(3);
  });

  it('keeps the code, the number, the call and the hint of an error, and what was there before', async () => {
    await using opened = await open();
    opened.library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    await opened.refresh();
    const alert = opened.page.getByRole('alert');
    await alert.getByRole('heading', { name: 'The sessions cannot be read' }).waitFor();
    expect((await alert.innerText()).split(/\n+/)).toEqual([
      'The sessions cannot be read',
      'ISDSC_SERVICE_NOT_RUNNING: The Microsoft iSCSI Initiator service (MSiSCSI) is stopped (GetIScsiSessionListW, 0xEFFF003E).',
      'What to do: Start it as an administrator, with startInitiatorService({ automatic: true }) or net start MSiSCSI; automatic lets it start with Windows, too.',
      'code ISDSC_SERVICE_NOT_RUNNING',
      'errno 0xEFFF003E',
      'syscall GetIScsiSessionListW',
    ]);
    expect(await cells(opened)).toHaveLength(4);
    expect(await opened.page.locator('body.stale').count()).toBe(1);

    opened.library.behaviour = {};
    await opened.refresh();
    await alert.getByRole('heading').waitFor({ state: 'detached' });
    expect(await alert.innerText()).toBe('');
    expect(await opened.page.locator('body.stale').count()).toBe(0);
  });

  it('shows why the disks of a session are not known', async () => {
    await using opened = await open({ behaviour: { deviceBusy: 1000 } });
    const [[, , disks] = []] = await cells(opened);
    expect(disks).toBe('ISDSC_SESSION_BUSY');
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
      initiatorName: '<b>bold</b>\u202e',
    }));
    await using opened = await open({ sessions });
    expect((await cells(opened)).map(([name]) => name?.replace(' connected', ''))).toEqual([
      names[0],
      names[1],
      'iqn.2003-01.org.example:gpj.\\u{202e}cod\\u{202c}\\u{7}\\u{2028}end',
      names[3],
      '\\u{d800} half a character',
    ]);
    expect(await opened.page.locator('#initiator').innerText()).toBe('<b>bold</b>\\u{202e}');
    expect(await opened.page.locator('main :is(img, script, iframe, a)').count()).toBe(0);
    opened.library.sessions = [];
    await opened.refresh();
    await opened.page.getByText(`${names[1]} has gone`).waitFor();
    expect(await opened.page.locator('main :is(img, script, iframe, a)').count()).toBe(0);
    expect(await opened.page.title()).toBe('iSCSI sessions');
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
      "document.body.append(make('form', { action: '/' })), document.forms[0].submit()",
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

  it('can be used with the keyboard alone', async () => {
    await using opened = await open();
    opened.library.sessions = exampleSessions(1, { name: 'new' });
    await opened.page.keyboard.press('Tab');
    expect(await opened.page.evaluate("document.querySelector(':focus-visible').id")).toBe('refresh');
    await opened.page.keyboard.press('Enter');
    await opened.page.getByRole('rowheader', { name: 'new-0' }).waitFor();
  });

  for (const [size, viewport] of Object.entries({
    wide: { width: 1280, height: 800 },
    'as narrow as a telephone': { width: 360, height: 640 },
  })) {
    it(`is a table for screen readers, and fits its window: ${size}`, async () => {
      await using opened = await open({}, { viewport });
      expect(await axTree(opened.page, ['table', 'row', 'rowheader', 'columnheader', 'cell'])).toEqual({
        table: 1,
        row: 5,
        rowheader: 4,
        columnheader: 4,
        cell: 12,
      });
      expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read: every text stands out from what is behind it, ${colorScheme}`, async () => {
      await using opened = await open({}, { colorScheme });
      await opened.page.evaluate("document.querySelector('#changes').append(document.createElement('li'))");
      const lowest = await contrasts(opened.page);
      expect(lowest.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      expect(lowest.length).toBeGreaterThan(20);
    });
  }

  it('does not move for those who do not want it to', async () => {
    const running = 'document.getAnimations().length';
    await using still = await open({}, { reducedMotion: 'reduce' });
    expect(await still.page.evaluate(running)).toBe(0);
    await using moving = await open();
    expect(await moving.page.evaluate(running)).toBeGreaterThan(0);
  });

  it('shows what the process of the example itself answers', async () => {
    await using opened = await openPage(browser, (path, args) => new UtilityProcess(path, args));
    await opened.page.getByRole('rowheader', { name: 'vol-sql' }).waitFor();
    expect(await cells(opened)).toHaveLength(4);
    expect(opened.complaints).toEqual([]);
  });
});

/** The text of every cell, line ends as spaces. */
async function cells({ page }: OpenedPage): Promise<string[][]> {
  const rows = await page.locator('tbody tr').all();
  return Promise.all(
    rows.map(row =>
      row
        .locator('th, td')
        .allInnerTexts()
        .then(all => all.map(onOneLine)),
    ),
  );
}

async function texts({ page }: OpenedPage, selector: string): Promise<string[]> {
  return (await page.locator(selector).allInnerTexts()).map(onOneLine);
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
