import {
  type AsyncOptions,
  getIScsiSessionList,
  logoutIScsiTarget,
  removeIScsiPersistentTarget,
  removeIScsiSendTargetPortal,
  removeIScsiStaticTarget,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
  reportIScsiTargets,
  setIScsiInitiatorCHAPSharedSecret,
} from 'iscsidsc';
import { OWN_NAME, type SiteFile } from './site-file.js';

const PATIENT = { retries: 60, retryDelayMs: 500 };

/**
 * Removes what a rule has left: saved logins, sessions, portals, targets and the secret of the machine. What belongs to
 * other targets and portals than those of setup-target.ps1 stays. A step that fails does not keep the others from being
 * made; all their errors are thrown together.
 */
export async function removeLeftovers(options: AsyncOptions, { portals }: SiteFile): Promise<void> {
  const addresses = Object.values(portals);
  const errors: unknown[] = [];
  const step = async (work: () => Promise<unknown>) => {
    await work().catch(error => errors.push(error));
  };
  await step(async () => {
    for (const login of (await reportIScsiPersistentLogins(options)).filter(isOwn)) {
      await step(() => removeIScsiPersistentTarget(login.targetName, { ...login, ...options }));
    }
  });
  await step(async () => {
    for (const { sessionId } of (await getIScsiSessionList(options)).filter(isOwn)) {
      await step(() => logoutIScsiTarget(sessionId, { ...options, ...PATIENT }));
    }
  });
  await step(async () => {
    for (const portal of await reportIScsiSendTargetPortals(options)) {
      if (addresses.includes(portal.address)) await step(() => removeIScsiSendTargetPortal(portal, options));
    }
  });
  await step(async () => {
    const names = await reportIScsiTargets({ ...options, forceUpdate: true });
    for (const targetName of names.filter(name => isOwn({ targetName: name }))) {
      await step(() => removeIScsiStaticTarget(targetName, options));
    }
  });
  await step(() => setIScsiInitiatorCHAPSharedSecret(null, options));
  if (errors.length > 0) throw new AggregateError(errors, `Cleaning up has failed: ${errors.join('; ')}`);
}

/** Whether it belongs to a target that setup-target.ps1 has made. */
export function isOwn({ targetName }: { readonly targetName: string | null }): boolean {
  return targetName?.toLowerCase().includes(OWN_NAME) ?? false;
}
