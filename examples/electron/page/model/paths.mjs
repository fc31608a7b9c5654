/** How many paths a target has, and how many it should have. */
export class PathMemory {
  /** The most connections of each session that have been seen. */
  #most = new Map();

  see(sessions) {
    const most = sessions.map(({ sessionId, connections }) => [
      sessionId,
      Math.max(1, connections.length, this.#most.get(sessionId) ?? 0),
    ]);
    this.#most = new Map(most);
  }

  /**
   * A session that has lost its connection, or one of several, lacks a path, and so does a target with fewer sessions than
   * saved logins for several paths.
   */
  of({ sessions, persistentLogins }) {
    const connected = sessions.reduce((sum, { connections }) => sum + connections.length, 0);
    const seen = sessions.reduce((sum, { sessionId }) => sum + (this.#most.get(sessionId) ?? 1), 0);
    const saved = (persistentLogins ?? []).filter(({ loginOptions }) =>
      loginOptions.loginFlags.includes('multipathEnabled'),
    );
    return { connected, expected: Math.max(seen, sessions.length === 0 ? 0 : saved.length) };
  }
}

/** What a target is like: `kind` says how good that is. */
export function stateOf(target, memory) {
  if (target.sessions === null) return { kind: 'unknown', text: 'Not known' };
  const { connected, expected } = memory.of(target);
  if (target.sessions.length === 0) {
    return target.isDiscovered ? { kind: 'off', text: 'Not connected' } : { kind: 'bad', text: 'Gone' };
  }
  if (connected === 0) return { kind: 'bad', text: 'Reconnecting' };
  if (connected < expected) return { kind: 'warning', text: `${connected} of ${expected} paths` };
  return { kind: 'good', text: 'Connected' };
}
