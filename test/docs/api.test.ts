import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PROJECT } from './project.js';

it('The reference is made of the doc comments without a warning: nothing public lacks one', async () => {
  const typedoc = `${PROJECT}node_modules/typedoc/bin/typedoc`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [typedoc, '--options', `${PROJECT}docs/typedoc.json`, '--emit', 'none'],
    { cwd: PROJECT },
  );
  expect(stdout + stderr).not.toMatch(/\[warning\]|\[error\]/);
});
