import assert from 'node:assert/strict';

const GUARD_BYTES = 64;
// Odd letters and a NUL: a string that runs on into the guard would end there and look right.
const GUARD = Buffer.from('guard'.repeat(GUARD_BYTES)).fill(0, GUARD_BYTES - 4, GUARD_BYTES);

/** Puts guard bytes in front of and behind every buffer that is made meanwhile; none of them may change. */
export async function withGuards(action: () => void | Promise<void>): Promise<void> {
  const { allocUnsafeSlow } = Buffer;
  const guarded: Buffer[] = [];
  Buffer.allocUnsafeSlow = size => {
    const memory = allocUnsafeSlow(size + 2 * GUARD_BYTES);
    GUARD.copy(memory, 0, 0, GUARD_BYTES);
    GUARD.copy(memory, size + GUARD_BYTES, 0, GUARD_BYTES);
    guarded.push(memory);
    return memory.subarray(GUARD_BYTES, GUARD_BYTES + size);
  };
  try {
    await action();
  } finally {
    Buffer.allocUnsafeSlow = allocUnsafeSlow;
  }
  for (const memory of guarded) {
    assert.deepEqual(memory.subarray(0, GUARD_BYTES), GUARD.subarray(0, GUARD_BYTES), 'bytes in front changed');
    assert.deepEqual(memory.subarray(-GUARD_BYTES), GUARD.subarray(0, GUARD_BYTES), 'bytes behind changed');
  }
}
