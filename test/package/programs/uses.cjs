// What a user does with the three entries, imported or required; prints what has come of it, on one line.
module.exports = async ({ main, raw, simulator }) => {
  const sessions = simulator.exampleSessions(3, { connections: 2, name: 'größe' });
  const library = simulator.createSimulator({ sessions });
  const [{ sessionId }] = sessions;
  const [size, count] = [new Uint32Array([1 << 20]), new Uint32Array(1)];
  const lists = {
    async: await main.getIScsiSessionList({ library }),
    sync: main.getIScsiSessionListSync({ library }),
    ansi: await main.getIScsiSessionList({ library, charset: 'ansi' }),
    ansiSync: main.getIScsiSessionListSync({ library, charset: 'ansi' }),
  };
  const devices = await main.getDevicesForIScsiSession(sessionId, { library });
  const raws = [raw.bind(library).GetIScsiSessionListW(size, count, Buffer.alloc(size[0])), count[0]];
  const layout = raw.structs.ISCSI_SESSION_INFOW.size;
  library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
  const stopped = await reason(main, () => main.getIScsiSessionList({ library }));
  library.dispose();
  const disposed = await reason(main, async () => main.getIScsiSessionListSync({ library }));
  const errno = raw.statusCodes.ISDSC_SERVICE_NOT_RUNNING;
  const member = raw.structs.ISCSI_SESSION_INFOW.members.TargetName.name;
  const { code } = raw.statusError(errno, { syscall: 'GetIScsiSessionListW' });
  const flag = raw.ISCSI_LOGIN_FLAG_MULTIPATH_ENABLED;
  const printed = { lists, devices, raws, layout, stopped, disposed, errno, member, code, flag };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
};

async function reason(main, call) {
  try {
    await call();
  } catch (error) {
    return { ...error.toJSON(), isStatusError: error instanceof main.StatusError };
  }
}
