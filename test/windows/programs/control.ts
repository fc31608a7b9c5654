import koffi from 'koffi';

// The danger that the package averts: by its bare name, Windows takes the DLL from the current directory.
koffi.load('iscsidsc.dll');
process.stdout.write(JSON.stringify({ planted: process.env.ISCSIDSC_PLANTED_LOADED ?? null }));
