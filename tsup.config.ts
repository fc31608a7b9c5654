import { defineConfig, type Options } from 'tsup';

const shared: Options = { format: 'esm', target: 'node20.19', external: ['koffi'], removeNodeProtocol: false };

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
    entry: [
      'src/index.ts',
      'src/process.ts',
      'src/process-child.ts',
      'src/raw.ts',
      'src/simulate.ts',
      'src/simulator.ts',
    ],
    dts: { entry: ['src/index.ts', 'src/process.ts', 'src/raw.ts', 'src/simulate.ts', 'src/simulator.ts'] },
    external: ['koffi', 'iscsidsc'],
    // One copy of the errors and of the default library for all entries.
    splitting: true,
    // Not the command line, which the other build writes at the same time.
    clean: ['!cli.js'],
  },
  {
    ...shared,
    entry: ['src/cli.ts'],
    splitting: false,
    esbuildPlugins: [builtEntries],
  },
]);
