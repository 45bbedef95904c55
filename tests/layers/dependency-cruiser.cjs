/**
 * Who may import whom, type-only imports included. Every message names the right door; ARCHITECTURE.md has the
 * picture.
 */
const { roomRules } = require('./rooms.cjs')

const adapters = '^main/(store|transports|vault|documents)/'
const screen = '(^|node_modules/)(react|react-dom|zustand|@xyflow/[^/]+|elkjs)(/|$)'

const forbidden = [
  ...roomRules,
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one thing or three: move what both need into a file of its own.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'domain-is-pure',
    comment: 'domain/ imports zod and itself, nothing else. What acts lives in main/ and hands its result in as data.',
    severity: 'error',
    from: { path: '^domain/' },
    to: { pathNot: ['^domain/.+\\.ts$', '(^|node_modules/)zod(/|$)'] },
  },
  {
    name: 'electron-stays-outside',
    comment: 'Electron is named in main/shells/electron and preload only. Put what you need behind a port of main/app.',
    severity: 'error',
    from: { pathNot: '^(main/shells/electron|preload)/' },
    to: { path: '(^|node_modules/)electron(/|$)' },
  },
  {
    name: 'node-stays-in-main',
    comment: 'node:* is for main/ and tests/. A screen asks through the contract of domain/contract.',
    severity: 'error',
    from: { path: '^(domain|renderer|preload)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'screen-stays-in-renderer',
    comment: 'React and what draws belong to renderer/.',
    severity: 'error',
    from: { pathNot: '^renderer/' },
    to: { path: screen },
  },
  {
    name: 'renderer-sees-domain-only',
    comment: 'renderer/ imports domain/ and itself. What main/ knows arrives through the contract.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^(main|preload|tests|resources)/' },
  },
  {
    name: 'preload-sees-domain-only',
    comment: 'preload/ imports domain/ and electron: it exposes call and onEvent, nothing more.',
    severity: 'error',
    from: { path: '^preload/' },
    to: { pathNot: ['^(preload|domain)/', '(^|node_modules/)electron(/|$)'] },
  },
  {
    name: 'domain-checks-have-one-door',
    comment: 'The checks are reached through domain/checks/rules/index.ts.',
    severity: 'error',
    from: { pathNot: '^(domain|tests)/' },
    to: { path: '^domain/checks/rules/', pathNot: '^domain/checks/rules/index\\.ts$' },
  },
  {
    name: 'adapters-know-ports-only',
    comment:
      'store, transports, vault and documents see domain/ and the types of main/engine/ports.ts, never each other. main/app puts them together.',
    severity: 'error',
    from: { path: adapters },
    to: { path: '^main/', pathNot: ['^main/$1/', '^main/engine/ports\\.ts$'] },
  },
  {
    name: 'ports-are-types',
    comment: 'Take main/engine/ports.ts with `import type`: an adapter runs nothing of the engine.',
    severity: 'error',
    from: { path: adapters },
    to: { path: '^main/engine/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'engine-knows-no-adapter',
    comment: 'The engine says what it needs in main/engine/ports.ts; main/app hands the adapters in.',
    severity: 'error',
    from: { path: '^main/engine/' },
    to: { path: '^main/', pathNot: '^main/engine/' },
  },
  {
    name: 'survey-knows-no-adapter',
    comment: 'The survey works over the ports of main/engine; main/app hands the adapters in.',
    severity: 'error',
    from: { path: '^main/survey/' },
    to: { path: '^main/', pathNot: '^main/(survey|engine)/' },
  },
  {
    name: 'app-knows-no-shell',
    comment: 'The application does not know which outside it has. Let the shell pass in what differs.',
    severity: 'error',
    from: { path: '^main/app/' },
    to: { path: '^main/shells/' },
  },
  {
    name: 'shells-go-through-app',
    comment: 'A shell asks main/app (and reads domain/). If it needs more, main/app lacks a function.',
    severity: 'error',
    from: { path: '^main/shells/([^/]+)/' },
    to: { path: '^main/', pathNot: ['^main/shells/$1/', '^main/app/'] },
  },
  {
    name: 'main-knows-no-screen',
    comment: 'main/ answers through the contract; it never imports a screen or the bridge.',
    severity: 'error',
    from: { path: '^main/' },
    to: { path: '^(renderer|preload)/' },
  },
  {
    name: 'folders-keep-their-insides',
    comment:
      'A folder inside engine, store, vault, survey or documents is its own affair: ask a file at the top of it.',
    severity: 'error',
    from: { path: '^main/([^/]+)/' },
    to: { path: '^main/(engine|store|vault|survey|documents)/[^/]+/', pathNot: '^main/$1/' },
  },
  {
    name: 'transports-stand-apart',
    comment:
      'A transport may use main/transports/powershell (what we speak there) and shared/, never another way of getting there.',
    severity: 'error',
    from: { path: '^main/transports/([^/]+)/' },
    to: { path: '^main/transports/[^/]+/', pathNot: ['^main/transports/$1/', '^main/transports/(powershell|shared)/'] },
  },
  {
    name: 'powershell-knows-no-transport',
    comment: 'What we speak there does not depend on how we got there: take a ByteChannel.',
    severity: 'error',
    from: { path: '^main/transports/powershell/' },
    to: { path: '^main/transports/', pathNot: '^main/transports/powershell/' },
  },
  {
    name: 'database-driver-has-one-door',
    comment:
      'The SQLite driver is named in main/store/database/database.ts, in the practice site, which keeps a file of its own, and in main/vault/one-writer.ts, which only locks.',
    severity: 'error',
    from: {
      path: '^main/',
      pathNot: '^main/(store/database/database|transports/simulated/world/world-file|vault/one-writer)\\.ts$',
    },
    to: { path: '(^|node_modules/)better-sqlite3(/|$)' },
  },
  {
    name: 'node-powershell-has-one-door',
    comment:
      "node-powershell starts and holds this machine's PowerShell in one file: main/transports/local/powershell-process.ts.",
    severity: 'error',
    from: { path: '^main/', pathNot: '^main/transports/local/powershell-process\\.ts$' },
    to: { path: '(^|node_modules/)node-powershell(/|$)' },
  },
  {
    name: 'product-knows-no-tests',
    comment: 'Nothing that ships imports tests/.',
    severity: 'error',
    from: { pathNot: '^tests/' },
    to: { path: '^tests/' },
  },
  {
    name: 'product-uses-shipped-packages',
    comment: 'What ships may not need a development dependency. Move it to dependencies, or do without.',
    severity: 'error',
    from: { path: '^(domain|main|preload)/' },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      pathNot: ['node_modules/@types/', '(^|node_modules/)electron(/|$)'],
    },
  },
  {
    name: 'imports-resolve',
    comment: 'There is no such file or package.',
    severity: 'error',
    from: {},
    // Electron's own rule answers for Electron, which may not be installed.
    to: { couldNotResolve: true, pathNot: '^electron(/|$)' },
  },
]

module.exports = {
  forbidden,
  options: {
    // Settings of Vite: they build what ships and are no part of it.
    exclude: { path: '^(main|preload|renderer)/vite\\.config\\.ts$' },
    doNotFollow: { path: 'node_modules' },
    // Type-only imports are imports: the picture in the head of the reader is the same.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
