import { describe, expect, it } from 'vitest';
import { readSettings } from '../../examples/electron/settings.mjs';

const read = (platform: NodeJS.Platform, ...switches: string[]) =>
  readSettings(['electron', '.', ...switches], platform);

describe('the settings of the Electron example', () => {
  it('are the real initiator on Windows, and the simulated one where it is asked for', () => {
    expect(read('win32')).toEqual({ simulate: false });
    expect(read('win32', '--simulate')).toEqual({ simulate: true });
  });

  it('are the simulated initiator on every other system', () => {
    for (const platform of ['linux', 'darwin', 'freebsd'] as const) expect(read(platform)).toEqual({ simulate: true });
  });

  it('have a status and a delay for trying out what goes wrong', () => {
    expect(read('linux', '--status=ERROR_ACCESS_DENIED', '--delay-ms=60000')).toEqual({
      simulate: true,
      status: 'ERROR_ACCESS_DENIED',
      delayMs: 60_000,
    });
  });

  it("leave Electron's and Chromium's own switches alone", () => {
    expect(
      read('win32', '--no-sandbox', '--enable-features=A,B', '-x', '--remote-debugging-port=9222', '--', 'x'),
    ).toEqual({
      simulate: false,
    });
  });
});
