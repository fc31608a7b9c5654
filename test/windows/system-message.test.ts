import { describe, expect, it } from 'vitest';
import { App } from './app.js';
import { tierOrReason } from './required.js';

const tier = tierOrReason();

describe.skipIf(!tier.ok)('systemMessage in Windows Node', () => {
  if (!tier.ok) return;
  const app = new App(tier);
  const messages = async (codePage?: 932) => {
    const statuses = ['0xEFFF003E', '0xEFFF7777', '5', '0x80070005', '0xDEADBEEF'];
    const args = [await app.program('system-message'), ...statuses];
    const { stdout } = await app.run(args, codePage === undefined ? {} : { codePage });
    return JSON.parse(stdout);
  };

  it("is the DLL's own text, else that of Windows, in one line; undefined where there is none", async () => {
    expect(await messages()).toEqual([
      ['ISDSC_SERVICE_NOT_RUNNING', 'The stand-in says: the service is not running.'],
      ['ERR_ISCSIDSC_UNKNOWN_STATUS', 'The stand-in says: %1 is of no use.'],
      ['ERROR_ACCESS_DENIED', 'Access denied.'],
      ['ERROR_ACCESS_DENIED', 'Access denied.'],
      ['ERR_ISCSIDSC_UNKNOWN_STATUS', null],
    ]);
  });

  it('is in the language of the user', async () => {
    const [own, unknown, system] = await messages(932);
    expect([own, unknown]).toEqual([
      ['ISDSC_SERVICE_NOT_RUNNING', '代役が言う: サービスは動いていない。'],
      ['ERR_ISCSIDSC_UNKNOWN_STATUS', '代役が言う: %1 は役に立たない。'],
    ]);
    expect(system[1]).toMatch(/[ぁ-ん]/);
  });
});
