import * as raw from 'iscsidsc/raw';
import { describe, expect, it } from 'vitest';
import * as constants from '../../src/header/constants.js';
import facts from '../fixtures/constants.json';

// Where C has bare names, they are the members of an object.
const { targetInformationClass, loginSessionType, scsiStatus, inquiryEvpdCmddt } = facts;
const OBJECTS = {
  TARGET_INFORMATION_CLASS: targetInformationClass,
  LOGINSESSIONTYPE: loginSessionType,
  SCSI_STATUS: scsiStatus,
  EVPD_CMDDT: inquiryEvpdCmddt,
} as const;
const PLAIN = [
  ...facts.loginFlags.values,
  ...facts.loginOptionsInformationSpecified.values,
  ...facts.authTypes.values,
  ...facts.digestTypes.values,
  ...facts.targetFlags.values,
  ...facts.securityFlags.values,
  ...facts.targetProtocolType.values,
  ...facts.ikeAuthenticationMethod.values,
  ...facts.ikeIdentificationPayloadType.values,
  ...facts.specialValues,
  ...facts.limits,
];
// What the header says in prose has no name of its own.
const NAMED = PLAIN.filter(({ name }) => /^[A-Z][A-Z0-9_]+$/.test(name));

describe('the constants of iscsidsc.h', () => {
  const exported = new Map<string, unknown>(Object.entries(raw));

  it.each(NAMED)('$name is $hex', ({ name, value }) => {
    expect(exported.get(name)).toBe(value);
  });

  it.each(Object.entries(OBJECTS))('%s has the values of its type, and is frozen', (name, { values }) => {
    const object = exported.get(name);
    expect(object).toEqual(Object.fromEntries(values.map(({ name, value }) => [name, value])));
    expect(Object.isFrozen(object)).toBe(true);
  });

  it('are all exported, and no others', () => {
    const names = [...NAMED.map(({ name }) => name), ...Object.keys(OBJECTS)];
    expect(Object.keys(constants).sort()).toEqual(names.sort());
  });
});
