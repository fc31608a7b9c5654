import { EventEmitter, once } from 'node:events';

/** The main process' side. */
type Electron = Omit<typeof import('electron'), 'contextBridge' | 'ipcRenderer'>;
type Handler = Parameters<Electron['ipcMain']['handle']>[1];
type Options = import('electron').BrowserWindowOptions;

/** A frame that is the whole page of a window. */
export const topFrame = (url: string) => ({ senderFrame: { url, parent: null } });

/** What is asked of Electron, kept; the rest of Electron is the test's. */
export class FakeElectron implements Electron {
  readonly app = Object.assign(new EventEmitter(), {
    whenReady: () => this.#ready,
    quit: () => {
      this.app.emit('will-quit');
    },
  });
  readonly ipcMain = { handle: (channel: string, handler: Handler) => void this.handlers.set(channel, handler) };
  readonly protocol = {
    registerSchemesAsPrivileged: (schemes: Parameters<Electron['protocol']['registerSchemesAsPrivileged']>[0]) => {
      if (this.isReady) throw new Error('The app is ready: too late for schemes.');
      this.schemes.push(...schemes);
    },
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
      void this.pages.set(scheme, handler),
  };
  readonly session = {
    defaultSession: {
      setPermissionCheckHandler: (handler: () => boolean) => {
        this.permissionCheck = handler;
      },
      setPermissionRequestHandler: (handler: NonNullable<FakeElectron['permissionRequest']>) => {
        this.permissionRequest = handler;
      },
    },
  };
  readonly BrowserWindow = windowClass(this);
  readonly utilityProcess;

  readonly handlers = new Map<string, Handler>();
  readonly pages = new Map<string, (request: Request) => Response | Promise<Response>>();
  readonly schemes: { scheme: string }[] = [];
  readonly windows: FakeWindow[] = [];
  permissionCheck: (() => boolean) | undefined;
  permissionRequest: Parameters<import('electron').Session['setPermissionRequestHandler']>[0] | undefined;
  isReady = false;
  readonly #ready: Promise<void>;

  constructor(fork: Electron['utilityProcess']['fork']) {
    this.utilityProcess = { fork };
    // As in Electron: not before the main script has run to its end.
    this.#ready = new Promise(resolve =>
      setImmediate(() => {
        this.isReady = true;
        resolve();
      }),
    );
  }

  /** What the page's `ipcRenderer.invoke` would give. */
  async invoke(channel: string, event: Parameters<Handler>[0], ...args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event, ...structuredClone(args)));
  }

  /** The first window, as soon as it has its page. */
  async window(): Promise<FakeWindow> {
    while (!this.windows[0]?.url) await new Promise(resolve => setImmediate(resolve));
    return this.windows[0];
  }
}

class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined;

  send(channel: string, ...args: unknown[]): void {
    this.emit(`sent:${channel}`, ...structuredClone(args));
  }

  setWindowOpenHandler(handler: NonNullable<FakeContents['openHandler']>): void {
    this.openHandler = handler;
  }

  /** The next message of the main process on a channel. */
  async sent(channel: string): Promise<unknown> {
    const [message] = await once(this, `sent:${channel}`);
    return message;
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: Options;
  url: string | undefined;
  shown = false;

  constructor(electron: FakeElectron, options: Options) {
    super();
    this.options = options;
    electron.windows.push(this);
    electron.app.emit('web-contents-created', {}, this.webContents);
  }

  show(): void {
    this.shown = true;
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
    this.emit('ready-to-show');
  }
}

function windowClass(electron: FakeElectron) {
  return class extends FakeWindow {
    constructor(options: Options = {}) {
      super(electron, options);
    }

    static getAllWindows() {
      return electron.windows;
    }
  };
}
