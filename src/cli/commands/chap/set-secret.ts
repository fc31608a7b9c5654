import { setSecretCommand } from '../set-secret.js';

export const chapSetSecret = setSecretCommand({
  name: 'chap set-secret',
  summary: 'Set the secret by which targets prove themselves to this machine (mutual CHAP)',
  description:
    "It has 12 to 16 bytes, is one for all targets, and cannot be read back. It must not be the secret of --chap-user, by which this machine proves itself. 'iscsidsc target login IQN --mutual' asks for the proof.",
  clearHelp: 'Clear it: logins with --mutual fail from then on',
  source: { what: 'mutual CHAP secret', variable: 'ISCSIDSC_MUTUAL_CHAP_SECRET' },
  set: (secret, { iscsidsc, options }) => iscsidsc.setIScsiInitiatorCHAPSharedSecret(secret, options),
});
