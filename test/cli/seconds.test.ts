import { expect, it } from 'vitest';
import { SECONDS } from '../../src/cli/seconds.js';

it.each([
  ['1', 1000],
  ['0.5', 500],
  ['.25', 250],
  ['2.', 2000],
  ['007', 7000],
  ['1.1', 1100],
  ['0.0001', 1],
  ['2147483', 2147483000],
])('%s seconds are %i milliseconds', (text, milliseconds) => {
  expect(SECONDS.read(text)).toBe(milliseconds);
});
