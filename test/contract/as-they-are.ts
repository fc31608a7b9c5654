import type { Scenario } from './scenario.js';

/** Initiators of all sorts. What is promised of any initiator must hold for each. */
export const AS_THEY_ARE: readonly Scenario[] = [
  { sessions: 0 },
  { sessions: 40, connections: 2, devices: 2 },
  { sessions: 2, name: 'größe', backwards: true },
  { sessions: 2, connections: 0, devices: 0, nulls: ['targetNodeName', 'targetName', 'initiatorName'] },
  { sessions: 1, nulls: ['initiatorAddress', 'targetAddress'] },
];
