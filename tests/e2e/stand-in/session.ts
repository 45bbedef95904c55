/** Stand-in for protocol and session: which requests pass, what answers them, and how permissions are decided. */
import type { BrowserContext, Route } from 'playwright'
import { fromChromium } from './address.ts'
import { Known, strict, unknown } from './strict.ts'

type Serve = (request: Request) => Promise<Response> | Response
type BeforeRequest = (
  details: { readonly url: string; readonly method: string },
  decide: (verdict: { readonly cancel?: boolean }) => void,
) => void
type PermissionRequest = (page: object, permission: string, decide: (granted: boolean) => void) => void
type PermissionCheck = (page: object | null, permission: string, origin: string) => boolean

const privileged = new Set<string>()
const serving = new Map<string, Serve>()
let beforeRequest: BeforeRequest = (_details, decide) => {
  decide({})
}
let permissionRequest: PermissionRequest | undefined
let permissionCheck: PermissionCheck | undefined
let devicePermission: (() => boolean) | undefined

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(
    schemes: readonly { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[],
  ): void {
    for (const { scheme, privileges } of schemes) {
      if (
        privileges['bypassCSP'] === true ||
        privileges['corsEnabled'] === true ||
        privileges['standard'] !== true ||
        privileges['secure'] !== true
      )
        throw unknown(`a scheme with the privileges ${JSON.stringify(privileges)}`)
      privileged.add(scheme)
    }
  },
  handle(scheme: string, serve: Serve): void {
    if (!privileged.has(scheme)) throw unknown(`the scheme ${scheme}, which was not registered`)
    serving.set(scheme, serve)
  },
})

const events = new Known('session', ['will-download'])

const defaultSession = strict('session.defaultSession', {
  on: events.on.bind(events),
  setPermissionRequestHandler: (handler: PermissionRequest) => {
    permissionRequest = handler
  },
  setPermissionCheckHandler: (handler: PermissionCheck) => {
    permissionCheck = handler
  },
  setDevicePermissionHandler: (handler: () => boolean) => {
    devicePermission = handler
  },
  webRequest: strict('session.webRequest', {
    onBeforeRequest: (listener: BeforeRequest) => {
      beforeRequest = listener
    },
  }),
})
export const session = strict('session', { defaultSession })

/** Whether anything of the machine would be granted to a page at that address; all three ways are asked. */
export function permissionsOf(
  permission: string,
  address: string,
): { readonly request: boolean; readonly check: boolean; readonly device: boolean } {
  if (!permissionRequest || !permissionCheck || !devicePermission)
    throw unknown('what is decided about permissions: no handler was set, and Electron would grant everything')
  let request: boolean | undefined
  permissionRequest({ getURL: () => address }, permission, (granted) => {
    request = granted
  })
  if (request === undefined) throw unknown('a permission that is decided later')
  return {
    request,
    check: permissionCheck(
      null,
      permission,
      new URL(address).protocol === 'app:' ? 'app://rollout/' : new URL(address).origin,
    ),
    device: devicePermission(),
  }
}

/** Whether a download from that address would be let through, and where the person would be asked to put it. */
export function downloadOf(
  address: string,
  fileName: string,
): { readonly allowed: boolean; readonly proposed: string | null } {
  let proposed: string | null = null
  const item = strict('a download', {
    getURL: () => address,
    getFilename: () => fileName,
    setSaveDialogOptions: (options: { readonly defaultPath?: string }) => {
      proposed = options.defaultPath ?? null
    },
  })
  return { allowed: !events.prevented('will-download', {}, item), proposed }
}

/** True where a request to that address is cancelled. */
export function isCancelled(url: string, method = 'GET'): boolean {
  let verdict: boolean | undefined
  beforeRequest({ url, method }, ({ cancel = false }) => {
    verdict = cancel
  })
  if (verdict === undefined) throw unknown('a request that is decided later')
  return verdict
}

/** Answers every request of every page; `mayNavigate` is asked of those that would take a page elsewhere. Nothing ever reaches a network. */
export async function answerRequests(
  context: BrowserContext,
  mayNavigate: (route: Route, address: string) => boolean,
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    const url = fromChromium(request.url())
    const refused = (request.isNavigationRequest() && !mayNavigate(route, url)) || isCancelled(url, request.method())
    const serve = serving.get(new URL(url).protocol.slice(0, -1))
    if (refused || !serve) return route.abort('aborted')
    const answer = await serve(new Request(url, { method: request.method() }))
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
}
