import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InstalledPackage } from './installed-package.js';

const REPOSITORY = 'https://github.com/iscsidsc/iscsidsc';
const ENTRIES = ['index', 'process', 'raw', 'simulate', 'simulator'];
const FORMS = ['js', 'd.ts'];
/** What several entries share; the build gives it a hash for a name. */
const SHARED = /^dist\/[a-z-]+-[\w-]{8}\.(js|d\.ts)$/;

const app = new InstalledPackage();
afterAll(() => app.remove());

const files = readdirSync(app.package, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry =>
    join(entry.parentPath, entry.name)
      .slice(app.package.length + 1)
      .replaceAll('\\', '/'),
  )
  .sort();
const read = (file: string) => readFileSync(join(app.package, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const code = files.filter(file => file.startsWith('dist/'));

describe('the tarball', () => {
  it('holds the built entries with their types, the command, and what one reads first', () => {
    const built = ENTRIES.flatMap(entry => FORMS.map(form => `dist/${entry}.${form}`));
    const others = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/cli.js', 'dist/process-child.js', 'package.json'];
    expect(files.filter(file => !SHARED.test(file))).toEqual([...built, ...others].sort());
  });

  it('holds no file that no entry leads to, and lacks none', () => {
    expect(reachedFrom(startingFiles())).toEqual(code);
  });

  it('points to no source map', () => {
    expect(code.filter(file => /sourceMappingURL/.test(read(file)))).toEqual([]);
  });

  it('asks for no package but koffi', () => {
    const packages = new Set(
      code.flatMap(file => importsOf(file)).filter(name => !/^\./.test(name) && !isBuiltin(name)),
    );
    // Declarations name the package itself.
    packages.delete('iscsidsc');
    expect([...packages]).toEqual(['koffi']);
    expect(Object.keys(manifest.dependencies)).toEqual(['koffi']);
  });

  it('does not load the simulator with its main entry', () => {
    const simulator = (file: string) => /\bMemorySimulator\b/.test(read(file));
    expect(reachedFrom(['dist/simulator.js']).filter(simulator)).toHaveLength(1);
    expect(reachedFrom(['dist/index.js']).filter(simulator)).toEqual([]);
  });

  it('has what is new in its version in the changelog', () => {
    expect(read('CHANGELOG.md')).toContain(`\n## ${manifest.version}`);
  });
});

describe('package.json', () => {
  it('says whose it is, under which licence, and where to report a bug', () => {
    expect(manifest).toMatchObject({
      name: 'iscsidsc',
      license: 'MIT',
      repository: { type: 'git', url: `git+${REPOSITORY}.git` },
      bugs: { url: `${REPOSITORY}/issues` },
      homepage: `${REPOSITORY}#readme`,
      keywords: expect.arrayContaining(['iscsi', 'windows', 'electron']),
      engines: { node: '^20.19.0 || >=22.12.0' },
    });
    expect(read('LICENSE')).toMatch(/^MIT License\n/);
  });

  it('publishes with provenance', () => {
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  });

  it('runs nothing when it is installed', () => {
    const scripts = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(scripts.filter(name => name in manifest.scripts)).toEqual([]);
  });

  it('names for each entry its types and its code, and nothing else', () => {
    const names = ['.', './process', './raw', './simulate', './simulator'];
    const entries = names.map((name, index) => [
      name,
      { types: `./dist/${ENTRIES[index]}.d.ts`, default: `./dist/${ENTRIES[index]}.js` },
    ]);
    expect(JSON.stringify(manifest.exports)).toBe(
      JSON.stringify({ ...Object.fromEntries(entries), './package.json': './package.json' }),
    );
    expect(['main', 'module', 'types', 'typesVersions'].filter(name => name in manifest)).toEqual([]);
  });

  it('declares to bundlers that importing one entry has an effect', () => {
    expect(manifest.sideEffects).toEqual(['./dist/simulate.js']);
  });
});

/** What Node and TypeScript are led to by package.json. */
function startingFiles(): string[] {
  const paths: string[] = [];
  JSON.stringify([manifest.exports, manifest.bin], (_, value) => {
    if (typeof value === 'string') paths.push(posix.normalize(value));
    return value;
  });
  return [...new Set(paths)].filter(path => path !== 'package.json');
}

function reachedFrom(starts: string[]): string[] {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    if (!files.includes(file)) return;
    for (const name of importsOf(file)) if (name.startsWith('.')) visit(fileOf(file, name));
  };
  starts.forEach(visit);
  return [...reached].sort();
}

function importsOf(file: string): string[] {
  const text = read(file);
  const imported = text.matchAll(/(?:\bfrom\s*|\bimport\s*|\b(?:import|require\d*)\()["']([^"'\s]+)["'](?=[;)])/g);
  // What is started as a process.
  const started = text.matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g);
  return [...imported, ...started].map(([, name]) => name as string);
}

/** Declarations import declarations, under the names of the code beside them. */
function fileOf(importer: string, name: string): string {
  const path = posix.join(posix.dirname(importer), name);
  return /\.d\.ts$/.test(importer) ? path.replace(/\.js$/, '.d.ts') : path;
}
