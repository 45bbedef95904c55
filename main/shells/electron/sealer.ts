/** Encryption by the operating system (DPAPI, keychain, secret service) through Electron's safeStorage. */
import { safeStorage } from 'electron'
import type { Sealer } from '../../app/service/vault.ts'
import { programText } from './text.ts'

/** The sealer of this workstation, or the sentence that says why it has none. Call it once Electron is ready. */
export async function systemSealer(): Promise<Sealer | string> {
  // Without a key store Chromium uses a password that is public.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return programText.noKeyStore
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return programText.noEncryption
  return {
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  }
}
