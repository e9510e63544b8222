import { safeStorage } from 'electron';
import type { Keychain } from '../backend/index.ts';

/**
 * The operating system's keychain; undefined where there is none that keeps a secret. Linux without a password manager
 * would "encrypt" with a password that stands in Chromium's source.
 */
export async function systemKeychain(): Promise<Keychain | undefined> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return undefined;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined;
  return {
    wrap: async (secret) => new Uint8Array(await safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64'))),
    unwrap: async (wrapped) => new Uint8Array(Buffer.from((await safeStorage.decryptStringAsync(Buffer.from(wrapped))).result, 'base64')),
  };
}
