/** A compiled plan: order, waves, gates, ids, and every kind of step in its place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePlan } from '../../../domain/graph/compile.ts'
import { FailureError } from '../../../domain/base/failure.ts'
import { firewallRulesFor } from '../../../domain/network/firewall.ts'
import { Graph } from '../../../domain/graph/graph.ts'
import { gateText } from '../../../domain/graph/text.ts'
import { stageNames } from '../../../domain/base/ids.ts'
import { readPlan, type Plan } from '../../../domain/plan/plan.ts'
import type { Step, StepKind } from '../../../domain/graph/step.ts'
import { anyPlan, graphOf, shippedCatalogue } from '../../builders/graph.ts'
import {
  enterpriseDocument,
  enterprisePlan,
  installerFor,
  pilotDocument,
  pilotPlan,
  type PlanDocument,
} from '../../builders/plan.ts'

const kindsOf = (graph: Graph, host: string, stage: string): StepKind[] =>
  graph.steps.filter((s) => s.host === host && s.stage === stage).map((s) => s.work.kind)
const workOf = (graph: Graph, kind: StepKind) => graph.steps.filter((s) => s.work.kind === kind)

describe('compilePlan: laws that hold for every plan', () => {
  const always = (law: (graph: Graph, plan: Plan) => void) => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        law(graphOf(plan), plan)
      }),
      { numRuns: 300 },
    )
  }

  test('the same plan gives the same graph, byte for byte, also when it was read anew', () =>
    always((graph, plan) => {
      const again = readPlan(JSON.parse(JSON.stringify(plan)))
      if (!again.ok) throw new Error('the plan does not read again')
      expect(JSON.stringify(graphOf(again.plan))).toBe(JSON.stringify(graph))
      expect(graphOf(again.plan)).toEqual(graph)
    }))

  test('the graph is of its schema and comes back from JSON as it was', () =>
    always((graph) => {
      expect(Graph.parse(JSON.parse(JSON.stringify(graph)))).toEqual(graph)
    }))

  test('ids of steps, gates and waves are unique', () =>
    always((graph) => {
      const ids = [
        ...graph.steps.map((s) => s.id),
        ...graph.stages.flatMap((s) => [...(s.gate ? [s.gate.id] : []), ...s.waves.map((w) => w.id)]),
      ]
      expect(new Set(ids).size).toBe(ids.length)
    }))

  test('no cycle: everything can be put in an order in which each step, wave and gate comes after what it names', () =>
    always((graph) => {
      const after = new Map<string, readonly string[]>(graph.steps.map((s) => [s.id, s.after]))
      let before: string[] = []
      for (const stage of graph.stages) {
        if (stage.gate) after.set(stage.gate.id, before)
        // A wave is through when the steps of its hosts in that stage are.
        for (const wave of stage.waves)
          after.set(
            wave.id,
            graph.steps.filter((s) => s.stage === stage.name && s.wave === wave.number).map((s) => s.id),
          )
        before = stage.waves.map((wave) => wave.id)
      }
      const placed = new Set<string>()
      for (let size = -1; size !== placed.size;) {
        size = placed.size
        for (const [id, names] of after) if (names.every((name) => placed.has(name))) placed.add(id)
      }
      expect([...after.keys()].filter((id) => !placed.has(id))).toEqual([])
    }))

  test("a step comes after the one before it in its lane and stage, the first after the stage's gate or the wave before", () =>
    always((graph) => {
      for (const stage of graph.stages) {
        for (const wave of stage.waves) {
          const barrier = wave.number === 1 ? stage.gate?.id : stage.waves[wave.number - 2]?.id
          for (const host of wave.hosts) {
            const lane = graph.steps.filter((s) => s.host === host && s.stage === stage.name)
            expect(lane.length).toBeGreaterThan(0)
            lane.forEach((step, i) => {
              const before = lane[i - 1]?.id ?? barrier
              expect(step).toMatchObject({ wave: wave.number, after: before === undefined ? [] : [before] })
            })
          }
        }
      }
    }))

  test('stages come in their order, with a gate before each but the first', () =>
    always((graph) => {
      const names = graph.stages.map((s) => s.name)
      expect(names).toEqual(stageNames.filter((name) => names.includes(name)))
      expect(graph.stages.map((s) => s.gate?.id ?? null)).toEqual(
        names.map((name, i) => (i === 0 ? null : `gate:${name}`)),
      )
      expect(graph.steps.map((s) => names.indexOf(s.stage))).toEqual(
        graph.steps.map((s) => names.indexOf(s.stage)).sort((a, b) => a - b),
      )
    }))

  test('waves: each host of a stage once, none empty, numbered from 1, the canary first and of its size', () =>
    always((graph, plan) => {
      for (const stage of graph.stages) {
        const hosts = stage.waves.flatMap((w) => w.hosts)
        expect(new Set(hosts).size).toBe(hosts.length)
        expect(new Set(hosts)).toEqual(new Set(graph.steps.filter((s) => s.stage === stage.name).map((s) => s.host)))
        expect(stage.waves.map((w) => w.number)).toEqual(stage.waves.map((_w, i) => i + 1))
        expect(stage.waves.every((w) => w.hosts.length > 0)).toBe(true)
        if (stage.name !== 'studio' && stage.name !== 'runner') {
          expect(stage).toMatchObject({ canary: false, waves: [{ number: 1 }] })
          continue
        }
        const { canary } = plan.rollout.waves[stage.name]
        expect(stage.canary).toBe(canary > 0)
        if (canary > 0) expect(stage.waves[0]?.hosts).toEqual(hosts.slice(0, canary))
      }
    }))

  test('hosts nobody may act on get no step, and every other host with a placement ends in acceptance', () =>
    always((graph, plan) => {
      const managed = plan.hosts
        .filter((h) => h.reach.kind !== 'unmanaged' && plan.placements.some((p) => p.host === h.name))
        .map((h) => h.name)
      expect(new Set(graph.steps.map((s) => s.host))).toEqual(new Set(managed))
      expect(graph.stages.find((s) => s.name === 'acceptance')?.waves[0]?.hosts ?? []).toEqual(managed)
    }))

  test('a host is reached, its facts are collected and judged before anything is done to it, once before acceptance', () =>
    always((graph) => {
      for (const host of new Set(graph.steps.map((s) => s.host))) {
        const kinds = graph.steps.filter((s) => s.host === host && s.stage !== 'acceptance').map((s) => s.work.kind)
        expect(kinds.slice(0, 3)).toEqual(['reach-host', 'collect-facts', 'check-host'])
        expect(kinds.filter((k) => k === 'check-host')).toHaveLength(1)
      }
    }))

  test('an installer runs between two restarts that may be skipped, after each of its files was staged and then verified, and its staging is cleared last', () =>
    always((graph) => {
      for (const step of workOf(graph, 'run-installer')) {
        if (step.work.kind !== 'run-installer') continue
        const { component, installer } = step.work
        const lane = graph.steps.filter((s) => s.host === step.host && s.stage === step.stage)
        const at = lane.indexOf(step)
        const files = 1 + installer.extra.length
        const around = lane.slice(at - 2 * files - 1, at + 2).map((s) => s.work.kind)
        expect(around).toEqual([
          'reboot-host',
          ...Array<StepKind>(files).fill('stage-artefact'),
          ...Array<StepKind>(files).fill('verify-artefact'),
          'run-installer',
          'reboot-host',
        ])
        expect(lane.findIndex((s) => s.id.endsWith(`clear-staging:${component}`))).toBeGreaterThan(at)
        expect(lane.at(-1)?.work.kind).toBe('clear-staging')
      }
    }))

  test('a port is opened only for the addresses of the matrix, and only on hosts where Rollout installed what listens there', () =>
    always((graph, plan) => {
      for (const { host, work } of workOf(graph, 'open-port')) {
        if (work.kind !== 'open-port') continue
        const asked = firewallRulesFor(plan, host, shippedCatalogue).find((rule) => rule.port === work.rule.port)
        expect(work.rule.remoteAddresses).toEqual(asked?.remoteAddresses)
        expect(
          plan.placements.some(
            (p) => p.host === host && p.provision === 'install' && p.component !== 'runner' && p.component !== 'studio',
          ),
        ).toBe(true)
      }
    }))
})

describe('compilePlan: the enterprise layout', () => {
  const plan = enterprisePlan({ runners: 12 })
  const graph = graphOf(plan)

  test('the database host: surveyed, installed, its port opened to the Hub alone', () => {
    expect(kindsOf(graph, 'DB01', 'prerequisites')).toEqual([
      'reach-host',
      'collect-facts',
      'check-host',
      'reboot-host',
      'stage-artefact',
      'verify-artefact',
      'run-installer',
      'reboot-host',
      'open-port',
      'clear-staging',
    ])
    expect(graph.steps.find((s) => s.id === 'prerequisites/DB01/open-port:5432')?.work).toMatchObject({
      rule: { port: 5432, remoteAddresses: ['10.20.0.10'] },
    })
  })

  test('the Hub: surveyed with the prerequisites, then its paths are probed before it is installed', () => {
    expect(kindsOf(graph, 'HUB01', 'prerequisites')).toEqual(['reach-host', 'collect-facts', 'check-host'])
    const hub = graph.steps.filter((s) => s.host === 'HUB01' && s.stage === 'hub')
    expect(hub.slice(0, 2).map((s) => s.id)).toEqual([
      'hub/HUB01/probe-flow:DB01:5432',
      'hub/HUB01/probe-flow:REDIS01:6379',
    ])
    expect(hub.map((s) => s.work.kind)).toEqual([
      'probe-flow',
      'probe-flow',
      'reboot-host',
      'stage-artefact',
      'verify-artefact',
      'run-installer',
      'reboot-host',
      ...hub.filter((s) => s.work.kind === 'await-service').map((s) => s.work.kind),
      'open-port',
      'await-endpoint',
      'clear-staging',
    ])
    const port = hub.find((s) => s.work.kind === 'open-port')?.work
    if (port?.kind !== 'open-port') throw new Error('the Hub opens no port')
    expect(port.rule.port).toBe(4545)
    expect(new Set(port.rule.remoteAddresses)).toEqual(
      new Set(plan.hosts.filter((h) => /^(RUN|STUDIO)/.test(h.name)).map((h) => h.address)),
    )
  })

  test("a Runner: the path to the Hub, trust from the plan's file, the installer, the Hub seen with the planned certificate, and no port of its own", () => {
    expect(kindsOf(graph, 'RUN005', 'runner')).toEqual([
      'reach-host',
      'collect-facts',
      'check-host',
      'probe-flow',
      'trust-certificate',
      'reboot-host',
      'stage-artefact',
      'verify-artefact',
      'run-installer',
      'reboot-host',
      'await-endpoint',
      'clear-staging',
    ])
    expect(graph.steps.find((s) => s.id === 'runner/RUN005/trust-certificate')?.work).toMatchObject({
      certificate: { from: 'file', artefact: { file: 'media/site-root.cer' } },
    })
    expect(graph.steps.find((s) => s.id === 'runner/RUN005/await-endpoint')?.work).toMatchObject({
      port: 4545,
      expect: { from: 'plan', sha256: 'c'.repeat(64) },
    })
  })

  test('one Runner goes first, the others by quarters', () => {
    expect(graph.stages.find((s) => s.name === 'runner')?.waves.map((w) => w.hosts.length)).toEqual([1, 3, 3, 3, 2])
  })

  test('acceptance looks at every host as built', () => {
    for (const { name } of plan.hosts)
      expect(kindsOf(graph, name, 'acceptance').slice(0, 3)).toEqual(['reach-host', 'collect-facts', 'check-host'])
    expect(
      graph.steps
        .filter((s) => s.stage === 'acceptance' && s.work.kind === 'check-host')
        .every((s) => s.work.kind === 'check-host' && s.work.purpose === 'as-built'),
    ).toBe(true)
    expect(kindsOf(graph, 'RUN001', 'acceptance')).toContain('await-endpoint')
  })

  test('the gate to the Runner stage names what a person confirms', () => {
    expect(graph.stages.find((s) => s.name === 'runner')?.gate?.checklist.join(' ')).toContain('canary')
  })
})

describe('compilePlan: the pilot layout and other plans', () => {
  test("self-signed: the Hub's certificate is taken at first sight, then learned everywhere", () => {
    const graph = graphOf(pilotPlan())
    expect(graph.steps.find((s) => s.id === 'hub/HUB01/await-endpoint')?.work).toMatchObject({
      expect: { from: 'first-sight' },
    })
    expect(workOf(graph, 'trust-certificate').map((s) => s.work)).toEqual(
      Array(3).fill({ kind: 'trust-certificate', certificate: { from: 'learned' } }),
    )
    expect(graph.steps.find((s) => s.id === 'runner/RUN001/await-endpoint')?.work).toMatchObject({
      expect: { from: 'learned' },
    })
  })

  test('an operator certificate without a trust file asks nobody to trust anything', () => {
    expect(workOf(graphOf(pilotPlan({ certificate: { strategy: 'operator' } })), 'trust-certificate')).toEqual([])
  })

  test('what exists already is surveyed, connected to and left alone', () => {
    const graph = graphOf(pilotPlan())
    expect(graph.steps.some((s) => s.work.kind === 'run-installer' && s.work.component === 'postgresql')).toBe(false)
    expect(graph.steps.some((s) => s.id === 'hub/HUB01/probe-flow:HUB01:5432')).toBe(true)
    expect(graph.steps.some((s) => s.work.kind === 'open-port' && s.work.rule.port === 5432)).toBe(false)
  })

  test('the services of what exists already are not waited for, though the plan says how to install it', () => {
    const installers = {
      ...pilotDocument().installers,
      postgresql: { ...installerFor('postgresql'), services: ['postgresql-16'] },
    }
    const services = (provision: 'install' | 'existing') =>
      workOf(
        graphOf(
          pilotPlan({
            installers,
            placements: pilotDocument().placements.map((p) => (p.component === 'postgresql' ? { ...p, provision } : p)),
          }),
        ),
        'await-service',
      ).flatMap(({ stage, work }) => (work.kind === 'await-service' ? [`${stage} ${work.service}`] : []))
    expect(services('install')).toEqual(
      expect.arrayContaining(['prerequisites postgresql-16', 'acceptance postgresql-16']),
    )
    expect(services('existing').filter((service) => service.includes('postgresql-16'))).toEqual([])
  })

  test('a host with Studio and Runner is asked once, at acceptance, whether it reaches the Hub', () => {
    const placements = [...pilotDocument().placements, { component: 'runner' as const, host: 'STUDIO01' }]
    const acceptance = kindsOf(graphOf(pilotPlan({ placements })), 'STUDIO01', 'acceptance')
    expect(acceptance.filter((kind) => kind === 'await-endpoint')).toHaveLength(1)
  })

  test('the gate after the Hub asks for the licence as the plan brings it in', () => {
    const checklist = (mode: 'online' | 'air-gapped') =>
      graphOf(pilotPlan({ licence: { mode } })).stages.find((s) => s.name === 'studio')?.gate?.checklist[0]
    expect(checklist('air-gapped')).toBe(gateText.licenceCarried)
    expect(checklist('online')).toBe(gateText.licenceUploaded)
  })

  test('by hand: one step with the instructions, nothing staged', () => {
    const byHand = {
      mode: 'by-hand' as const,
      instructions: ['Run the setup.', 'Enter the Hub address.'],
      detect: { file: 'C:\\Runner\\runner.exe' },
    }
    const graph = graphOf(
      pilotPlan({ installers: { hub: installerFor('hub'), studio: installerFor('studio'), runner: byHand } }),
    )
    expect(kindsOf(graph, 'RUN001', 'runner')).toEqual([
      'reach-host',
      'collect-facts',
      'check-host',
      'probe-flow',
      'trust-certificate',
      'by-hand',
      'await-endpoint',
    ])
    expect(graph.steps.find((s) => s.id === 'runner/RUN001/by-hand:runner')?.work).toMatchObject({
      installer: { instructions: ['Run the setup.', 'Enter the Hub address.'] },
    })
  })

  test('several components on one host: surveyed once, each installed in its stage', () => {
    const document = enterpriseDocument({ runners: 1, studios: 1 })
    const graph = graphOf(read({ ...document, placements: document.placements.map((p) => ({ ...p, host: 'HUB01' })) }))
    expect(graph.steps.filter((s) => s.work.kind === 'run-installer').map((s) => s.id)).toEqual([
      'prerequisites/HUB01/run-installer:postgresql',
      'prerequisites/HUB01/run-installer:redis',
      'hub/HUB01/run-installer:hub',
      'studio/HUB01/run-installer:studio',
      'runner/HUB01/run-installer:runner',
    ])
    expect(graph.steps.filter((s) => s.work.kind === 'check-host' && s.work.purpose === 'before')).toHaveLength(1)
    expect(workOf(graph, 'open-port')).toEqual([])
  })

  test('database and Redis on a host beside the Hub: each port is opened once', () => {
    const document = enterpriseDocument({ runners: 1, studios: 1 })
    const graph = graphOf(
      read({
        ...document,
        placements: document.placements.map((p) => (p.component === 'redis' ? { ...p, host: 'DB01' } : p)),
      }),
    )
    expect(workOf(graph, 'open-port').map((s) => s.id)).toEqual([
      'prerequisites/DB01/open-port:5432',
      'prerequisites/DB01/open-port:6379',
      'hub/HUB01/open-port:4545',
    ])
  })

  test('extra files keep apart in ids and lie beside the installer', () => {
    const runner = { ...installerFor('runner'), extra: [{ file: 'media/runner.json', sha256: 'e'.repeat(64) }] }
    const steps = graphOf(
      pilotPlan({ installers: { hub: installerFor('hub'), studio: installerFor('studio'), runner } }),
    ).steps
    const staged = steps.filter((s) => s.host === 'RUN001' && s.work.kind === 'stage-artefact')
    expect(staged.map((s) => s.id)).toEqual([
      'runner/RUN001/stage-artefact:runner-practice-runner.exe',
      'runner/RUN001/stage-artefact:runner-runner.json',
    ])
    expect(staged.map((s) => remotePath(s))).toEqual([
      'C:\\ProgramData\\ExekraRollout\\media\\runner\\practice-runner.exe',
      'C:\\ProgramData\\ExekraRollout\\media\\runner\\runner.json',
    ])
  })

  test('together the two layouts and work by hand make every kind of step', () => {
    const byHand = {
      mode: 'by-hand' as const,
      instructions: ['Run it.'],
      detect: { service: 'Runner' },
      services: ['Runner'],
    }
    const graphs = [
      graphOf(enterprisePlan()),
      graphOf(pilotPlan({ installers: { hub: installerFor('hub'), studio: installerFor('studio'), runner: byHand } })),
    ]
    expect(new Set(graphs.flatMap((g) => g.steps.map((s) => s.work.kind)))).toEqual(
      new Set<StepKind>([
        'reach-host',
        'collect-facts',
        'check-host',
        'probe-flow',
        'stage-artefact',
        'verify-artefact',
        'run-installer',
        'by-hand',
        'await-service',
        'open-port',
        'trust-certificate',
        'await-endpoint',
        'reboot-host',
        'clear-staging',
      ]),
    )
  })
})

describe('compilePlan: refusals', () => {
  const refusal = (plan: Plan) => {
    try {
      compilePlan(plan, shippedCatalogue)
    } catch (error) {
      if (error instanceof FailureError) return error.failure
    }
    return undefined
  }

  test('a component that nobody said how to install', () => {
    expect(
      refusal(pilotPlan({ installers: { hub: installerFor('hub'), studio: installerFor('studio') } })),
    ).toMatchObject({
      kind: 'plan',
      code: 'installer-missing',
      retry: 'never',
      hint: 'Describe the installer of Runner in the plan, or place the component as existing.',
    })
  })

  test('a file without its hash, be it the installer or beside it', () => {
    const { sha256: _hash, ...unpinned } = installerFor('runner').artefact
    const others = { hub: installerFor('hub'), studio: installerFor('studio') }
    expect(
      refusal(pilotPlan({ installers: { ...others, runner: { ...installerFor('runner'), artefact: unpinned } } })),
    ).toMatchObject({ kind: 'plan', code: 'hash-missing' })
    expect(
      refusal(
        pilotPlan({
          installers: { ...others, runner: { ...installerFor('runner'), extra: [{ file: 'media/runner.json' }] } },
        }),
      )?.message,
    ).toContain('media/runner.json')
  })
})

test('report: 1,000 hosts compile', () => {
  const plan = enterprisePlan({ runners: 950, studios: 47 })
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    // A plan read anew: indexes are kept per plan.
    graphOf({ ...plan })
    return performance.now() - started
  })
  const graph = graphOf(plan)
  process.stdout.write(
    `compilePlan: 1,000 hosts to ${graph.steps.length} steps in ${times[0]?.toFixed(1)} ms the first time, ${Math.min(...times).toFixed(1)} ms at best\n`,
  )
  expect(graph.stages.at(-1)?.waves[0]?.hosts).toHaveLength(1_000)
})

function read(document: PlanDocument): Plan {
  const reading = readPlan(document)
  if (!reading.ok) throw new Error(reading.problems.map((p) => `${p.path} ${p.message}`).join('; '))
  return reading.plan
}

function remotePath(step: Step): string | undefined {
  return step.work.kind === 'stage-artefact' ? step.work.remotePath : undefined
}
