/** What the mutation tester changes, which tests it tries, and how long it waits for them. */

/** The folders whose share of killed mutants counts. */
export const folders = [
  'domain',
  'main/engine',
  'main/survey',
  'main/store',
  'main/vault',
  'main/app',
  'main/transports',
  'renderer',
]

/** Files whose content is sentences, descriptions or SQL. A change there is seen by reading, not by a test. */
export const leftOutOfChange = [
  '**/text.ts',
  '**/text/*.ts',
  '**/{plan,installer,step,event,window}-text.ts',
  '**/failures.ts',
  '**/*.d.ts',
  '**/vite.config.ts',
  'domain/contract/**',
  'main/store/database/migrations/**',
  // What draws is shown by tests/e2e, in Chromium.
  'renderer/**/*.tsx',
  'renderer/main.ts',
  'renderer/**/use-*.ts',
]

/** The tests that are tried: those without a lab, a server, a second process or a browser. */
export const triedTests = ['tests/domain/**/*.test.ts', 'tests/main/**/*.test.ts', 'tests/renderer/**/*.test.ts']

/** Tests that need one of these, measure time, or take minutes. */
export const leftOutOfTests = [
  // A mutant of the quoting would run another command.
  'tests/domain/base/shell-quote.test.ts',
  'tests/domain/run/decide-scale.test.ts',
  'tests/renderer/{css-modules,long-lists}.test.ts',
  'tests/main/shells/{cli,browser}/**',
  'tests/main/shells/start.test.ts',
  'tests/main/transports/local/**',
  'tests/main/transports/ssh/{authentication,files,host-key,link,password,pipeline,ssh-suite,steps}.test.ts',
  'tests/main/transports/powershell/{module,resident-loop,stubbed-verbs}.test.ts',
  'tests/main/transports/simulated/{crash,laws}.test.ts',
  'tests/main/transports/winrm/{over-https,session,winrm-suite}.test.ts',
  'tests/main/transports/winrm/http/gss-exchange.test.ts',
  'tests/main/store/{damage,processes,shared-by-processes}.test.ts',
]

/** Which tests are tried on a folder; of these, only the ones that import the changed file. */
export const testsOf: readonly (readonly [folder: string, tests: readonly string[]])[] = [
  ['domain/', ['tests/domain/', 'tests/renderer/']],
  ['main/engine/', ['tests/main/engine/', 'tests/main/transports/simulated/', 'tests/main/app/']],
  ['main/survey/', ['tests/main/']],
  ['main/store/', ['tests/main/store/', 'tests/main/app/']],
  ['main/vault/', ['tests/main/vault/', 'tests/main/app/secrets/']],
  ['main/transports/', ['tests/main/transports/']],
  ['main/app/', ['tests/main/app/']],
  ['renderer/', ['tests/renderer/']],
]

/** How far a mutant may go beyond what the test does without it. */
export const allowance = {
  ms: (usual: number) => usual * 5 + 2_000,
  /** A test that takes more processor time than this without a mutant is tried with none. */
  slowMs: 1_000,
  calls: (usual: number) => usual * 50 + 10_000,
  /** For a mutant that is active from the first import on, where nothing is known to compare with. */
  callsAlone: 20_000_000,
  /** Without a word from a worker for so long, it hangs in a loop that asks for no mutant. */
  silenceMs: 120_000,
}

/** How properties draw: the smallest example of a kill interests nobody, and a survivor takes all the time there is. */
export const drawing = { endOnFailure: true, interruptAfterTimeLimit: 300 }
