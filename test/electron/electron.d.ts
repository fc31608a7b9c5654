/** The parts of Electron that the example uses, as Electron's own types have them: the package is not installed here. */
declare module 'electron' {
  export interface CancellableEvent {
    preventDefault(): void;
  }

  export interface App {
    on(event: 'window-all-closed' | 'will-quit', listener: () => void): unknown;
    on(event: 'web-contents-created', listener: (event: CancellableEvent, contents: WebContents) => void): unknown;
    quit(): void;
    whenReady(): Promise<void>;
  }

  export interface WebContents {
    on(event: 'will-navigate' | 'will-attach-webview', listener: (event: CancellableEvent) => void): unknown;
    send(channel: string, ...args: unknown[]): void;
    setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void;
  }

  export interface WebPreferences {
    preload?: string;
    sandbox?: boolean;
    contextIsolation?: boolean;
    nodeIntegration?: boolean;
  }

  export interface BrowserWindowOptions {
    width?: number;
    height?: number;
    minWidth?: number;
    minHeight?: number;
    show?: boolean;
    autoHideMenuBar?: boolean;
    webPreferences?: WebPreferences;
  }

  export interface BrowserWindow {
    readonly webContents: WebContents;
    once(event: 'ready-to-show', listener: () => void): unknown;
    show(): void;
    loadURL(url: string): Promise<void>;
  }

  export interface WebFrameMain {
    readonly url: string;
    readonly parent: WebFrameMain | null;
  }

  export interface IpcMain {
    handle(
      channel: string,
      listener: (event: { senderFrame: WebFrameMain | null }, ...args: unknown[]) => unknown,
    ): void;
  }

  export interface CustomScheme {
    scheme: string;
    privileges?: { standard?: boolean; secure?: boolean };
  }

  export interface Protocol {
    registerSchemesAsPrivileged(schemes: CustomScheme[]): void;
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void;
  }

  export interface Session {
    setPermissionCheckHandler(handler: () => boolean): void;
    setPermissionRequestHandler(
      handler: (contents: WebContents, permission: string, done: (granted: boolean) => void) => void,
    ): void;
  }

  export interface UtilityProcess {
    on(event: 'message', listener: (message: unknown) => void): unknown;
    on(event: 'exit', listener: (code: number) => void): unknown;
    postMessage(message: unknown): void;
    kill(): boolean;
  }

  export interface ContextBridge {
    exposeInMainWorld(name: string, api: unknown): void;
  }

  export interface IpcRenderer {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
    off(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
  }

  export const app: App;
  export const BrowserWindow: { new (options?: BrowserWindowOptions): BrowserWindow; getAllWindows(): BrowserWindow[] };
  export const contextBridge: ContextBridge;
  export const ipcMain: IpcMain;
  export const ipcRenderer: IpcRenderer;
  export const protocol: Protocol;
  export const session: { readonly defaultSession: Session };
  export const utilityProcess: {
    fork(
      modulePath: string,
      args?: string[],
      options?: { serviceName?: string; env?: NodeJS.ProcessEnv },
    ): UtilityProcess;
  };
}
