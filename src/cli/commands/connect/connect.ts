import type { ConnectedTarget } from '../../../index.js';
import { type Context, defineCommand } from '../../command.js';
import { DoneInPart, failureDetails, UsageError } from '../../failure.js';
import { INITIATOR_OPTIONS, initiatorPortOf } from '../../options/initiator-options.js';
import { CHAP_OPTIONS, chapOf } from '../../options/login-options.js';
import { PORTAL, SECONDS_OR_0, TARGET_AMONG_OTHERS, targetPortalOf } from '../../options/values.js';
import { portalText } from '../login-text.js';
import { LUN } from '../scsi/lun-option.js';
import { connectedText, isSomethingLeft, type LeftBehind, leftText, thingsOf } from './connect-text.js';
import { StepReporter } from './step-reporter.js';

export const connect = defineCommand({
  name: 'connect',
  changes: true,
  summary: 'Connect to a target: register its portals, log in, and wait for its disks and drive letters',
  description:
    "What is there already is used, so it can be run again at any time. If a step fails, or Ctrl+C ends it, what it has made is removed again. A portal that asks for CHAP before it reports its targets is registered with 'iscsidsc portal add' first.",
  operands: {
    portals: {
      help: 'A portal of the target, or several: with --multipath a session goes through each, else through the first that works. Without any, those that Windows knows',
      type: PORTAL,
      repeatable: true,
    },
    target: { help: 'The name of the target', type: TARGET_AMONG_OTHERS, required: true },
  },
  options: {
    ...CHAP_OPTIONS,
    persistent: { help: 'Save the login, too: Windows logs in again whenever it starts' },
    multipath: { help: 'Log in through each portal. Only for machines with MPIO' },
    lun: { help: 'Wait for the disk of this LUN, and show no other', type: LUN },
    wait: { help: 'Wait up to SECONDS for the disks, or not at all with 0', type: SECONDS_OR_0, default: '30' },
    'start-service': { help: 'Start the iSCSI Initiator service if it does not run' },
    ...INITIATOR_OPTIONS,
  },
  example: 'connect 10.0.0.10 iqn.2003-01.org.example:disk1 --persistent',
  async run(input, context): Promise<ConnectedTarget | LeftBehind> {
    const { target: targetName, portals, persistent, multipath, lun } = input;
    // The secret can stand among them by mistake, and a name is looked up in the network.
    if (portals.length > 1 && portals.some(isBareName)) {
      throw new UsageError('Of several portals, a host without a dot in its name needs its port, as in nas:3260.');
    }
    const target = {
      targetName,
      ...(portals.length > 0 && { portals: portals.map(targetPortalOf) }),
      ...initiatorPortOf(input),
      chap: await chapOf(input, context),
      persistent,
      multipath,
      lun,
      startService: input['start-service'],
    };
    const { iscsidsc, options } = context;
    const steps = new StepReporter(context);
    const { onProgress } = steps;
    const settings = { ...options, onProgress, waitMs: input.wait };
    try {
      const connected = await iscsidsc.connectTarget(target, settings);
      tellFailed(connected.failed, context);
      return connected;
    } catch (error) {
      const left = leftBy(error, targetName);
      const { failed } = left;
      // The last one is what the error is about, unless another step has failed.
      const isLast = failed.at(-1)?.error.message === Object(error).message;
      tellFailed(isLast ? failed.slice(0, -1) : failed, context);
      // `created` says whether a portal is registered, and the advice for it is that of `portal add`.
      if (error instanceof Error) Object.assign(error, { portalRegistered: undefined });
      steps.tellUndone(thingsOf(left.created).map(({ text }) => text));
      throw isSomethingLeft(left) ? new DoneInPart(left, error) : error;
    }
  },
  // A command to the target that was sent while the disks were waited for.
  mayHang: () => true,
  format: (result, format) => ('devices' in result ? connectedText(result, format) : leftText(result, format)),
});

function isBareName({ address, port }: { readonly address: string; readonly port?: number }): boolean {
  return port === undefined && !/[.:]/.test(address);
}

function tellFailed(failed: ConnectedTarget['failed'], { tell }: Context): void {
  for (const { portal, error } of failed) {
    const { message } = failureDetails({ ...error, portalRegistered: undefined });
    tell(`warning: Portal ${portalText(portal)} did not work. ${message}`);
  }
}

/** What the error of `connectTarget` says. One of an argument says nothing. */
function leftBy(error: unknown, targetName: string): LeftBehind {
  const { created, undoErrors = [], failed = [] } = Object(error) as Partial<LeftBehind>;
  return { targetName, created: created ?? { portals: [], sessions: [], persistentLogins: [] }, undoErrors, failed };
}
