import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { siteContract } from '../../contract/initiator/contract.js';
import { realInitiator } from './initiator.js';
import { readSiteFile } from './site-file.js';
import { sitesOf } from './windows-site.js';

describe('Windows Server with targets of its own keeps the contract of an initiator', () => {
  const initiator = realInitiator();
  const skip = (text: string, reason: string) => it(text, context => context.skip(reason));
  if (!initiator.ok) skip('it logs in and out', initiator.reason);
  else if (!process.env.ISCSIDSC_REAL_TARGETS) skip('it logs in and out', 'ISCSIDSC_REAL_TARGETS is not set');
  else siteContract(sitesOf({ library: initiator.library, file: readSiteFile(), use: openFile, skip }), it);
});

function openFile(volume: string): () => void {
  const file = openSync(join(volume, 'iscsidsc-test.txt'), 'w');
  return () => closeSync(file);
}
