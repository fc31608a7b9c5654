import fc from 'fast-check';
import type { NativeCallTrace } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it, vi } from 'vitest';
import functions from '../fixtures/functions.json';
import { tracesOf } from '../native/traced-calls.js';
import { anyCall } from './any-call.js';
import { codeOf } from './made-call.js';
import { type GivenCall, RecordingLibrary } from './recording-library.js';

const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 1000);
const CODE_PAGE = 1252;
const STATUSES = [0, 87, 122, 998, 1231, 0xafff0001, 0xefff0003, 0xefff003e, 0x8007007a, 0xdead];
const NUMBERS = ['waitedMs', 'bufferSize', 'answerSize', 'durationMs', 'status', 'result'];
const EXPORTS = functions.map(({ name }) => name);

// Some of the statuses are warnings.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {});

describe('what is traced of any call', () => {
  const simulator = createSimulator({ codePage: CODE_PAGE });
  afterAll(() => simulator.dispose());

  it('is numbers, and names that the header has: nothing of an argument, a string or a buffer', async () => {
    let calls = 0;
    const property = fc.asyncProperty(anyCall(CODE_PAGE), fc.constantFrom(...STATUSES), async (call, status) => {
      const library = new RecordingLibrary({ codePage: simulator, answer: () => status });
      const traces = await tracesOf(() => codeOf(call, library));
      expect(traces.map(({ syscall }) => syscall)).toEqual(library.calls.map(each => each.export));
      for (const trace of traces) expectNothingElse(trace);
      calls += traces.length;
    });
    await fc.assert(property, { numRuns });
    expect(calls).toBeGreaterThan(numRuns / 4);
  });

  it('has the size of the memory for the answer in bytes, as it was given', async () => {
    const sized = new Set<string>();
    const property = fc.asyncProperty(anyCall(CODE_PAGE), async call => {
      const memories: (number | undefined)[] = [];
      const answer = (given: GivenCall) => {
        memories.push(answerMemory(given)?.length);
        for (const each of given.args) if (isNumber(each)) each.fill(0);
        return 0;
      };
      const library = new RecordingLibrary({ codePage: simulator, answer });
      const traces = await tracesOf(() => codeOf(call, library));
      for (const [index, { syscall, bufferSize, answerSize }] of traces.entries()) {
        const memory = memories[index];
        expect(bufferSize === undefined, syscall).toBe(memory === undefined);
        if (memory === undefined || bufferSize === undefined) continue;
        // As many structs as fit.
        expect(memory - bufferSize, syscall).toBeLessThan(4096);
        if (!/Count/.test(sizeName(syscall))) expect(bufferSize, syscall).toBe(memory);
        expect(answerSize, syscall).toBe(0);
        sized.add(syscall);
      }
    });
    await fc.assert(property, { numRuns });
    expect(sized.size).toBeGreaterThan(15);
  });
});

function expectNothingElse(trace: NativeCallTrace): void {
  const { syscall, lane, statusName, isAbandoned, ...rest } = trace;
  expect(EXPORTS).toContain(syscall);
  expect([undefined, 'quick', 'slow']).toContain(lane);
  expect(statusName).toMatch(/^([A-Z][A-Z_\d]+|0x[\dA-F]{8})$/);
  expect(isAbandoned).toBe(false);
  expect(Object.keys(rest).filter(name => !NUMBERS.includes(name))).toEqual([]);
  for (const value of Object.values(rest)) expect(['undefined', 'number']).toContain(typeof value);
}

/** The parameter of the header that says how much memory there is. */
function sizeName(syscall: string): string {
  const { params = [] } = functions.find(({ name }) => name === syscall) ?? {};
  const sizes = params.filter(({ name }) => /Size|Count$/.test(name) && !/^(Key|Sense)/.test(name));
  return sizes.find(({ name }) => /Size/.test(name))?.name ?? sizes[0]?.name ?? '';
}

function isNumber(argument: unknown): argument is Uint8Array | Uint32Array {
  return (argument instanceof Uint32Array || argument instanceof Uint8Array) && argument.byteLength === 4;
}

/** The largest memory that is written to, if there is a size for it. */
function answerMemory(given: GivenCall): Uint8Array | undefined {
  if (sizeName(given.export) === '') return undefined;
  const { params } = functions.find(({ name }) => name === given.export) ?? { params: [] };
  const written = given.args.filter(
    (each, index): each is Buffer => each instanceof Uint8Array && params[index]?.dir !== 'in',
  );
  return written.sort((one, other) => other.length - one.length)[0];
}
