// Fetches the other versions of Node.js that the package is tested with, once: `npm run nodes:prepare`.
import { makeFolder } from './made-folder.mjs';
import { findNode, nodeFolder, nodePackage, nodeVersions } from './nodes.mjs';
import { npmUnpack, run } from './npm.mjs';

try {
  for (const version of nodeVersions) {
    makeFolder(nodeFolder(version), draft => {
      console.log(`nodes:prepare: download ${nodePackage(version)}`);
      npmUnpack(nodePackage(version), draft);
    });
    const node = findNode(version);
    if (!node.ok) throw new Error(`${nodePackage(version)} holds no bin/node`);
    console.log(`nodes:prepare: ready: ${run(node.program, ['--version']).trim()}, ${node.program}`);
  }
} catch (error) {
  console.error(`nodes:prepare: ${error.message}`);
  process.exitCode = 1;
}
