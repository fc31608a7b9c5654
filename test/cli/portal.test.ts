import { describe, expect, it } from 'vitest';
import { formatPortal, parsePortal } from '../../src/cli/portal.js';

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

  it.each(['10.0.0.5', 'fd00::5', 'fe80::1%4'])('of %s is read as it is written', address => {
    expect(parsePortal(formatPortal(address, 3260))).toEqual({ address, port: 3260 });
  });
});
