import { describeSessions } from 'iscsidsc';

describeSessions().then(sessions => process.stdout.write(JSON.stringify(sessions)));
