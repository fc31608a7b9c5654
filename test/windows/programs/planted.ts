import { getIScsiSessionList } from 'iscsidsc';

// Prints the sessions or the error, and in either case whether a planted DLL is in the process.
const result = await getIScsiSessionList().then(
  sessions => ({ sessions }),
  error => ({ error }),
);
process.stdout.write(JSON.stringify({ ...result, planted: process.env.ISCSIDSC_PLANTED_LOADED ?? null }));
