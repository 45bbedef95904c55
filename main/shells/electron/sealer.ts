/** Owns sealing by the operating system: DPAPI, the keychain, or the secret service, by Electron's safeStorage. */
import { safeStorage } from 'electron'
import type { Sealer } from '../../app/service/vault.ts'

/** The sealer of this computer; a sentence where it has none that deserves the name. Once Electron is ready. */
export async function systemSealer(): Promise<Sealer | string> {
  // Without a key store Chromium would use a password that everybody knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return 'This desktop offers no key store (GNOME Keyring, KWallet), so the vault has a passphrase.'
  if (!(await safeStorage.isAsyncEncryptionAvailable()))
    return 'This computer does not offer encryption for its user, so the vault has a passphrase.'
  return {
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  }
}
