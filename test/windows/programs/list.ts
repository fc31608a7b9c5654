import { getIScsiSessionList } from 'iscsidsc';

// Prints what the package's own library gives, as JSON: the sessions or the error.
getIScsiSessionList().then(
  sessions => process.stdout.write(JSON.stringify({ sessions })),
  error => process.stdout.write(JSON.stringify({ error, planted: process.env.ISCSIDSC_PLANTED_LOADED ?? null })),
);
