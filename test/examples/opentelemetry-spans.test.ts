import { afterAll, describe, expect, it } from 'vitest';
import { UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const LINE = /^( *)([\w ]+?) {2}\d+\.\d ms(?: {2}(quick|slow) (\S+))?( {2}FAILED)?$/;

/** The spans of a run, each with the name of the span above it. */
async function spansOf(machine: object) {
  const { stdout, stderr, status } = await project.run('opentelemetry-spans.mjs', ['--simulate'], machine);
  const [first, ...lines] = stdout.trimEnd().split('\n');
  expect(first).toBe('These sessions are SIMULATED.');
  let parent = '';
  const spans = lines.map(line => {
    const [, indent, name = '', lane, result, failed] = LINE.exec(line) ?? [];
    expect(indent, line).toBeDefined();
    if (indent === '') parent = name;
    return { parent: indent === '' ? undefined : parent, name, lane, result, failed: failed !== undefined };
  });
  return { spans, stderr, status };
}

describe('opentelemetry-spans.mjs', () => {
  it('has a span for each native call, below the span in which it was asked for', async () => {
    const { spans, stderr, status } = await spansOf({});
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const below = (parent: string) => spans.filter(span => span.parent === parent).map(({ name }) => name);
    expect(below('describe targets').slice(0, 3)).toEqual([
      'ReportIScsiTargetsW',
      'ReportIScsiPersistentLoginsW',
      'GetIScsiSessionListW',
    ]);
    expect(below('describe targets')).not.toContain('GetIScsiSessionListEx');
    expect(below('describe sessions')).toEqual(
      expect.arrayContaining(['GetIScsiSessionListW', 'GetIScsiSessionListEx', 'FindFirstVolumeW']),
    );
    expect(below('describe sessions').filter(name => name.startsWith('Report'))).toEqual([]);
  });

  it('has a failing call as an error, but not the end of a list', async () => {
    const { spans } = await spansOf({});
    expect(spans.find(({ result }) => result === '0x00000012')).toMatchObject({
      name: 'FindNextVolumeW',
      failed: false,
    });
    const stopped = await spansOf({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    expect(stopped.spans).toContainEqual({
      parent: 'describe sessions',
      name: 'GetIScsiSessionListW',
      lane: 'quick',
      result: 'ISDSC_SERVICE_NOT_RUNNING',
      failed: true,
    });
    expect(stopped.spans.filter(({ parent }) => parent === undefined).map(({ failed }) => failed)).toEqual([
      true,
      true,
    ]);
    expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining('net start MSiSCSI') });
  });
});
