/** The offences that the rules must catch: one small file each, as somebody in a hurry would write it. */

import { createRequire } from 'node:module'
import { z } from 'zod'

const RoomOffences = z.array(z.tuple([z.string(), z.string(), z.string(), z.string()]))
/** For each room [rule, folder, room, a room above it]. */
const roomOffences = RoomOffences.parse(
  (createRequire(import.meta.url)('./rooms.cjs') as { roomOffences: unknown }).roomOffences,
)

/** What code looks like that keeps the rules: the offences lean on these files, and none of them may be reported. */
export const innocent: Readonly<Record<string, string>> = {
  'domain/plan/plan.ts':
    "import { z } from 'zod'\nexport const Plan = z.object({ name: z.string() })\nexport type Plan = z.infer<typeof Plan>\n",
  'domain/checks/rules/index.ts': "import { ports } from './ports.ts'\nexport const checks = [ports]\n",
  'domain/checks/rules/ports.ts': "export const ports = 'ports'\n",
  'main/engine/ports.ts':
    "import type { Plan } from '../../domain/plan/plan.ts'\nexport interface Store { plan(): Plan }\nexport const limit = 16\n",
  'main/engine/engine.ts':
    "import type { Store } from './ports.ts'\nimport { look } from './steps/look.ts'\nexport const engine = (store: Store) => look(store.plan().name)\n",
  'main/engine/steps/look.ts': 'export const look = (name: string) => name.trim()\n',
  'main/store/database/database.ts':
    "import Sqlite from 'better-sqlite3'\nexport const open = (file: string) => new Sqlite(file)\n",
  'main/store/store.ts':
    "import { randomUUID } from 'node:crypto'\nimport type { Store } from '../engine/ports.ts'\nimport { open } from './database/database.ts'\nexport const createStore = (): Store => ({ plan: () => ({ name: open(randomUUID()).name }) })\n",
  'main/vault/vault.ts': "export const secret = 'none'\n",
  'main/transports/powershell/channel.ts': "export const channel = 'channel'\n",
  'main/transports/ssh/transport.ts':
    "import { channel } from '../powershell/channel.ts'\nexport const ssh = channel\n",
  'main/transports/simulated/transport.ts': "export const simulated = 'simulated'\n",
  'main/transports/registry.ts':
    "import { simulated } from './simulated/transport.ts'\nimport { ssh } from './ssh/transport.ts'\nexport const registry = [ssh, simulated]\n",
  'main/app/app.ts':
    "import { checks } from '../../domain/checks/rules/index.ts'\nimport { engine } from '../engine/engine.ts'\nimport { createStore } from '../store/store.ts'\nimport { registry } from '../transports/registry.ts'\nimport { secret } from '../vault/vault.ts'\nexport const app = () => [engine(createStore()), secret, ...registry, ...checks]\n",
  'main/shells/cli/main.ts': "import { app } from '../../app/app.ts'\nconsole.log(app())\n",
  'main/shells/browser/serve.ts': "export const serve = 'serve'\n",
  'main/shells/electron/window.ts': "import { app } from 'electron'\nexport const window: unknown = app\n",
  'preload/bridge.ts':
    "import { contextBridge } from 'electron'\nimport type { Plan } from '../domain/plan/plan.ts'\nexport const bridge: unknown = contextBridge\nexport type Seen = Plan\n",
  'renderer/view.ts':
    "import type { Plan } from '../domain/plan/plan.ts'\nexport const title = (plan: Plan) => { document.title = plan.name }\n",
  'tests/builder.ts': 'export const builder = 1\n',
}

/** What an offence needs beside it: the other half of a circle, closed by a type alone. */
export const accomplices: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    roomOffences.map(([, folder, , above]) => [`${folder}/${above}/one.ts`, 'export const one = 1\n']),
  ),
  'main/app/second.ts': "import type { first } from './first.ts'\nexport const second: number | typeof first = 1\n",
  'resources/data.json': '{}',
}

/** rule, the file that offends, its content. */
export type Offence = readonly [rule: string, file: string, text: string]

export const importOffences: readonly Offence[] = [
  ...roomOffences.map(([rule, folder, room, above]): Offence => [
    rule,
    `${folder}/${room}/of-${above}.ts`,
    `import { one } from '../${above}/one.ts'\nexport const kept = one\n`,
  ]),
  ['no-circular', 'main/app/first.ts', "import { second } from './second.ts'\nexport const first = second\n"],
  [
    'domain-is-pure',
    'domain/of-main.ts',
    "import type { Store } from '../main/engine/ports.ts'\nexport type Kept = Store\n",
  ],
  [
    'domain-is-pure',
    'domain/of-json.ts',
    "import data from '../resources/data.json' with { type: 'json' }\nexport const kept = data\n",
  ],
  ['electron-stays-outside', 'domain/of-electron.ts', "import { app } from 'electron'\nexport const kept = app\n"],
  ['electron-stays-outside', 'main/app/of-electron.ts', "export const kept = () => import('electron/main')\n"],
  [
    'node-stays-in-main',
    'domain/of-node.ts',
    "import { readFileSync } from 'node:fs'\nexport const kept = readFileSync\n",
  ],
  [
    'node-stays-in-main',
    'renderer/of-node.ts',
    "import { readFileSync } from 'node:fs'\nexport const kept = readFileSync\n",
  ],
  ['node-stays-in-main', 'preload/of-node.ts', "import type { Stats } from 'node:fs'\nexport type Kept = Stats\n"],
  [
    'screen-stays-in-renderer',
    'main/app/of-react.ts',
    "import { useState } from 'react'\nexport const kept = useState\n",
  ],
  [
    'renderer-sees-domain-only',
    'renderer/of-main.ts',
    "import type { Store } from '../main/engine/ports.ts'\nexport type Kept = Store\n",
  ],
  [
    'preload-sees-domain-only',
    'preload/of-main.ts',
    "import type { Store } from '../main/engine/ports.ts'\nexport type Kept = Store\n",
  ],
  ['preload-sees-domain-only', 'preload/of-zod.ts', "import { z } from 'zod'\nexport const kept = z\n"],
  [
    'domain-checks-have-one-door',
    'main/app/of-check.ts',
    "import { ports } from '../../domain/checks/rules/ports.ts'\nexport const kept = ports\n",
  ],
  [
    'adapters-know-ports-only',
    'main/store/of-engine.ts',
    "import { engine } from '../engine/engine.ts'\nexport const kept = engine\n",
  ],
  [
    'adapters-know-ports-only',
    'main/store/of-engine-type.ts',
    "import type { engine } from '../engine/engine.ts'\nexport type Kept = typeof engine\n",
  ],
  [
    'adapters-know-ports-only',
    'main/vault/of-store.ts',
    "import { open } from '../store/database/database.ts'\nexport const kept = open\n",
  ],
  [
    'adapters-know-ports-only',
    'main/transports/ssh/of-app.ts',
    "import type { app } from '../../app/app.ts'\nexport type Kept = typeof app\n",
  ],
  [
    'ports-are-types',
    'main/store/runs-ports.ts',
    "import { limit } from '../engine/ports.ts'\nexport const kept = limit\n",
  ],
  [
    'engine-knows-no-adapter',
    'main/engine/of-store.ts',
    "import type { createStore } from '../store/store.ts'\nexport type Kept = typeof createStore\n",
  ],
  [
    'survey-knows-no-adapter',
    'main/survey/of-ssh.ts',
    "import { ssh } from '../transports/ssh/transport.ts'\nexport const kept = ssh\n",
  ],
  [
    'app-knows-no-shell',
    'main/app/of-shell.ts',
    "import type { serve } from '../shells/browser/serve.ts'\nexport type Kept = typeof serve\n",
  ],
  [
    'shells-go-through-app',
    'main/shells/cli/of-store.ts',
    "import { open } from '../../store/database/database.ts'\nexport const kept = open\n",
  ],
  [
    'shells-go-through-app',
    'main/shells/cli/of-browser.ts',
    "import { serve } from '../browser/serve.ts'\nexport const kept = serve\n",
  ],
  [
    'main-knows-no-screen',
    'main/app/of-renderer.ts',
    "import type { title } from '../../renderer/view.ts'\nexport type Kept = typeof title\n",
  ],
  [
    'folders-keep-their-insides',
    'main/app/of-steps.ts',
    "import { look } from '../engine/steps/look.ts'\nexport const kept = look\n",
  ],
  [
    'transports-stand-apart',
    'main/transports/ssh/of-simulated.ts',
    "import { simulated } from '../simulated/transport.ts'\nexport const kept = simulated\n",
  ],
  [
    'powershell-knows-no-transport',
    'main/transports/powershell/of-registry.ts',
    "import type { registry } from '../registry.ts'\nexport type Kept = typeof registry\n",
  ],
  [
    'database-driver-has-one-door',
    'main/app/of-driver.ts',
    "import Sqlite from 'better-sqlite3'\nexport const kept = Sqlite\n",
  ],
  [
    'node-powershell-has-one-door',
    'main/app/of-powershell.ts',
    "import { PowerShell } from 'node-powershell'\nexport const kept = PowerShell\n",
  ],
  [
    'product-knows-no-tests',
    'main/app/of-tests.ts',
    "import { builder } from '../../tests/builder.ts'\nexport const kept = builder\n",
  ],
  [
    'product-uses-shipped-packages',
    'main/app/of-development.ts',
    "import fc from 'fast-check'\nexport const kept = fc\n",
  ],
  ['imports-resolve', 'main/app/of-nowhere.ts', "import { gone } from './gone.ts'\nexport const kept = gone\n"],
]

const door = 'no-restricted-imports'
const syntax = 'no-restricted-syntax'

export const lintOffences: readonly Offence[] = [
  ['no-restricted-globals', 'preload/of-process.ts', 'export const kept = process.platform\n'],
  [door, 'domain/of-electron.ts', importText('domain/of-electron.ts')],
  [door, 'renderer/of-main.ts', importText('renderer/of-main.ts')],
  [door, 'renderer/of-node.ts', importText('renderer/of-node.ts')],
  [door, 'main/engine/of-store.ts', importText('main/engine/of-store.ts')],
  [door, 'main/app/of-shell.ts', importText('main/app/of-shell.ts')],
  ['@typescript-eslint/no-explicit-any', 'main/app/any.ts', 'export const kept: any = 1\n'],
  [
    '@typescript-eslint/no-explicit-any',
    'main/app/any-in-silence.ts',
    '/* eslint-disable @typescript-eslint/no-explicit-any */\nexport const kept: any = 1\n',
  ],
  ['@typescript-eslint/ban-ts-comment', 'main/app/ignored.ts', "// @ts-ignore\nexport const kept: number = 'text'\n"],
  [
    '@typescript-eslint/no-floating-promises',
    'main/app/floating.ts',
    'const later = async (): Promise<number> => 1\nexport const kept = (): void => { later() }\n',
  ],
  [
    '@typescript-eslint/no-misused-promises',
    'main/app/misused.ts',
    'export const kept = (): void => { [1].forEach(async (one): Promise<number> => one) }\n',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'domain/switch.ts',
    "export function kept(word: 'a' | 'b'): number {\n  switch (word) {\n    case 'a': return 1\n  }\n  return 2\n}\n",
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    'domain/type-import.ts',
    "import { Plan } from './plan.ts'\nexport type Kept = Plan\n",
  ],
  [syntax, 'main/app/default.ts', 'export default 1\n'],
  [syntax, 'main/app/default-by-name.ts', 'const kept = 1\nexport { kept as default }\n'],
  [syntax, 'main/app/enum.ts', 'export enum Kept { One }\n'],
  [syntax, 'domain/clock.ts', 'export const kept = () => Date.now()\n'],
  [syntax, 'domain/date.ts', 'export const kept = () => new Date()\n'],
  [syntax, 'domain/chance.ts', 'export const kept = () => Math.random()\n'],
  [syntax, 'tests/chance.ts', 'export const kept = () => Math.random()\n'],
  [syntax, 'tests/drawn.ts', "import { randomInt } from 'node:crypto'\nexport const kept = () => randomInt(6)\n"],
  ['no-console', 'main/engine/says.ts', "export const kept = () => { console.log('here') }\n"],
  [
    'own/sentences-in-text-files',
    'main/app/of-sentence.ts',
    "export const kept = 'The host did not answer in time.'\n",
  ],
  [
    'own/awaited',
    'tests/unawaited.ts',
    "declare const expect: (given: unknown) => { readonly not: { toContain(part: string): void } }\nconst said = async (): Promise<string> => 'secret'\nexport const kept = () => { expect(said()).not.toContain('secret') }\n",
  ],
  [
    'max-lines',
    'domain/long.ts',
    `${Array.from({ length: 401 }, (_, line) => `export const line${line} = ${line}`).join('\n')}\n`,
  ],
]

/** folder, the file that offends, its content: what the folder's compiler must refuse. */
export const typeOffences: readonly Offence[] = [
  ['domain', 'domain/of-process.ts', 'export const kept = process.platform\n'],
  ['domain', 'domain/of-timer.ts', 'export const kept = setTimeout(() => undefined, 1)\n'],
  ['domain', 'domain/of-document.ts', 'export const kept = document.title\n'],
  ['main', 'main/app/of-document.ts', 'export const kept = document.title\n'],
  ['renderer', 'renderer/of-process.ts', 'export const kept = process.platform\n'],
  ['renderer', 'renderer/of-node.ts', importText('renderer/of-node.ts')],
  ['main', 'main/app/enum.ts', 'export enum Kept { One }\n'],
]

function importText(file: string): string {
  return importOffences.find(([, name]) => name === file)?.[2] ?? ''
}
