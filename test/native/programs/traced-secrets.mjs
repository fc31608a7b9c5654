// Makes calls with secrets, for NODE_DEBUG=iscsidsc to tell of.
import { addIScsiConnection, addIScsiSendTargetPortal, addIScsiStaticTarget, loginIScsiTarget } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const library = createSimulator();
const [{ sessionId, targetName }] = library.sessions;
const secret = 'very-private';
const [targetPortal, targetPortalOfNone] = ['10.0.0.10', '10.0.0.99'];
const loginOptions = { authType: 'chap', username: 'user', password: secret };
const calls = [
  loginIScsiTarget(targetName, { library, loginOptions, key: secret, targetPortal }),
  loginIScsiTarget(targetName, { library, loginOptions, key: Buffer.from(secret), isPersistent: true }),
  addIScsiConnection(sessionId, { library, loginOptions, key: secret, targetPortal }),
  addIScsiSendTargetPortal(targetPortalOfNone, { library, loginOptions, rollback: true }),
  addIScsiStaticTarget(targetName, { library, loginOptions, charset: 'ansi' }),
  loginIScsiTarget(targetName, { library, loginOptions: ['user', secret] }),
  loginIScsiTarget(targetName, { library, key: { secret } }),
];
for (const { status, reason } of await Promise.allSettled(calls)) console.log(status, reason ?? '');
library.dispose();
await loginIScsiTarget(targetName, { library, loginOptions }).catch(console.log);
