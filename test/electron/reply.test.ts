import { getIScsiSessionList } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { errorData, valueIn } from '../../examples/electron/page/reply.mjs';

/** What Electron's IPC does to a message. */
const acrossIpc = <Message>(message: Message): Message => structuredClone(message);
const failure = (reason: unknown) => acrossIpc({ error: errorData(reason) });

describe('a reply across IPC', () => {
  it('carries a value', () => {
    expect(valueIn(acrossIpc({ value: [1, 'two', null] }))).toEqual([1, 'two', null]);
    expect(valueIn(acrossIpc({ value: undefined }))).toBeUndefined();
  });

  it('carries an error of the package with all its properties', async () => {
    using library = createSimulator({ behaviour: { status: 'ERROR_ACCESS_DENIED' } });
    const error = await getIScsiSessionList({ library }).catch(reason => reason);
    const reply = failure(error);
    expect(reply).toEqual({ error: error.toJSON() });
    const arrived = thrown(() => valueIn(reply));
    expect(arrived).toBeInstanceOf(Error);
    for (const member of ['name', 'message', 'code', 'errno', 'syscall', 'hint']) {
      expect(arrived).toHaveProperty(member, error[member]);
    }
    expect(arrived).toMatchObject({ code: 'ERROR_ACCESS_DENIED', errno: 5, syscall: 'GetIScsiSessionListW' });
  });

  it('carries the member that a faulty reply failed in', async () => {
    using library = createSimulator({ behaviour: { fault: 'pointer-low' } });
    const error = await getIScsiSessionList({ library }).catch(reason => reason);
    expect(thrown(() => valueIn(failure(error)))).toMatchObject({
      code: 'ERR_ISCSIDSC_MALFORMED_REPLY',
      member: expect.stringContaining('SessionInfo'),
    });
  });

  it('carries other errors, with their code if they have one', () => {
    const ofNode = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    expect(failure(ofNode)).toEqual({ error: { name: 'Error', message: 'no such file', code: 'ENOENT' } });
    expect(failure(new TypeError('wrong'))).toEqual({ error: { name: 'TypeError', message: 'wrong' } });
    for (const reason of ['only words', null, undefined, 7]) {
      expect(thrown(() => valueIn({ error: { message: String(reason) } }))).toBeInstanceOf(Error);
      expect(failure(reason)).toMatchObject({ error: { message: String(reason) } });
    }
  });
});

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
