/** Gates: what a person confirms before the next stage opens, because Rollout has no documented way to check it. */
import { stageTitles } from '../base/titles.ts'
import type { Gate } from './graph.ts'
import type { StageName } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'

/** The gate between two consecutive stages. Sources: the Exekra pages beside each item in the catalogue. */
export function gateBetween(plan: Plan, done: StageName, opens: StageName): Gate {
  return {
    id: `gate:${opens}`,
    opens,
    title: `${stageTitles[done]} to ${stageTitles[opens]}`,
    checklist: checklistAfter(plan, done),
  }
}

function checklistAfter(plan: Plan, done: StageName): string[] {
  switch (done) {
    case 'prerequisites':
      return [
        'The database for the Hub exists and its connection is at hand. Name, role and privileges are not stated by Exekra.',
      ]
    case 'hub':
      return [
        plan.licence.mode === 'air-gapped'
          ? "The .lic file was carried over and uploaded on the Hub's activation page."
          : "The .lic file was uploaded on the Hub's activation page.",
        'The first administrator was created; the e-mail equals the one the licence was issued to.',
        'Signing in works and the dashboard opens.',
      ]
    case 'studio':
      return [
        'Studio starts on the canary host and reaches the Hub. What it asks at its first start is not stated by Exekra.',
      ]
    case 'runner':
      return [
        "Every Runner was registered on the Hub's Runners page; its Machine Secret is shown once and was kept safe.",
        "Every Runner shows ONLINE on the Hub's Runners page.",
      ]
    case 'acceptance':
      return []
  }
}
