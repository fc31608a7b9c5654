import type { SendTargetPortal, SendTargetPortalEx, TargetPortal } from 'iscsidsc';
import { exampleLoginOptions, exampleSecurityFlags } from './login-options.js';

// The formulas of windows/stand-in/examples.c, written out a second time: neither is made from the other.

/** Portals of all sorts of addresses, with and without a symbolic name. */
export function examplePortal(number: number, name: string): TargetPortal {
  return {
    symbolicName: number % 3 === 2 ? '' : `${name} ${number}`,
    address: [
      `10.1.${(number >> 8) & 255}.${number & 255}`,
      `fd00::${number.toString(16)}`,
      `portal-${number}.example`,
    ][number % 3] as string,
    socket: 3260 + number,
  };
}

/** The initiator that something is bound to: none for an even number. */
export function exampleInitiator(number: number): { readonly instance: string; readonly portNumber: number } {
  if (number % 2 === 0) return { instance: '', portNumber: 0xffffffff };
  return { instance: `ROOT\\ISCSIPRT\\${`${number}`.padStart(4, '0')}_0`, portNumber: number };
}

/** Portals of the discovery. */
export function exampleSendTargetPortal(number: number, name: string): SendTargetPortal {
  const { instance, portNumber } = exampleInitiator(number);
  return { initiatorName: instance, initiatorPortNumber: portNumber, ...examplePortal(number, name) };
}

/** The same with how Windows logs in. */
export function exampleSendTargetPortalEx(number: number, name: string): SendTargetPortalEx {
  return {
    ...exampleSendTargetPortal(number, name),
    securityFlags: exampleSecurityFlags(number),
    loginOptions: exampleLoginOptions(number),
  };
}
