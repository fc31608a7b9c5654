import { defineConfig } from 'tsup';

const shared = { target: "node20", external: ["koffi"] };

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts', 'src/raw.ts', 'src/simulator.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    // One copy of the errors and the types for all entries of a format: `instanceof` holds across them.
    splitting: true,
    clean: true,
  },
]);
