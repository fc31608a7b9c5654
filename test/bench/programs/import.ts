// Prints how long it took to import the package that is named, in microseconds.
const began = performance.now();
await import(process.argv[2] as string);
process.stdout.write(JSON.stringify((performance.now() - began) * 1000));

export {};
