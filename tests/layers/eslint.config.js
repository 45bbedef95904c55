/**
 * What ESLint demands of every file: types without holes, one spelling per thing, and messages that name the right
 * door.
 */
import { join } from 'node:path'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { rules } from './eslint-rules.js'

const code = ['domain/**/*.ts', 'main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,tsx}', 'tests/**/*.ts']

const electron = {
  regex: '^electron(/|$)',
  message: 'Electron is named in main/shells/electron and preload only: put what you need behind a port of main/app.',
}
const node = {
  regex: '^node:',
  message: 'node:* is for main/ and tests/: take what you need as an argument, or ask through domain/contract.',
}
const screen = {
  group: ['react', 'react-dom', 'react/*', 'react-dom/*', 'zustand', '@xyflow/*', 'elkjs'],
  message: 'What draws belongs to renderer/.',
}
const main = {
  regex: '(^|/)main/',
  message: 'renderer/ and preload/ import domain/ only: what main/ knows arrives through domain/contract.',
}
const shells = { regex: '(^|/)shells/', message: 'Only a shell knows shells: let the shell pass in what differs.' }
const tests = { regex: '(^|/)tests/', message: 'Nothing that ships imports tests/.' }
const adapters = {
  regex: '^(\\.\\./)+(store|transports|vault|documents|app)/',
  message: 'Say what you need in main/engine/ports.ts: main/app hands the adapters in.',
}
const assertCore = {
  regex: '^(fs|path|os|crypto|child_process|net|tls|http|https|url|util|stream|events|timers|assert)(/|$)',
  message: 'Spell Node modules with node: in front.',
}

const doors = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns: [...patterns, assertCore] }] })

const off = (...rules) => Object.fromEntries(rules.map((rule) => [`@typescript-eslint/${rule}`, 'off']))

const syntax = [
  { selector: 'TSEnumDeclaration', message: 'No enum: a union of literals says the same and is erased.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'No namespaces: a file is one.' },
  { selector: 'ExportDefaultDeclaration', message: 'No default exports: a thing has one name everywhere.' },
  {
    selector: 'ExportSpecifier[exported.name="default"]',
    message: 'No default exports: a thing has one name everywhere.',
  },
]
const ambient = [
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'domain/ has no clock: take the moment as an argument.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'domain/ has no clock: take the moment as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'domain/ has no randomness: take the choice as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="crypto"]',
    message: 'domain/ has no randomness: take the value as an argument.',
  },
]
const chance = [
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Chance in tests comes from tests/builders/chance.ts or fast-check: both are seeded and say their seed.',
  },
  {
    selector: 'ImportSpecifier[imported.name="randomInt"]',
    message: 'Chance in tests comes from tests/builders/chance.ts or fast-check: both are seeded and say their seed.',
  },
]

export const config = tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/out/',
      '**/dist/',
      'tests/lab/.build/',
      '**/*.d.ts',
      // Settings of Vite, which brings types that no tsconfig of these folders may see.
      '{main,preload,renderer}/vite.config.ts',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: code,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: join(import.meta.dirname, '..', '..') },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // An arrow that hands on a void call reads better without braces.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A port's method is async for the sake of its other adapters: this one may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // `void | Promise<void>` is what a callback that may be slow answers with, and `void promise` says that nobody waits.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A row's shape is named where the query is: one use of the type parameter is its purpose.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Ports are objects of closures, not of methods that want a `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Handing on what somebody else threw is not throwing a text.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // An environment and a record of names are taken from by name.
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-syntax': ['error', ...syntax],
    },
  },
  {
    files: ['domain/**/*.ts'],
    rules: { ...doors(electron, node, screen, main, tests), 'no-restricted-syntax': ['error', ...syntax, ...ambient] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...doors(electron, node, main, tests),
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  // Electron's types bring Node's along, so the compiler cannot refuse these there.
  {
    files: ['preload/**/*.ts'],
    rules: {
      ...doors(node, screen, main, tests),
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'require',
        'module',
        'global',
        '__dirname',
        '__filename',
        'setImmediate',
      ],
    },
  },
  { files: ['main/**/*.ts'], rules: doors(electron, screen, shells, tests) },
  { files: ['main/engine/**/*.ts', 'main/survey/**/*.ts'], rules: doors(electron, screen, shells, tests, adapters) },
  { files: ['main/shells/**/*.ts'], rules: doors(electron, screen, tests) },
  { files: ['main/shells/electron/**/*.ts'], rules: doors(screen, tests) },
  {
    files: ['tests/**/*.ts'],
    plugins: { own: { rules } },
    rules: {
      ...doors(electron),
      'own/awaited': 'error',
      'no-restricted-syntax': ['error', ...syntax, ...chance],
      'max-lines': ['error', { max: 600 }],
      // A test reads JSON it wrote itself and uses matchers typed any: what is wrong there fails at once.
      ...off(
        'no-unsafe-assignment',
        'no-unsafe-member-access',
        'no-unsafe-argument',
        'no-unsafe-return',
        'no-unsafe-call',
        'no-non-null-assertion',
      ),
    },
  },
  {
    files: ['domain/**/*.ts', 'main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    ignores: [
      '**/text.ts',
      '**/text/*.ts',
      '**/*-text.ts',
      '**/failures.ts',
      // Descriptions of the contract are for developers, and so is SQL.
      'domain/contract/**',
      'main/store/database/**',
      'main/store/plan-store.ts',
      // Words that are sealed, a constant of NTLM, and seeds of the practice site.
      'domain/acceptance/dossier-version-1.ts',
      'main/transports/winrm/auth/ntlm-keys.ts',
      'main/transports/simulated/world/installer-model.ts',
    ],
    plugins: { own: { rules } },
    rules: { 'own/sentences-in-text-files': 'error' },
  },
  // What is said to a person is said there; everywhere else it goes through a port.
  { files: ['main/shells/cli/**/*.ts', 'tests/bench/**/*.ts', 'tests/host/**/*.ts'], rules: { 'no-console': 'off' } },
  // Only these draw a seed, where none is named.
  { files: ['tests/fuzz/winrm.ts'], rules: { 'no-restricted-syntax': ['error', ...syntax] } },
  // These are read by a tool that wants the default export.
  {
    files: ['tests/vitest.config.ts', 'tests/run/reporter.ts', 'tests/mutants/runner.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax.slice(0, 2)] },
  },
)

export { config as default }
