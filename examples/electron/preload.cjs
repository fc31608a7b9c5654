// @ts-check
// The preload script of a sandboxed page: CommonJS, and of Electron no more than this.
const { contextBridge, ipcRenderer } = require('electron');

const OPERATIONS = [
  'refresh',
  'connect',
  'disconnect',
  'logOut',
  'forget',
  'removeLogin',
  'addPortal',
  'refreshPortal',
  'removePortal',
  'setSecret',
  'startService',
  'diagnose',
];

/** @type {(name: string) => (request: any, id: number) => Promise<unknown>} */
const operation = name => (request, id) => {
  // The errors in what comes back are data: the bridge, too, keeps only an error's message.
  const reply = ipcRenderer.invoke(`initiator:${name}`, request, id);
  // This world has a copy of the page's secret. The message has been written already.
  for (const secret of [request?.secret, request?.chap?.secret]) if (ArrayBuffer.isView(secret)) wipe(secret);
  return reply;
};

/** @param {ArrayBufferView} view */
function wipe(view) {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0);
}

/** @type {(channel: string) => (listener: (message: unknown) => void) => void} */
const messages = channel => listener => {
  // The event has the sender in it: it stays here.
  ipcRenderer.on(channel, (_event, message) => listener(message));
};

contextBridge.exposeInMainWorld('initiator', {
  ...Object.fromEntries(OPERATIONS.map(name => [name, operation(name)])),
  /** @param {number} id */
  cancel: id => ipcRenderer.invoke('initiator:cancel', id),
  onOverview: messages('initiator:overview'),
  onProgress: messages('initiator:progress'),
});
