import type { IscsidscErrorCode } from 'iscsidsc';

/** What the package finds itself: what it means, and what to do. Texts of the page alone; the errors say more. */
export const OWN_ERRORS = {
  ERR_ISCSIDSC_BUFFER_RETRIES: [
    'The list has grown between each of 8 calls, so no buffer was large enough.',
    'Call again: sessions come and go at this moment, as in a failover.',
  ],
  ERR_ISCSIDSC_BUFFER_TOO_LARGE: [
    'The DLL asks for more than 16 MiB, which no real list needs.',
    'Restart the service MSiSCSI; if it goes on, something else than Microsoft’s DLL answers.',
  ],
  ERR_ISCSIDSC_DISPOSED: [
    'A simulator or an initiator process was called after `dispose()`.',
    'Dispose of it when the last call has come back, for example in an `afterEach`.',
  ],
  ERR_ISCSIDSC_INVALID_ARGUMENT: [
    'An argument or an option cannot be passed on. Nothing native has been called.',
    'Read the message: it has the rule, and the value that breaks it.',
  ],
  ERR_ISCSIDSC_LIBRARY_LOAD: [
    'Koffi or `iscsidsc.dll` cannot be loaded.',
    'Install the optional dependencies for the platform where the program runs, keep `koffi` and `@koromix` [beside a bundle](bundling.md), and its binary outside the asar. For Koffi, `error.cause` has the reason; for the DLL, the message has the error that Windows reports.',
  ],
  ERR_ISCSIDSC_MALFORMED_REPLY: [
    'The reply of the DLL cannot be right: `member` and `offset` say where.',
    'Report it with both and with the version of Windows: it is a bug here or there, and no list is better than a wrong one.',
  ],
  ERR_ISCSIDSC_MISSING_EXPORT: [
    'This DLL, or the simulator, does not have the function in `syscall`.',
    'Do without it: `describeSessions` goes on without `GetIScsiSessionListEx`, and reports why a part is missing.',
  ],
  ERR_ISCSIDSC_NO_LUN: [
    'Only of `connectTarget`: the target has no LUN for this initiator, or not the one that was asked for.',
    'Map the LUN to this machine at the target: `getIScsiInitiatorNodeName` returns the name by which the target knows it. See [connect.md](connect.md#no-disk).',
  ],
  ERR_ISCSIDSC_NO_MULTIPATH: [
    'Only of `connectTarget` with `multipath`: a disk is there twice, because MPIO does not combine its paths.',
    'Install MPIO, and let it claim iSCSI disks. Until then, write to neither of the two. See [several-paths.md](several-paths.md).',
  ],
  ERR_ISCSIDSC_PROCESS_ENDED: [
    'Only with `iscsidsc/process`: the process that made the call has ended, by a crash or because another call in it did not return. `pending` says whether the call was made, `exitCode` and `signal` how the process ended.',
    'Call again: that starts another process. Look first whether a change has happened. See [process.md](process.md).',
  ],
  ERR_ISCSIDSC_NOT_LISTED: [
    'In an `...Error` of a description: a list lacks what another one has, because it came or went between the two. Of `disconnectTarget`: no session has the disk or the volume.',
    'Ask again, if you need that part, and list the disks with `describeDisks`.',
  ],
  ERR_ISCSIDSC_NO_DEVICE: [
    'Only in an `...Error` of `describeDisks`: the target says that it has no device at the LUN of the disk.',
    'See whether the LUN is still mapped to this initiator.',
  ],
  ERR_ISCSIDSC_SERVICE_NOT_STARTED: [
    'The service MSiSCSI was started and stopped again, or it is paused. `win32ExitCode` is the error with which it stopped.',
    'Look that number up, and read the System event log.',
  ],
  ERR_ISCSIDSC_TIMEOUT: [
    'There was no answer, or no such session, within `timeoutMs`.',
    'Read [`pending`](#pending): after `running`, the call can still take effect. Allow more time, or see whether the service hangs.',
  ],
  ERR_ISCSIDSC_UNKNOWN_STATUS: [
    'The initiator answered a status that is not in its header; `errno` is the number.',
    'Read `systemMessage`, and look the number up. Please report it, so that it gets a name.',
  ],
  ERR_ISCSIDSC_UNSUPPORTED_PLATFORM: [
    'This is not Windows, and no `library` was given.',
    'Run the program on Windows, or anywhere with `node --import iscsidsc/simulate` and a [simulator](testing.md).',
  ],
} as const satisfies Record<IscsidscErrorCode, readonly [meaning: string, advice: string]>;
