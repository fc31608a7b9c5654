import koffi from 'koffi';

// The danger that the package averts: loads what is named by Koffi alone, and prints whether that was a planted DLL.
koffi.load(process.argv[2] as string);
process.stdout.write(JSON.stringify({ planted: process.env.ISCSIDSC_PLANTED_LOADED ?? null }));
