/** Values that the browser keeps between visits. Where it refuses storage they live as long as the window. */
const inWindow = new Map<string, string>()

/** The text stored under that key; null where there is none. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? inWindow.get(key) ?? null
  } catch {
    return inWindow.get(key) ?? null
  }
}

/** Stores a text under a key. */
export function writeStored(key: string, value: string): void {
  inWindow.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // Kept for this window only.
  }
}

/** Removes the text stored under that key. */
export function forgetStored(key: string): void {
  inWindow.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // It was kept for this window only.
  }
}
