import {
  addIScsiSendTargetPortal,
  forgetTarget,
  loginIScsiTarget,
  removeIScsiSendTargetPortal,
  reportIScsiTargets,
  waitForSession,
} from 'iscsidsc';

const portal = '10.0.0.10';
const targetName = 'iqn.2003-01.org.example:disk1';

await addIScsiSendTargetPortal(portal);
console.log('known:', await reportIScsiTargets());

const { sessionId } = await loginIScsiTarget(targetName);
const { devices } = await waitForSession({ sessionId }, { until: 'devices', timeoutMs: 60_000 });
console.log(
  'disks:',
  devices.map(({ legacyName }) => legacyName),
);

await loginIScsiTarget(targetName, { isPersistent: true }); // saved, for the next start of Windows

const { removedLogins, loggedOut } = await forgetTarget(targetName);
console.log('forgotten:', removedLogins.length, 'saved login,', loggedOut.length, 'session');
await removeIScsiSendTargetPortal(portal);
console.log('known:', await reportIScsiTargets({ forceUpdate: true }));
