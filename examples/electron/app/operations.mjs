// @ts-check
import { errorData } from '../page/reply.mjs';
import { REQUESTS } from './requests.mjs';

/** @import { AsyncOptions, ConnectedTarget, Finding } from 'iscsidsc' */
/** @import { InitiatorProcess } from 'iscsidsc/process' */
/** @import { Reply } from '../page/reply.mjs' */
/** @import { Shaped } from './shapes.mjs' */

/** @typedef {keyof typeof REQUESTS} Name */
/** @typedef {{ [Each in Name]: Shaped<(typeof REQUESTS)[Each]> }} Requests */
/** @typedef {{ signal: AbortSignal, onProgress: (progress: object) => void }} Context */

/** @satisfies {{ [Each in Name]?: (initiator: InitiatorProcess, request: Requests[Each], context: Context) => Promise<unknown> }} */
const RUN = {
  connect: async (initiator, request, context) => connectedForPage(await initiator.connectTarget(request, context)),
  disconnect: async (initiator, { targetName, forget }, { signal }) => {
    const { loggedOut } = await initiator.disconnectTarget({ targetName }, { forget, signal });
    return { sessions: loggedOut.length };
  },
  logOut: async (initiator, { sessionId }, { signal }) => {
    const { loggedOut } = await initiator.disconnectTarget({ sessionId }, { signal });
    return { sessions: loggedOut.length };
  },
  forget: async (initiator, { targetName }, { signal }) => {
    const { loggedOut } = await initiator.forgetTarget(targetName, { signal });
    return { sessions: loggedOut.length };
  },
  removeLogin: (initiator, { targetName, ...login }, { signal }) =>
    initiator.removeIScsiPersistentTarget(targetName, { ...login, signal }),
  addPortal: (initiator, { portal, chap }, { signal }) =>
    initiator.addIScsiSendTargetPortal(portal, { rollback: true, signal, ...(chap && { loginOptions: login(chap) }) }),
  refreshPortal: (initiator, portal, { signal }) => initiator.refreshIScsiSendTargetPortal(portal, { signal }),
  removePortal: (initiator, portal, { signal }) => initiator.removeIScsiSendTargetPortal(portal, { signal }),
  setSecret: (initiator, { secret }, { signal }) => initiator.setIScsiInitiatorCHAPSharedSecret(secret, { signal }),
  startService: async (initiator, _request, { signal }) => {
    await initiator.startInitiatorService({ automatic: true, signal });
  },
  diagnose: async (initiator, _request, { signal }) => (await initiator.diagnose({ signal })).map(findingForPage),
};

/** After these there is nothing new to show. */
const CHANGES_NOTHING = new Set(['setSecret', 'diagnose']);

/** What the page may have done. */
export class Operations {
  /** @type {Name[]} */
  names = /** @type {Name[]} */ (Object.keys(REQUESTS));
  #initiator;
  #refresh;
  #onProgress;
  /** @type {Map<unknown, AbortController>} */
  #running = new Map();

  /**
   * @param {InitiatorProcess} initiator
   * @param {() => Promise<void>} refresh
   * @param {(id: number, progress: object) => void} onProgress
   */
  constructor(initiator, refresh, onProgress) {
    this.#initiator = initiator;
    this.#refresh = refresh;
    this.#onProgress = onProgress;
  }

  /**
   * Never rejects: an error is in the reply. Secrets in the request are overwritten when it is over.
   *
   * @param {Name} name
   * @param {any} request
   * @param {any} id by which it can be cancelled
   * @returns {Promise<Reply<unknown>>}
   */
  async run(name, request, id) {
    const abort = new AbortController();
    try {
      const checked = REQUESTS[name](request, name);
      if (name === 'refresh') return { value: await this.#refresh() };
      if (!Number.isInteger(id) || this.#running.has(id)) throw new TypeError('The id must be a new whole number.');
      this.#running.set(id, abort);
      const context = { signal: abort.signal, onProgress: (/** @type {object} */ step) => this.#onProgress(id, step) };
      return { value: await RUN[name](this.#initiator, /** @type {never} */ (checked), context) };
    } catch (error) {
      return { error: errorData(error) };
    } finally {
      for (const secret of [request?.secret, request?.chap?.secret]) if (secret instanceof Uint8Array) secret.fill(0);
      if (this.#running.get(id) === abort) this.#running.delete(id);
      // Also after an error: half of it may be done.
      if (name !== 'refresh' && !CHANGES_NOTHING.has(name)) this.#refresh();
    }
  }

  /** @param {unknown} id */
  cancel(id) {
    this.#running.get(id)?.abort();
  }
}

/** @param {NonNullable<Requests['addPortal']['chap']>} chap */
function login({ username, secret, mutual }) {
  return {
    authType: mutual ? /** @type {const} */ ('mutualChap') : /** @type {const} */ ('chap'),
    password: secret,
    ...(username !== undefined && { username }),
  };
}

/** @param {ConnectedTarget} connected */
function connectedForPage({ sessions, devices, volumes, failed }) {
  return {
    sessions: sessions.length,
    disks: devices.map(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber),
    paths: volumes?.flatMap(({ paths }) => paths) ?? [],
    failed,
  };
}

/** @param {Finding} finding */
function findingForPage({ check, level, what, why, whatToDo }) {
  return { check, level, what, why, whatToDo };
}
