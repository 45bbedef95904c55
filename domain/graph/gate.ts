/** Gates: what a person confirms before the next stage opens, because Rollout has no documented way to check it. */
import { stageTitles } from '../base/titles.ts'
import type { Gate } from './graph.ts'
import type { StageName } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'
import { gateText } from './text.ts'

/** The gate between two consecutive stages. Sources: the Exekra pages beside each item in the catalogue. */
export function gateBetween(plan: Plan, done: StageName, opens: StageName): Gate {
  return {
    id: `gate:${opens}`,
    opens,
    title: gateText.title(stageTitles[done], stageTitles[opens]),
    checklist: checklistAfter(plan, done),
  }
}

function checklistAfter(plan: Plan, done: StageName): string[] {
  switch (done) {
    case 'prerequisites':
      return [gateText.database]
    case 'hub':
      return [
        plan.licence.mode === 'air-gapped' ? gateText.licenceCarried : gateText.licenceUploaded,
        gateText.administrator,
        gateText.signIn,
      ]
    case 'studio':
      return [gateText.studio]
    case 'runner':
      return [gateText.runnersRegistered, gateText.runnersOnline]
    case 'acceptance':
      return []
  }
}
