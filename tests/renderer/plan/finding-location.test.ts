/** Rung 0: every finding leads somewhere, and the field that it leads to is one that its screen draws. */
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand'
import { allChecks } from '../../../domain/checks/rules/index.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { surveyChecks } from '../../../domain/checks/survey.ts'
import { columns } from '../../../renderer/survey/matrix.ts'
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
import { spoilt } from '../../builders/judge.ts'
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
  const checks = [...allChecks.map(({ id }) => id), ...Object.values(surveyChecks)]
  const byHand = spoilt(
    pilotDocument(),
    (document) =>
      (document.installers = {
        ...document.installers,
        hub: { mode: 'by-hand', instructions: ['Install it.'], detect: { service: 'ExekraHubService' } },
      }),
  )
  const plans: readonly (readonly [string, Plan])[] = [
    ['a pilot by hand', byHand],
    ['an enterprise', enterprisePlan()],
  ]
  const subjects = [
    'plan',
    'host HUB01',
    'host RUN001',
    'placement hub on HUB01',
    'placement runner on RUN001',
    'installer hub',
    'installer runner',
    'certificate',
    'path RUN001>HUB01:4545',
  ]

  test.each(plans)(
    'of any check about anything in %s, to a field that is drawn, to a cell of the survey, or to a row of the matrix',
    (_, plan) => {
      const drawn = new Map<string, ReadonlySet<string>>()
      for (const check of checks) {
        for (const subject of subjects) {
          const { section, host, path } = locationOfFinding(plan, {
            check,
            subject,
            message: 'Environment Production, media/hub.exe',
          })
          const said = `${check} on ${subject}: ${section} ${path}`
          if (section === 'survey') expect([...columns.map(({ id }) => `survey.${id}`), 'survey'], said).toContain(path)
          else if (section === 'firewall') expect(path, said).toBe('flow.RUN001>HUB01:4545')
          else {
            const key = `${section} ${host ?? ''}`
            if (!drawn.has(key)) drawn.set(key, fieldsOf(plan, section, host))
            expect([...(drawn.get(key) ?? [])], said).toContain(path)
          }
        }
      }
    },
  )

  test('by its host: what it is about, or either end of its path', () => {
    const about = (subject: string, text: string) => isAbout({ subject }, text)
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
