// electron-builder's hook after the files lie in their place and before they are packed: what must not be there goes, what must be there is looked for.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const platforms = { linux: 'linux', darwin: 'darwin', mas: 'darwin', win32: 'win32' };
const archs = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

export default function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const resources =
    electronPlatformName === 'darwin'
      ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents/Resources')
      : path.join(appOutDir, 'resources');
  // Electron's own start page would be loaded if ours were damaged.
  rmSync(path.join(resources, 'default_app.asar'), { force: true });

  const unpacked = path.join(resources, 'app.asar.unpacked');
  const [platform, cpu] = [platforms[electronPlatformName], archs[arch]];
  const bin = path.join(unpacked, 'node_modules/onnxruntime-node/bin');
  const api = readdirSync(bin)[0];
  const binding = path.join(bin, api, platform, cpu, 'onnxruntime_binding.node');
  const needed = [
    binding,
    path.join(unpacked, 'node_modules/onnxruntime-node/package.json'),
    path.join(unpacked, 'node_modules/onnxruntime-common/package.json'),
    path.join(unpacked, 'dist/threads'),
    path.join(unpacked, 'assets/models'),
    path.join(unpacked, 'package.json'),
    path.join(unpacked, 'node_modules/@duckdb', `node-bindings-${platform}-${cpu}`),
  ];
  const missing = needed.filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new Error(
      `The package for ${platform} ${cpu} lacks ${missing.join(', ')}; run npm ci on such a machine and package there.`,
    );
  const foreign = readdirSync(path.join(bin, api)).filter((name) => name !== platform);
  if (foreign.length > 0)
    throw new Error(`Binaries of other systems are in the package: ${foreign.join(', ')}.`);
}
