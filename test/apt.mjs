import { existsSync } from 'node:fs';
import { run } from './package/npm.mjs';

/** Installs packages of Debian or Ubuntu, or throws what to do. */
export function aptInstall(packages, say) {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`needs ${packages.join(', ')}; on Debian or Ubuntu: ${command}`);
  if (process.getuid() !== 0) throw new Error(`needs packages; as root run: ${command}`);
  say(`install ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env });
  run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
}
