import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { REQUESTS } from '../../examples/electron/app/requests.mjs';

const SOURCE = readFileSync(new URL('../../examples/electron/preload.cjs', import.meta.url), 'utf8');

type Exposed = Record<string, (...args: unknown[]) => unknown>;

/** Runs the preload script with what the sandbox leaves it: Electron's few modules, and no Node. */
function preload() {
  const ipcRenderer = Object.assign(new EventEmitter(), {
    invoke: vi.fn(async (...args: unknown[]) => structuredClone(args)),
  });
  const exposed: Record<string, unknown> = {};
  const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => Object.assign(exposed, { [name]: api }) };
  const require = (name: string) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  runInNewContext(SOURCE, { require, ArrayBuffer, Uint8Array });
  return { ipcRenderer, exposed, initiator: exposed.initiator as Exposed };
}

describe('the preload script', () => {
  it('exposes a function for each operation, and nothing of Electron', () => {
    const { exposed, initiator } = preload();
    expect(Object.keys(exposed)).toEqual(['initiator']);
    expect(Object.keys(initiator)).toEqual([...Object.keys(REQUESTS), 'cancel', 'onOverview', 'onProgress']);
    for (const member of Object.values(initiator)) expect(member).toBeTypeOf('function');
  });

  it('asks on the channel of the operation only, whatever the page says', async () => {
    const { ipcRenderer, initiator } = preload();
    expect(await initiator.disconnect?.({ targetName: 'x', forget: false }, 3, 'another:channel')).toEqual([
      'initiator:disconnect',
      { targetName: 'x', forget: false },
      3,
    ]);
    await initiator.cancel?.(3, 'more');
    expect(ipcRenderer.invoke).toHaveBeenLastCalledWith('initiator:cancel', 3);
  });

  it('overwrites its copy of a secret once that has been sent', async () => {
    const { initiator } = preload();
    const requests = [{ secret: Uint8Array.of(1, 2) }, { chap: { secret: Uint8Array.of(1, 2) } }] as const;
    expect(await initiator.setSecret?.(requests[0], 1)).toContainEqual({ secret: Uint8Array.of(1, 2) });
    expect(await initiator.connect?.(requests[1], 2)).toContainEqual({ chap: { secret: Uint8Array.of(1, 2) } });
    expect([requests[0].secret, requests[1].chap.secret]).toEqual([Uint8Array.of(0, 0), Uint8Array.of(0, 0)]);
  });

  it('passes messages without the event, which holds the sender', () => {
    const { ipcRenderer, initiator } = preload();
    for (const [member, channel] of [
      ['onOverview', 'initiator:overview'],
      ['onProgress', 'initiator:progress'],
    ] as const) {
      const listener = vi.fn();
      initiator[member]?.(listener);
      ipcRenderer.emit(channel, { sender: 'secret' }, { parts: {} });
      expect(listener).toHaveBeenCalledExactlyOnceWith({ parts: {} });
    }
  });
});
