import { getIScsiSessionList } from 'iscsidsc';

/** Prints what Windows says of each status: `[code, systemMessage]`. */
const said: [string, string | undefined][] = [];
for (const status of process.argv.slice(2)) {
  process.env.ISCSIDSC_STANDIN = `status=${status}`;
  await getIScsiSessionList().catch(error => said.push([error.code, error.systemMessage ?? null]));
}
process.stdout.write(JSON.stringify(said));
