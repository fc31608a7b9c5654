require('iscsidsc/simulate');
require('iscsidsc/simulate');
const { getIScsiSessionListSync } = require('iscsidsc');

process.stdout.write(`${getIScsiSessionListSync().length}`);
