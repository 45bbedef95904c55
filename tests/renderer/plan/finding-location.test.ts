/** Rung 0: every finding leads somewhere, and the field that it leads to is one that its screen draws. */
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand'
import { allChecks } from '../../../domain/checks/rules/index.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { probeFindings, surveyChecks, unreachedFinding } from '../../../domain/checks/survey.ts'
import { surveyColumns } from '../../../domain/checks/survey-columns.ts'
import { runChecks } from '../../../domain/checks/check.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { failed } from '../../../domain/base/failure.ts'
import type { Finding } from '../../../domain/base/finding.ts'
import type { Facts } from '../../../domain/remote/facts.ts'
import { subjectOfText, subjectText } from '../../../domain/base/subject.ts'
import { ClientProvider } from '../../../renderer/client/client-context.tsx'
import { type Draft, DraftProvider, type DraftSession } from '../../../renderer/plan/model/draft.ts'
import type { PlanSection } from '../../../renderer/shared/route.ts'
import { ConnectionsSection } from '../../../renderer/plan/forms/connections-section.tsx'
import { EnvironmentsSection } from '../../../renderer/plan/forms/environments-section.tsx'
import { isAbout } from '../../../renderer/plan/model/findings-by-host.ts'
import { HostPanel } from '../../../renderer/plan/hosts/host-panel.tsx'
import { HostsSection } from '../../../renderer/plan/hosts/hosts-section.tsx'
import { InstallersSection } from '../../../renderer/plan/installers/installers-section.tsx'
import { LayoutSection } from '../../../renderer/plan/forms/layout-section.tsx'
import { LicenceSection } from '../../../renderer/plan/forms/licence-section.tsx'
import { PolicySection } from '../../../renderer/plan/forms/policy-section.tsx'
import { locationOfFinding } from '../../../renderer/plan/model/finding-location.ts'
import { catalogue, judge, spoilt, surveyOf } from '../../builders/judge.ts'
import { planCases } from '../../builders/plan-cases.ts'
import { enterprisePlan, pilotDocument } from '../../builders/plan.ts'

const sections: Partial<Record<PlanSection, () => ReactElement>> = {
  layout: LayoutSection,
  hosts: HostsSection,
  connections: ConnectionsSection,
  environments: EnvironmentsSection,
  installers: InstallersSection,
  licence: LicenceSection,
  policy: PolicySection,
}

/** The paths of all fields that a section draws, with the panel of that host where one is open. */
function fieldsOf(plan: Plan, section: PlanSection, host: string | null): ReadonlySet<string> {
  const view = sections[section]
  const open = plan.hosts.find((one) => one.name === host)
  const store = createStore(
    () => ({ plan, planId: 'p', editing: true, problems: [], findings: [], folder: null }) as unknown as Draft,
  )
  const session = { store, edit: () => undefined, setFolder: () => undefined } as unknown as DraftSession
  const client = { call: () => new Promise(() => undefined) } as unknown as Parameters<
    typeof ClientProvider
  >[0]['value']
  const drawn = renderToStaticMarkup(
    createElement(
      ClientProvider,
      { value: client },
      createElement(
        DraftProvider,
        { value: session },
        view && createElement(view),
        open && createElement(HostPanel, { host: open, onClose: () => undefined }),
      ),
    ),
  )
  return new Set([...drawn.matchAll(/data-field="([^"]+)"/g)].flatMap(([, path]) => path ?? []))
}

describe('where a finding leads', () => {
  const flow = { id: 'RUN001>HUB01:4545', from: 'RUN001', to: 'HUB01', port: 4545 }
  const silent = failed('link', 'no-answer', 'No answer.', 'Switch it on.').failure
  const byHand = spoilt(pilotDocument(), (document) => {
    document.installers = {
      ...document.installers,
      hub: { mode: 'by-hand', instructions: ['password=hunter2'], detect: { service: 'ExekraHubService' } },
    }
  })
  /** What every check finds in the plan, before a survey, after one that found everything wrong, and with media missing. */
  const findingsOf = (plan: Plan): Finding[] => {
    const healthy = surveyOf(plan)
    const wrong = [...healthy.facts].map(([host, facts]): [string, Facts] => [
      host,
      {
        ...facts,
        hostName: 'ELSEWHERE',
        administrator: false,
        clock: 'no time',
        listening: [4545, 5432, 6379],
        drives: [],
        powershell: { ...facts.powershell, version: '4.0' },
        os: { ...facts.os, caption: 'OS/2', architecture: 'ARM64' },
        pendingReboot: [{ kind: 'windows-update', evidence: [] }],
        services: [{ name: 'ExekraHubService', status: 'running' }],
      },
    ])
    const missing = new Map(
      [...healthy.files.keys()].map((file) => [file, { exists: false, sha256: null, size: null }]),
    )
    return [
      ...runChecks({ plan, catalogue }),
      ...runChecks({ plan, catalogue, ...healthy, facts: new Map(wrong) }),
      ...runChecks({ plan, catalogue, files: missing, facts: new Map() }),
      ...plan.hosts.map(({ name }) => unreachedFinding(plan, name, silent)),
      ...probeFindings(plan, 'RUN001', [{ flow: { ...flowOf(plan), ...flow }, outcome: 'unreachable', detail: '' }]),
    ]
  }
  const flowOf = (plan: Plan) => topologyOf(plan, catalogue).flows[0] ?? expect.unreachable()
  const ofMedia = spoilt(pilotDocument(), (document) => {
    Object.assign(document.installers?.hub ?? {}, {
      artefact: { file: '\\\\share\\media\\setup.exe' },
      arguments: ['/quiet', '/log=\\\\share\\logs\\hub.txt'],
      extra: [{ file: 'hub-setup.exe' }],
    })
    document.certificate = { strategy: 'operator', trust: { file: 'ca.pem' } }
  })
  const plans = [byHand, ofMedia, enterprisePlan({ runners: 2 }), ...planCases.map(([, , plan]) => plan)]

  test('to a field that is drawn, to a cell of the survey, or to a row of the matrix, whatever check found it', () => {
    const found = new Set<string>()
    const kinds = new Set<string>()
    for (const plan of plans) {
      const drawn = new Map<string, ReadonlySet<string>>()
      for (const finding of findingsOf(plan)) {
        const { section, host, path } = locationOfFinding(plan, finding)
        // One of each kind is enough: drawing is slow.
        const kind = `${finding.check} ${finding.subject.kind} ${path.replaceAll(/\d+/g, '')}`
        if (finding.severity === 'pass' || kinds.has(kind)) continue
        kinds.add(kind)
        found.add(finding.check)
        const told = `${finding.check} on ${subjectText(finding.subject)}: ${section} ${path}`
        if (section === 'survey')
          expect([...surveyColumns.map(({ id }) => `survey.${id}`), 'survey'], told).toContain(path)
        else if (section === 'firewall') expect(path, told).toBe(`flow.${flow.id}`)
        else {
          const key = `${section} ${host ?? ''}`
          if (!drawn.has(key)) drawn.set(key, fieldsOf(plan, section, host))
          expect([...(drawn.get(key) ?? [])], told).toContain(path)
        }
      }
    }
    expect([...allChecks.map(({ id }) => id), ...Object.values(surveyChecks)].filter((id) => !found.has(id))).toEqual(
      [],
    )
  })

  test('of two environments whose names begin alike, to the one without a Runner', () => {
    const plan = spoilt(pilotDocument(), (document) => {
      document.environments = [{ name: 'Prod' }, { name: 'Prod-EU' }]
      for (const placement of document.placements)
        if (placement.component === 'runner') Object.assign(placement, { environment: 'Prod' })
    })
    const found = judge('environments', plan)
    expect(found.map((finding) => locationOfFinding(plan, finding))).toEqual([
      { section: 'environments', host: null, path: 'environments[1].separation' },
    ])
  })

  test('of a further file whose name ends like that of the installer, to that file', () => {
    const sha256 = 'a'.repeat(64)
    const plan = spoilt(pilotDocument(), (document) => {
      Object.assign(document.installers?.hub ?? {}, {
        artefact: { file: 'setup.exe', sha256 },
        extra: [{ file: 'hub-setup.exe' }],
      })
    })
    const found = judge('media-hash', plan).filter(({ severity }) => severity !== 'pass')
    expect(found.map((finding) => locationOfFinding(plan, finding))).toEqual([
      { section: 'installers', host: null, path: 'installers.hub.extra[0].sha256' },
    ])
  })

  test('by its host: what it is about, or either end of its path', () => {
    const about = (subject: string, text: string) => isAbout({ subject: subjectOfText(subject) }, text)
    expect([
      about('host RUN001', 'run0'),
      about('host HUB01', 'run'),
      about('placement runner on RUN001', 'RUN001'),
      about('path RUN001>HUB01:4545', 'hub'),
      about('plan', 'run'),
      about('plan', ' '),
    ]).toEqual([true, false, true, true, false, true])
  })
})
