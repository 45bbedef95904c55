/** Owns the places and commands that can be found from everywhere. */
import { useCallback } from 'react'
import { newestRun, useOverview } from '../shared/overview-store.ts'
import { go, type PlanSection, planSections, settingsParts } from '../shared/route.ts'
import { type Found, useSearchSource } from './search.ts'
import { useSettings } from '../shared/settings-store.ts'
import { themeChoices } from '../theme/themes.ts'
import { helpText } from '../help/text.ts'
import { runStatus } from '../shared/run-status.ts'

/** Makes places and commands findable. */
export function useDestinations(planId: string | null, help: () => void): void {
  useSearchSource(useCallback(() => [...places(), ...sections(planId), ...commands(help)], [planId, help]))
}

function places(): Found[] {
  const { home } = useOverview.getState()
  return [
    {
      group: 'Places',
      title: 'Sites',
      detail: 'All plans',
      go: () => {
        go({ view: 'home' })
      },
    },
    {
      group: 'Places',
      title: 'Runs',
      detail: 'All rollouts',
      go: () => {
        go({ view: 'runs' })
      },
    },
    {
      group: 'Places',
      title: 'Audit',
      detail: '',
      go: () => {
        go({ view: 'audit' })
      },
    },
    ...settingsParts.map((part) => ({
      group: 'Places' as const,
      title: `Settings: ${part}`,
      detail: '',
      go: () => {
        go({ view: 'settings', part })
      },
    })),
    ...(home?.plans ?? []).map(({ planId, name, site }): Found => ({
      group: 'Places',
      title: name,
      detail: site,
      go: () => {
        go({ view: 'plan', planId, section: 'hosts' })
      },
    })),
  ]
}

function sections(planId: string | null): Found[] {
  if (planId === null) return []
  const { home } = useOverview.getState()
  const run = newestRun(home, planId)
  return [
    ...planSections
      .filter((section) => section !== 'rollout')
      .map((section: PlanSection): Found => ({
        group: 'Places',
        title: helpText.views[section].title,
        detail: 'Of this plan',
        go: () => {
          go({ view: 'plan', planId, section })
        },
      })),
    run
      ? {
          group: 'Places',
          title: 'Rollout',
          detail: 'The newest run of this plan',
          status: runStatus(run, home),
          go: () => {
            go({ view: 'run', runId: run.runId })
          },
        }
      : {
          group: 'Places',
          title: 'Rollout',
          detail: 'Of this plan',
          go: () => {
            go({ view: 'plan', planId, section: 'rollout' })
          },
        },
  ]
}

function commands(help: () => void): Found[] {
  const { setTheme } = useSettings.getState()
  const names = {
    system: 'Colours as the system',
    light: 'Light colours',
    dark: 'Dark colours',
    contrast: 'High contrast',
  }
  return [
    { group: 'Commands', title: 'Help', detail: 'F1', go: help },
    ...themeChoices.map((choice): Found => ({
      group: 'Commands',
      title: names[choice],
      detail: 'Setting',
      go: () => {
        setTheme(choice)
      },
    })),
  ]
}
