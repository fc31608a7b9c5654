import { setSecretCommand } from '../set-secret.js';

export const radiusSetSecret = setSecretCommand({
  name: 'radius set-secret',
  summary: 'Set the secret that this machine shares with its RADIUS servers',
  description: 'It has 22 to 26 bytes, is one for all servers, and cannot be read back.',
  clearHelp: 'Clear it: logins that need a RADIUS server fail from then on',
  source: { what: 'RADIUS secret', variable: 'ISCSIDSC_RADIUS_SECRET' },
  set: (secret, { iscsidsc, options }) => iscsidsc.setIScsiInitiatorRADIUSSharedSecret(secret, options),
});
