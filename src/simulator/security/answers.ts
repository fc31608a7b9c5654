import { SUCCESS } from '../../native/status.js';
import type { Answers, Respond } from '../answers.js';
import { addressOf } from '../given.js';
import { readBytes } from '../native-memory.js';
import { keptSecret } from './chap.js';

const setSecret: Respond = (state, ...args) => {
  const [length, secret] = args as readonly unknown[];
  const address = addressOf(secret);
  state.machineSecret = address === null ? null : keptSecret(readBytes(address, Number(length)));
  return SUCCESS;
};

export const SECURITY_ANSWERS: Answers = { SetIScsiInitiatorCHAPSharedSecret: setSecret };
