import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where Linux's Vulkan loader looks for drivers. */
const vulkanFolders = [
  '/etc/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/usr/local/etc/vulkan/icd.d',
  path.join(homedir(), '.local/share/vulkan/icd.d'),
];

/**
 * Why a provider can't work here, told without starting it: its native library would write its own complaint to stderr.
 * null when nothing speaks against it.
 */
export function missingDriver(device: string, env = process.env): string | null {
  if (process.platform !== 'linux') return null;
  if (device === 'cuda' && !existsSync('/proc/driver/nvidia/version')) return 'there is no NVIDIA driver';
  const named = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'].some((name) => env[name]);
  if (device === 'webgpu' && !named && !vulkanFolders.some(hasDriver)) return 'there is no Vulkan driver';
  return null;
}

function hasDriver(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
}
