// @ts-check
import { checkKoffi } from './builder/check-koffi.mjs';

/** What electron-builder makes of this folder. The scripts `dist:x64` and `dist:arm64` fetch Koffi's binary first. */
export default {
  appId: 'com.example.iscsi-initiator-manager',
  directories: { output: 'out' },
  files: [
    'main.mjs',
    'preload.cjs',
    'settings.mjs',
    'simulated-process.mjs',
    'app',
    'page',
    'simulated',
    // Not Koffi's C++ sources.
    '!node_modules/koffi/{doc,lib,vendor}',
  ],
  // A .node file is a DLL, and Windows loads DLLs from files only. Inside the archive, Electron would copy it to the
  // folder for temporary files at each start, and load it from there.
  asarUnpack: ['node_modules/@koromix/**'],
  // Koffi comes with its binaries: there is nothing to compile.
  npmRebuild: false,
  afterPack: checkKoffi,
  win: {
    target: ['nsis', 'portable'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${name}-${version}-${arch}-${target}.${ext}',
    // The initiator answers administrators only.
    requestedExecutionLevel: 'requireAdministrator',
  },
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
};
