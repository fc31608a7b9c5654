import type { PersistentLogin } from 'iscsidsc';
import { exampleLoginOptions, exampleSecurityFlags } from './login-options.js';
import { exampleInitiator, examplePortal } from './portals.js';
import { exampleMappings, exampleTargetName } from './targets.js';

/** Logins to targets of their own, some of them by any portal. */
export function examplePersistentLogin(number: number, name: string): PersistentLogin {
  const { instance, portNumber } = exampleInitiator(number);
  return {
    targetName: exampleTargetName(number, name),
    isInformationalSession: number % 2 === 1,
    initiatorInstance: instance,
    initiatorPortNumber: portNumber,
    targetPortal: number % 3 === 0 ? { symbolicName: '', address: '', socket: 0 } : examplePortal(number, name),
    securityFlags: exampleSecurityFlags(number),
    mappings: exampleMappings(number, name),
    loginOptions: exampleLoginOptions(number),
  };
}
