/** The places and commands that the search finds in every view. */
import { useCallback } from 'react'
import { newestRun, useOverview } from '../shared/overview-store.ts'
import { go, type PlanSection, planSections, settingsParts } from '../shared/route.ts'
import { type Found, useSearchSource } from './search.ts'
import { useSettings } from '../shared/settings-store.ts'
import { themeChoices } from '../theme/themes.ts'
import { helpText } from '../help/text.ts'
import { runStatus } from '../shared/run-status.ts'
import { searchText } from './text.ts'

/** Offers them to the search while the component is mounted. `help` opens Help. */
export function useDestinations(planId: string | null, help: () => void): void {
  useSearchSource(useCallback(() => [...places(), ...sections(planId), ...commands(help)], [planId, help]))
}

function places(): Found[] {
  const { home } = useOverview.getState()
  return [
    {
      group: 'Places',
      title: helpText.views.home.title,
      detail: searchText.allPlans,
      go: () => {
        go({ view: 'home' })
      },
    },
    {
      group: 'Places',
      title: helpText.views.runs.title,
      detail: searchText.allRollouts,
      go: () => {
        go({ view: 'runs' })
      },
    },
    {
      group: 'Places',
      title: helpText.views.audit.title,
      detail: '',
      go: () => {
        go({ view: 'audit' })
      },
    },
    ...settingsParts.map((part) => ({
      group: 'Places' as const,
      title: searchText.settingsPart(helpText.views[part].title),
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
        detail: searchText.ofThisPlan,
        go: () => {
          go({ view: 'plan', planId, section })
        },
      })),
    run
      ? {
          group: 'Places',
          title: helpText.views.rollout.title,
          detail: searchText.newestRun,
          status: runStatus(run, home),
          go: () => {
            go({ view: 'run', runId: run.runId })
          },
        }
      : {
          group: 'Places',
          title: helpText.views.rollout.title,
          detail: searchText.ofThisPlan,
          go: () => {
            go({ view: 'plan', planId, section: 'rollout' })
          },
        },
  ]
}

function commands(help: () => void): Found[] {
  const { setTheme } = useSettings.getState()
  return [
    { group: 'Commands', title: helpText.title, detail: searchText.helpKey, go: help },
    ...themeChoices.map((choice): Found => ({
      group: 'Commands',
      title: searchText.themes[choice],
      detail: searchText.setting,
      go: () => {
        setTheme(choice)
      },
    })),
  ]
}
