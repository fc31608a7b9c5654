// @ts-check
// The preload script of a sandboxed page: CommonJS, and of Electron no more than this.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('iscsi', {
  /** Asks now. The errors in what comes back are data: the bridge, too, keeps only an error's message. */
  refresh: () => ipcRenderer.invoke('sessions:refresh'),

  /**
   * Hears of every round. Gives a function that ends it.
   *
   * @param {(update: unknown) => void} listener
   */
  onUpdate: listener => {
    // The event has the sender in it: it stays here.
    /** @type {(event: unknown, update: unknown) => void} */
    const forward = (_event, update) => listener(update);
    ipcRenderer.on('sessions:update', forward);
    return () => {
      ipcRenderer.off('sessions:update', forward);
    };
  },
});
