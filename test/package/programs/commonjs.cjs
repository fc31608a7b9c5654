const main = require('iscsidsc');
const raw = require('iscsidsc/raw');
const simulator = require('iscsidsc/simulator');

require('./uses.cjs')({ main, raw, simulator });
