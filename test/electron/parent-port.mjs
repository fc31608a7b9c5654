// Loaded before the example's sessions-process.mjs: gives it, in Node, what a utility process of Electron has.
import { EventEmitter } from 'node:events';
import { register } from 'node:module';

const parentPort = Object.assign(new EventEmitter(), { postMessage: message => process.send(message) });
process.parentPort = parentPort;
// As in Electron, messages wait for the first listener.
parentPort.once('newListener', () => process.on('message', data => parentPort.emit('message', { data, ports: [] })));

// The example's own node_modules, which holds the package, is there only after an `npm install` in its folder.
const hooks = `
export const resolve = (specifier, context, next) =>
  /^iscsidsc(\\/|$)/.test(specifier) ? next(specifier, { ...context, parentURL: ${JSON.stringify(import.meta.url)} }) : next(specifier, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
