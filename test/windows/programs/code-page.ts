import { getIScsiSessionListSync } from 'iscsidsc';
import koffi from 'koffi';
import { arrangeStandIn } from './stand-in.js';

// Prints the active code page, and the lists of both forms for the name that is given.
arrangeStandIn({ sessions: 3, name: process.argv[2] as string });
const getAcp = koffi.load('kernel32.dll').func('__stdcall', 'GetACP', 'uint32', []);
process.stdout.write(
  JSON.stringify({
    codePage: getAcp(),
    unicode: getIScsiSessionListSync({ charset: 'unicode' }),
    ansi: getIScsiSessionListSync({ charset: 'ansi' }),
  }),
);
