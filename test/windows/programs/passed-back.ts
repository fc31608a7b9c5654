import {
  addIScsiSendTargetPortal,
  loginIScsiTarget,
  refreshIScsiSendTargetPortal,
  removeIScsiPersistentTarget,
  removeIScsiSendTargetPortal,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortalsEx,
  reportIScsiTargets,
} from 'iscsidsc';

// Passes back what was reported, as it was reported, and prints what comes of it.
const options = { charset: process.argv[2] as 'ansi' | 'unicode' };
const ids: unknown[] = [];
for (const portal of await reportIScsiSendTargetPortalsEx(options)) {
  await refreshIScsiSendTargetPortal(portal, options);
  await addIScsiSendTargetPortal(portal, options);
  await removeIScsiSendTargetPortal(portal, options);
}
for (const login of await reportIScsiPersistentLogins(options)) {
  ids.push(await loginIScsiTarget(login.targetName, { ...login, ...options }));
  await removeIScsiPersistentTarget(login.targetName, { ...login, ...options });
}
const targets = await reportIScsiTargets({ ...options, forceUpdate: true });
process.stdout.write(JSON.stringify({ ids, targets: targets.length }));
