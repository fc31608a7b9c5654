import { defineConfig, type Options } from 'tsup';

const shared = { target: 'node20', external: ['koffi'], removeNodeProtocol: false };

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** The command line uses the package's own entries as they are built, not a second copy of them. */
const builtEntries: Plugin = {
  name: 'built-entries',
  setup(build) {
    build.onResolve({ filter: /^\.\.\/(index|simulator)\.js$/ }, ({ path }) => ({
      path: path.slice(1),
      external: true,
    }));
  },
};

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts', 'src/raw.ts', 'src/simulator.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    // One copy of the errors and the types for all entries of a format: `instanceof` holds across them.
    splitting: true,
    // There is a __filename in CommonJS, see native/koffi.ts.
    esbuildOptions: (options, { format }) => {
      if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
    },
    // Not the command line, which the other build writes at the same time.
    clean: ['!cli.js'],
  },
  {
    ...shared,
    entry: ['src/cli.ts'],
    format: 'esm',
    splitting: false,
    esbuildPlugins: [builtEntries],
  },
]);
