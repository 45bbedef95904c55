/** Owns what this browser keeps for a person between visits. A browser may refuse storage altogether; it is then kept for as long as the window. */
const inWindow = new Map<string, string>()

/** What was kept under that key; null where nothing was. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? inWindow.get(key) ?? null
  } catch {
    return inWindow.get(key) ?? null
  }
}

/** Keeps a text under a key. */
export function writeStored(key: string, value: string): void {
  inWindow.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // Kept for this window only.
  }
}

/** Keeps nothing under that key any more. */
export function forgetStored(key: string): void {
  inWindow.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // It was kept for this window only.
  }
}
