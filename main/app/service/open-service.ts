/** What every shell with windows has in common: this user's database, the application over it, and the dispatch. */
import { mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { createAppService, type AppService, type AppServiceOptions } from './app-service.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { dataFolder } from '../secrets/open-vault.ts'
import type { WindowVault } from './vault.ts'

export interface ServiceOptions {
  /** The database; ROLLOUT_DB, else the one of this user unless given. */
  readonly dbFile?: string | undefined
  readonly vault: WindowVault
  readonly version: string
  readonly dialogs?: AppServiceOptions['dialogs']
  readonly shell?: AppServiceOptions['shell']
  /** Called for every bug that a call met. */
  readonly onBug: (method: string) => void
}

export interface OpenedService {
  readonly service: AppService
  readonly dispatch: Dispatch
}

/** Opens the service. Throws FailureError when the database cannot be used. */
export function openService({ dbFile, vault, version, dialogs, shell, onBug }: ServiceOptions): OpenedService {
  const folder = dataFolder()
  const file = dbFile ?? process.env['ROLLOUT_DB'] ?? join(folder, 'rollout.db')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const service = createAppService({
    dbFile: file,
    by: `${userInfo().username}@${hostname()}`,
    vault,
    dataFolder: folder,
    version,
    ...(dialogs ? { dialogs } : {}),
    ...(shell ? { shell } : {}),
  })
  return { service, dispatch: createDispatch({ api: service.api, redact: service.redact, onBug }) }
}
