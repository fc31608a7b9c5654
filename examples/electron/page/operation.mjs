import { valueIn } from './reply.mjs';

/** Who hears of the steps of the operations that run. */
const listeners = new Map();
let last = 0;

window.initiator.onProgress(({ id, progress }) => listeners.get(id)?.(progress));

/** Starts an operation of the main process. Secrets in the request are overwritten once it has been sent. */
export function start(name, request, onProgress = () => {}) {
  const id = ++last;
  listeners.set(id, onProgress);
  const reply = window.initiator[name](request, id);
  for (const secret of [request?.secret, request?.chap?.secret]) secret?.fill(0);
  return {
    done: reply.then(valueIn).finally(() => listeners.delete(id)),
    cancel: () => window.initiator.cancel(id),
  };
}
