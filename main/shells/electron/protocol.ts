/** Serves the files of the window over our own scheme, with the headers of the browser shell, from a fixed list. */
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import type { ServedFile } from '../../app/workstation/screen-files.ts'
import { safeHeaders } from '../../app/workstation/screen-headers.ts'
import { home, scheme } from './origin.ts'
import { programText } from './text.ts'

/** Before Electron is ready: the scheme has origins and is as good as HTTPS. It may not get around the CSP. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves these files and nothing else. */
export function serveScreens(files: ReadonlyMap<string, ServedFile>): void {
  protocol.handle(scheme, (request) => answer(request, files))
}

async function answer({ url, method }: Request, files: ReadonlyMap<string, ServedFile>): Promise<Response> {
  const asked = new URL(url)
  const file = method === 'GET' && asked.host === new URL(home).host ? files.get(asked.pathname) : undefined
  if (!file)
    return new Response(programText.noFile, {
      status: 404,
      headers: { ...safeHeaders, 'content-type': 'text/plain; charset=utf-8' },
    })
  return new Response(await readFile(file.path), { headers: { ...safeHeaders, 'content-type': file.type } })
}
