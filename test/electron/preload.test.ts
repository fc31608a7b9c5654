import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';

const SOURCE = readFileSync(new URL('../../examples/electron/preload.cjs', import.meta.url), 'utf8');

interface Exposed {
  refresh(...args: unknown[]): Promise<unknown>;
  onUpdate(listener: (...args: unknown[]) => void): () => void;
}

/** Runs the preload script with what the sandbox leaves it: Electron's few modules, and no Node. */
function preload() {
  const ipcRenderer = Object.assign(new EventEmitter(), { invoke: vi.fn(async (..._args: unknown[]) => 'an update') });
  const exposed: Record<string, unknown> = {};
  const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => Object.assign(exposed, { [name]: api }) };
  const require = (name: string) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  runInNewContext(SOURCE, { require });
  return { ipcRenderer, exposed, iscsi: exposed.iscsi as Exposed };
}

describe('the preload script', () => {
  it('exposes two functions to the page, and nothing of Electron', () => {
    const { exposed, iscsi } = preload();
    expect(Object.keys(exposed)).toEqual(['iscsi']);
    expect(Object.entries(iscsi).map(([name, value]) => [name, typeof value])).toEqual([
      ['refresh', 'function'],
      ['onUpdate', 'function'],
    ]);
  });

  it('asks on one channel only, whatever the page says', async () => {
    const { ipcRenderer, iscsi } = preload();
    expect(await iscsi.refresh('another:channel', { any: 'thing' })).toBe('an update');
    expect(ipcRenderer.invoke).toHaveBeenCalledExactlyOnceWith('sessions:refresh');
  });

  it('passes updates without the event, which holds the sender, until it is stopped', () => {
    const { ipcRenderer, iscsi } = preload();
    const listener = vi.fn();
    const stop = iscsi.onUpdate(listener);
    ipcRenderer.emit('sessions:update', { sender: 'secret' }, { value: [] });
    expect(listener).toHaveBeenCalledExactlyOnceWith({ value: [] });
    stop();
    ipcRenderer.emit('sessions:update', {}, { value: [] });
    expect(listener).toHaveBeenCalledOnce();
    expect(ipcRenderer.listenerCount('sessions:update')).toBe(0);
  });
});
