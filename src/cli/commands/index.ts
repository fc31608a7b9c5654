import type { Command } from '../command.js';
import { initiatorShow } from './initiator/show.js';
import { sessionList } from './sessions/list.js';
import { sessionLogout } from './sessions/logout.js';
import { sessionShow } from './sessions/show.js';
import { sessionWait } from './sessions/wait.js';
import { sessionWatch } from './sessions/watch.js';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  sessionList,
  sessionShow,
  sessionWatch,
  sessionWait,
  sessionLogout,
  initiatorShow,
];
