/** The contract: every method refuses what it does not name, and its shapes equal the types of domain and core. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contract, type MethodName } from '../../../domain/contract/api.ts'
import { SecretEntry } from '../../../domain/contract/shapes.ts'
import { EventShape, Frame, Reply, valueOf } from '../../../domain/contract/wire.ts'
import { NewEvent } from '../../../domain/run/event.ts'
import { FailureError, failed } from '../../../domain/base/failure.ts'
import { compilePlan } from '../../../domain/graph/compile.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { loadCatalogue } from '../../../main/app/workstation/catalogue-file.ts'
import { VaultEntry } from '../../../main/vault/entry.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const plan = enterprisePlan()
const catalogue = loadCatalogue()
const revision = { planId: 'p', revision: 1, state: 'draft', hash: 'abc', changedBy: 'anna@ws', changedAt: 1 }
const engine = { role: 'free', run: null, holder: null, failure: null, asked: null }
const failure = failed('host', 'code', 'It happened.', 'Do this.').failure
const summary = {
  runId: 'r',
  planId: 'p',
  revision: 1,
  planHash: 'a',
  graphHash: 'b',
  baseDir: '/x',
  createdBy: 'anna@ws',
  createdAt: 1,
  status: 'running',
  outcome: null,
  startedAt: 1,
  endedAt: null,
  lastSeq: 2,
  lastAt: 2,
}
const event = { type: 'run.started', by: 'anna@ws', seq: 2, at: 2 }
const finding = {
  check: 'c',
  severity: 'warn',
  subject: { kind: 'plan' },
  field: 'layout',
  message: 'm',
  source: 's',
  remedy: 'r',
  waiver: {
    version: 2,
    check: 'c',
    subject: { kind: 'plan' },
    by: 'anna@ws',
    reason: 'because',
    at: '2026-11-23T20:00:00Z',
  },
}
const approval = {
  verdict: 'approved',
  who: 'E. Addo',
  of: 'plan',
  why: 'letter of 22 Nov',
  hash: 'abc',
  by: 'anna@ws',
  at: '2026-11-23T20:00:00Z',
}
const view = { planId: 'p', revision, plan, folder: null }
const done = { seq: 3, handedOver: false }
const ofRun = { runId: 'r' }
const ofRevision = { planId: 'p', revision: 1 }
const refused = { ok: false, problems: [{ path: 'hosts[0].name', message: 'is missing' }] }
const vault = { path: '/v', state: 'locked', keeper: 'passphrase', why: null }
const topology = topologyOf(plan, catalogue)
const dossier = {
  format: 'exekra-rollout-dossier',
  version: 1,
  plan: { id: 'p', name: 'P', site: 'S', revision: 1, hash: 'a', lockedBy: 'anna@ws', lockedAt: 1, practice: true },
  run: {
    id: 'r',
    outcome: 'accepted',
    graphHash: 'b',
    startedBy: 'anna@ws',
    startedAt: 1,
    endedAt: 2,
    atGatesMs: 0,
    events: 3,
  },
  steps: { total: 0, changed: 0, unchanged: 0, nothingToDo: 0, skippedByPerson: 0, notDone: 0 },
  placements: [],
  hosts: [],
  media: [],
  installers: [],
  paths: [],
  waivers: [],
  findings: [],
  gates: [],
  decisions: [],
  stages: [],
  everyStep: [],
  audit: null,
  sealed: {
    sha256: 'a'.repeat(64),
    signatures: [
      { number: 1, name: 'Anna', role: 'Operator', by: 'anna@ws', signedAt: 3, sha256: 'a'.repeat(64) },
      { number: 2, name: 'Ben', role: 'Network', by: 'anna@ws', signedAt: null, sha256: 'a'.repeat(64) },
    ],
  },
}

/** For every method an input that is taken as it stands, and outputs of every form. */
const samples: Record<MethodName, { readonly input: object; readonly outputs: readonly unknown[] }> = {
  whoami: {
    input: {},
    outputs: [{ by: 'anna@ws', version: '1', platform: 'win32', database: '/db', dataFolder: '/d', dialogs: false }],
  },
  'dialog.plan': { input: {}, outputs: [{ path: '/plans/site.json' }, { path: null }] },
  'dialog.folder': { input: { title: 'Media', from: '/media' }, outputs: [{ path: '/media' }, { path: null }] },
  home: {
    input: {},
    outputs: [
      {
        plans: [
          {
            planId: 'p',
            name: 'P',
            site: 'S',
            layout: 'pilot',
            hosts: 1,
            runners: 0,
            practice: false,
            folder: null,
            revisions: [revision],
            unreadable: failure,
          },
        ],
        runs: [
          { ...summary, planName: 'P', practice: true, progress: { total: 1, settled: 0, failed: 0, running: 1 } },
        ],
        attention: [
          { runId: 'r', planId: 'p', planName: 'P', kind: 'gate', title: 't', count: 1, since: 1, causes: ['c'] },
        ],
        engine,
      },
    ],
  },
  catalogue: { input: {}, outputs: [catalogue] },
  'engine.state': {
    input: {},
    outputs: [
      engine,
      {
        role: 'reader',
        run: null,
        holder: { by: 'ben@ws', process: 2, host: 'ws', since: 1, seenAt: 2 },
        failure,
        asked: null,
      },
    ],
  },
  'control.ask': {
    input: ofRun,
    outputs: [
      { ...engine, asked: { by: 'ben@ws', process: 2, host: 'ws', at: 1, until: 60_001, mine: true, answer: 'waits' } },
    ],
  },
  'control.answer': { input: { give: true }, outputs: [engine] },
  'practice.make': {
    input: {
      layout: 'pilot',
      runners: 3,
      studios: 1,
      faults: ['unreachable@RUN001'],
      seed: 2,
      speed: 20,
      virtual: true,
    },
    outputs: [{ ...view, folder: '/f', faults: ['unreachable@RUN001'] }],
  },
  'plan.new': { input: { layout: 'pilot', name: 'Mine' }, outputs: [view] },
  'plan.open': { input: { path: '/site.json' }, outputs: [{ ok: true, ...view, revision: null }, refused] },
  'plan.import': { input: { text: '{}', folder: '/x' }, outputs: [{ ok: true, ...view }, refused] },
  'plan.read': { input: ofRevision, outputs: [view] },
  'plan.revisions': { input: { planId: 'p' }, outputs: [{ revisions: [revision] }] },
  'plan.check': {
    input: { document: { any: 'thing' }, folder: '/x', of: ofRevision },
    outputs: [{ ok: true, hash: 'a', findings: [finding, { ...finding, waiver: null }] }, refused],
  },
  'plan.inspectFile': {
    input: { planId: 'pilot', folder: '/media', file: 'hub.msi' },
    outputs: [
      { path: '/media/hub.msi', exists: true, sha256: 'a'.repeat(64), size: 12 },
      { path: '/media/hub.msi', exists: false, sha256: null, size: null },
    ],
  },
  'plan.topology': { input: { document: plan }, outputs: [{ ok: true, topology }, refused] },
  'plan.graph': { input: { document: plan }, outputs: [{ ok: true, graph: compilePlan(plan, catalogue) }, refused] },
  'plan.saveDraft': {
    input: { planId: 'p', document: plan, folder: '/x', basedOn: 'abc' },
    outputs: [{ ok: true, revision, folder: '/x' }, refused],
  },
  'plan.keepEdits': {
    input: { planId: 'p', basedOn: 'abc', document: { hub: { httpsPort: 'typed' } } },
    outputs: [{}],
  },
  'plan.keptEdits': {
    input: { planId: 'p' },
    outputs: [{ edits: { basedOn: 'abc', keptAt: 1, document: { any: 'thing' } } }, { edits: null }],
  },
  'plan.forgetEdits': { input: { planId: 'p' }, outputs: [{}] },
  'plan.lock': {
    input: { ...ofRevision, hash: 'abc' },
    outputs: [
      { locked: revision, findings: [finding] },
      { locked: null, findings: [] },
    ],
  },
  'plan.waive': {
    input: { ...ofRevision, check: 'c', subject: { kind: 'plan' }, reason: 'because' },
    outputs: [{ findings: [finding] }],
  },
  'plan.approvals': { input: ofRevision, outputs: [{ approvals: [approval] }] },
  'plan.approve': {
    input: {
      ...ofRevision,
      hash: 'abc',
      verdict: 'withdrawn',
      who: 'E. Addo',
      of: 'firewall matrix',
      why: 'mail of 22 Nov',
    },
    outputs: [{ approvals: [{ ...approval, verdict: 'withdrawn' }] }],
  },
  'survey.start': { input: { ...ofRevision, folder: null, hosts: ['RUN001'] }, outputs: [{ surveyId: 's' }] },
  'survey.stop': { input: { surveyId: 's' }, outputs: [{}] },
  'survey.result': {
    input: { ...ofRevision, after: 3 },
    outputs: [
      null,
      {
        surveyId: 's',
        status: 'running',
        by: 'anna@ws',
        startedAt: 1,
        endedAt: null,
        planChanged: false,
        total: 2,
        visiting: ['H'],
        hosts: [
          {
            number: 1,
            seenAt: 1,
            host: 'H',
            unreached: failure,
            diagnosis: {
              cause: 'port-closed',
              sentence: 's',
              evidence: ['e'],
              hint: 'h',
              remedy: {
                at: 'host',
                look: 'l',
                script: 'x',
                policy: { path: 'p', setting: 's', value: 'v' },
                undo: null,
              },
              notes: [],
            },
            door: { address: '10.0.0.1', port: 22 },
            facts: null,
            probes: [{ flow: topology.flows[0], outcome: 'open', detail: '' }],
            findings: [],
          },
        ],
        failure: null,
      },
    ],
  },
  'run.start': { input: { ...ofRevision, folder: '/x' }, outputs: [{ runId: 'r', seq: 1 }] },
  'run.read': {
    input: ofRun,
    outputs: [{ summary, plan, graph: compilePlan(plan, catalogue), time: { now: 1, speed: 20 }, engine }],
  },
  'run.events': { input: { ...ofRun, after: 1, limit: 10 }, outputs: [{ events: [event], lastSeq: 2 }] },
  'run.resume': { input: { ...ofRun, why: 'night is over' }, outputs: [done] },
  'run.pause': { input: { ...ofRun, why: 'night' }, outputs: [done] },
  'run.cancel': { input: { ...ofRun, why: 'wrong site' }, outputs: [done] },
  'run.setWindow': { input: { ...ofRun, closesAt: 5 }, outputs: [done] },
  'run.decide': {
    input: { ...ofRun, steps: ['a', 'b'], choice: 'retry', why: '' },
    outputs: [{ ...done, decided: ['a'], refused: [{ step: 'b', failure }] }],
  },
  'run.openGate': {
    input: {
      ...ofRun,
      gate: 'gate:hub',
      why: 'looked at it',
      confirmed: [{ item: 'It runs.', at: 1, note: '', files: [{ name: 'a.png', size: 3, sha256: 'a'.repeat(64) }] }],
    },
    outputs: [done],
  },
  'runs.list': {
    input: { planId: 'p' },
    outputs: [{ runs: [{ ...summary, planName: 'P', practice: true, progress: null }] }],
  },
  'run.examine': {
    input: { ...ofRun, host: 'RUN001' },
    outputs: [{ port: 5986, by: 'WinRM', well: ['10.0.0.1 answers on port 5986'], signedIn: true, diagnosis: null }],
  },
  'dossier.read': { input: ofRun, outputs: [{ dossier: null }, { dossier }] },
  'dossier.sign': {
    input: { ...ofRun, name: 'Anna', role: 'Operator', seen: 'a'.repeat(64), here: true },
    outputs: [{ dossier }],
  },
  'dossier.removeLine': { input: { ...ofRun, number: 2 }, outputs: [{ dossier }] },
  'dossier.write': {
    input: { ...ofRun, format: 'html', everyStep: false },
    outputs: [{ fileName: 'acceptance-r.html', mediaType: 'text/html', text: '<!doctype html>' }],
  },
  'trust.list': {
    input: {},
    outputs: [{ pins: [{ address: 'hub01', port: 22, fingerprint: 'SHA256:abc', at: 1, by: 'anna@ws' }] }],
  },
  'trust.remove': { input: { address: 'hub01', port: 22, why: 'installed afresh' }, outputs: [{}] },
  'trust.import': {
    input: { ...ofRevision, text: 'hub01 ssh-ed25519 AAAA' },
    outputs: [
      {
        pinned: [{ address: 'hub01', port: 22, fingerprint: 'SHA256:abc' }],
        unknown: ['RUN001'],
        notes: ['line 2: no key'],
      },
    ],
  },
  'media.list': {
    input: {},
    outputs: [
      {
        plans: [
          {
            planId: 'p',
            planName: 'P',
            folder: '/f',
            chosen: true,
            files: [
              { owner: 'installer hub', file: 'hub.exe', wanted: 'a', sha256: null, size: null, state: 'missing' },
            ],
          },
        ],
      },
    ],
  },
  'media.setFolder': { input: { planId: 'p', folder: '/f' }, outputs: [{}] },
  'database.backup': { input: { to: '/copy.db' }, outputs: [{ kind: 'consistent', files: ['/copy.db'] }] },
  'audit.read': {
    input: { before: 9, limit: 10 },
    outputs: [
      {
        rows: [{ number: 1, at: 1, by: 'anna@ws', action: 'plan.locked', subject: 'p revision 1', why: '', hash: 'a' }],
        verdict: { ok: true, rows: 1, head: 'a' },
      },
      { rows: [], verdict: { ok: false, row: 2, why: 'the row is missing' } },
    ],
  },
  'evidence.put': {
    input: { ...ofRun, name: 'activation.png', base64: 'AAEC' },
    outputs: [{ name: 'activation.png', size: 3, sha256: 'a'.repeat(64) }],
  },
  'evidence.read': { input: { ...ofRun, sha256: 'a'.repeat(64) }, outputs: [{ base64: 'AAEC' }] },
  'evidence.remove': { input: { ...ofRun, sha256: 'a'.repeat(64) }, outputs: [{}] },
  'output.read': {
    input: { ...ofRun, step: 'a', attempt: 1, from: 0, maxBytes: 100 },
    outputs: [{ chunks: [{ offset: 0, at: 1, stream: 'output', text: 'x' }], next: 1, leftOut: 0 }],
  },
  'output.readAll': {
    input: { ...ofRun, where: { before: null }, maxBytes: 1000 },
    outputs: [{ chunks: [{ number: 1, step: 'a', attempt: 1, offset: 0, at: 1, stream: 'output', text: 'x' }] }],
  },
  'vault.state': { input: {}, outputs: [vault] },
  'vault.unlock': { input: { passphrase: 'open' }, outputs: [{ ...vault, state: 'unlocked' }] },
  'vault.changePassphrase': { input: { current: 'long and winding', fresh: 'short and straight' }, outputs: [vault] },
  'vault.list': { input: {}, outputs: [{ ...vault, entries: [{ name: 'admin', kind: 'password' }] }] },
  'vault.set': { input: { name: 'admin', entry: { kind: 'password', user: 'a', password: 'b' } }, outputs: [{}] },
  'vault.remove': { input: { name: 'admin' }, outputs: [{}] },
}
const names = Object.keys(contract) as MethodName[]

describe('every method of the contract', () => {
  test('a window reads what a method gives as the same value, also where it looks at less of it, and takes nothing else for it', () => {
    for (const name of names) {
      const { read }: { read?: z.ZodType } = contract[name]
      for (const output of read ? samples[name].outputs : [])
        expect(read?.parse(JSON.parse(JSON.stringify(output)))).toEqual(contract[name].out.parse(output))
    }
    const [whole] = samples['run.read'].outputs
    for (const graph of [
      null,
      {},
      { ...compilePlan(plan, catalogue), version: 2 },
      { ...compilePlan(plan, catalogue), steps: 'none' },
    ])
      expect(() => contract['run.read'].read?.parse({ ...(whole as object), graph })).toThrow()
  })
  test.each(names)('%s takes its input and gives its outputs unchanged over JSON, and says what it is for', (name) => {
    const { input, outputs } = samples[name]
    expect(contract[name].in.parse(JSON.parse(JSON.stringify(input)))).toEqual(input)
    for (const output of outputs) expect(contract[name].out.parse(JSON.parse(JSON.stringify(output)))).toEqual(output)
    expect(contract[name].about).toMatch(/[.?]$/)
  })
  test.each(names)('%s refuses keys that it does not know, going in and coming out', (name) => {
    const { input, outputs } = samples[name]
    expect(contract[name].in.safeParse({ ...input, surplus: 1 }).success).toBe(false)
    for (const output of outputs)
      if (output !== null)
        expect(contract[name].out.safeParse({ ...(output as object), surplus: 1 }).success).toBe(false)
  })
  test.each(names)('%s refuses what is no object', (name) => {
    for (const input of [null, [], 'text', 1, true]) expect(contract[name].in.safeParse(input).success).toBe(false)
  })
  test('no moment is taken that no date can say: it would stand in the log for good', () => {
    const confirmed = (at: number) => ({
      ...ofRun,
      gate: 'g',
      why: '',
      confirmed: [{ item: 'i', at, note: '', files: [] }],
    })
    for (const [at, taken] of [
      [1e300, false],
      [-1, false],
      [8_640_000_000_000_000, true],
    ] as const)
      expect([
        contract['run.setWindow'].in.safeParse({ ...ofRun, closesAt: at }).success,
        contract['run.openGate'].in.safeParse(confirmed(at)).success,
      ]).toEqual([taken, taken])
  })
  test('no output has a place for a secret', () => {
    const open = names.filter((name) =>
      /"(password|privateKey|passphrase)":\{/.test(
        JSON.stringify(z.toJSONSchema(contract[name].out, { unrepresentable: 'any', io: 'input' })),
      ),
    )
    expect(open).toEqual([])
  })
})

describe('the wire', () => {
  test('an event of the log is one on the wire, and no other is', () => {
    expect(EventShape.parse(event)).toEqual(event)
    for (const wrong of [
      { ...event, seq: 0 },
      { ...event, at: undefined },
      { ...event, more: 1 },
      { ...event, type: 'run.begun' },
    ])
      expect(EventShape.safeParse(wrong).success).toBe(false)
    const types = (schema: unknown) =>
      [...JSON.stringify(schema).matchAll(/"const":"([a-z.-]+)"/g)]
        .map((match) => match[1])
        .filter((type) => type?.includes('.'))
    const json = (schema: z.ZodType) => types(z.toJSONSchema(schema, { unrepresentable: 'any' }))
    expect(json(EventShape)).toEqual(json(NewEvent))
  })
  test('frames are closed', () => {
    const frames = [
      { kind: 'hello', run: 'r', after: 0, lastSeq: 2, engine },
      { kind: 'events', run: 'r', events: [event] },
      { kind: 'engine', engine },
      { kind: 'gap', run: 'r', after: 2, failure },
    ]
    for (const frame of frames) {
      expect(Frame.parse(JSON.parse(JSON.stringify(frame)))).toEqual(frame)
      expect(Frame.safeParse({ ...frame, more: 1 }).success).toBe(false)
    }
    expect(Frame.safeParse({ kind: 'events', run: 'r', events: [] }).success).toBe(false)
  })
  test('a failure on the other side is the same failure on this side', () => {
    expect(valueOf(Reply.parse({ ok: true, value: 3 }))).toBe(3)
    try {
      valueOf(Reply.parse(JSON.parse(JSON.stringify({ ok: false, failure }))))
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(FailureError)
      expect((thrown as FailureError).failure).toEqual(failure)
    }
  })
  test('what may go into the vault is what the vault takes', () => {
    const word = fc.string({ minLength: 1, maxLength: 20 })
    const loose = fc.record(
      {
        kind: fc.constantFrom('password', 'key', 'agent', 'secret', 'other'),
        user: word,
        password: word,
        privateKey: word,
        passphrase: word,
        socket: word,
        value: word,
        extra: word,
      },
      { requiredKeys: ['kind'] },
    )
    fc.assert(
      fc.property(loose, (entry) => SecretEntry.safeParse(entry).success === VaultEntry.safeParse(entry).success),
      { numRuns: 500 },
    )
    for (const entry of [
      { kind: 'password', user: 'a', password: 'b' },
      { kind: 'key', user: 'a', privateKey: 'b' },
      { kind: 'agent', user: 'a' },
      { kind: 'secret', value: 'b' },
    ])
      expect([SecretEntry.safeParse(entry).success, VaultEntry.safeParse(entry).success]).toEqual([true, true])
  })
})
