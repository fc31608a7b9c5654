import * as main from 'iscsidsc';
import * as raw from 'iscsidsc/raw';
import * as simulator from 'iscsidsc/simulator';
import uses from './uses.cjs';

await uses({ main, raw, simulator });
