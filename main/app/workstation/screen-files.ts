/** The built user interface as a fixed list of files, read once, so that no request can reach another path. */
import { readdirSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export interface ServedFile {
  readonly path: string
  readonly size: number
  readonly type: string
  /** Its name contains its hash, so it never changes. */
  readonly hashed: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
}

/**
 * The files under a folder by the path they are asked for at; `/` is index.html. Files of a kind not known here, and
 * links, are left out.
 */
export function filesIn(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const name = `/${relative(folder, path).split(sep).join('/')}`
    files.set(name === '/index.html' ? '/' : name, {
      path,
      size: statSync(path).size,
      type,
      hashed: name.startsWith('/assets/'),
    })
  }
  return files
}
