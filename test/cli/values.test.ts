import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNT, SECONDS } from '../../src/cli/options/values.js';
import { formatPortal, parsePortal } from '../../src/portal.js';

describe('seconds', () => {
  it.each([
    ['1', 1000],
    ['0.5', 500],
    ['.25', 250],
    ['2.', 2000],
    ['007', 7000],
    ['1.1', 1100],
    ['0.0001', 1],
    ['2147483', 2147483000],
  ])('%s are %i milliseconds', (text, milliseconds) => {
    expect(SECONDS.read(text)).toBe(milliseconds);
  });

  it('are read from any decimal number in the range, and from nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2147483000 }), milliseconds => {
        expect(SECONDS.read(String(milliseconds / 1000))).toBe(milliseconds);
      }),
    );
    fc.assert(
      fc.property(fc.string(), text => {
        const value = SECONDS.read(text);
        expect(value === undefined).toBe(!(/^[\d.]+$/.test(text) && Number(text) > 0 && Number(text) <= 2147483));
      }),
    );
  });
});

it('a count is a whole number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 2000 }), number => {
      expect(COUNT.read(String(number))).toBe(number >= 0 && number <= 1000 ? number : undefined);
    }),
  );
});

describe('a portal', () => {
  it.each([
    ['10.0.0.5', { address: '10.0.0.5' }],
    ['10.0.0.5:3260', { address: '10.0.0.5', port: 3260 }],
    ['san.example:860', { address: 'san.example', port: 860 }],
    ['fd00::5', { address: 'fd00::5' }],
    ['fd00::5:3260', { address: 'fd00::5:3260' }],
    ['[fd00::5]', { address: 'fd00::5' }],
    ['[fd00::5]:65535', { address: 'fd00::5', port: 65535 }],
    ['[fe80::1%4]:3260', { address: 'fe80::1%4', port: 3260 }],
  ])('%s is %j', (text, portal) => {
    expect(parsePortal(text)).toEqual(portal);
  });

  it.each(['', ':3260', '10.0.0.5:', '10.0.0.5:0', '10.0.0.5:65536', '10.0.0.5:x', '10.0.0.5 ', '10.0.0.5:3260:1'])(
    '%j is none',
    text => expect(parsePortal(text)).toBeUndefined(),
  );

  it.each(['[10.0.0.5]:3260', '[fd00::5', 'fd00::5]', '[]', '[fd00::5]3260', '[fd00::5]:', 'fd00::zz'])(
    '%j is none, either',
    text => expect(parsePortal(text)).toBeUndefined(),
  );

  it('has an IPv6 address if Node says so', () => {
    const text = fc.oneof(fc.ipV6(), fc.ipV4(), fc.stringMatching(/^[0-9a-f:.%]{1,20}$/), fc.string());
    fc.assert(
      fc.property(text, address => {
        expect(parsePortal(`[${address}]:1`)).toEqual(isIPv6(address) ? { address, port: 1 } : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read as it is written', () => {
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.constant('fe80::1%4'));
    fc.assert(
      fc.property(addresses, fc.integer({ min: 1, max: 65535 }), (address, port) => {
        expect(parsePortal(formatPortal(address, port))).toEqual({ address, port });
      }),
    );
  });
});
