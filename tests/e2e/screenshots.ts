/**
 * Takes the pictures of every view, from the real app over practice sites, into out/screenshots: both themes and two
 * sizes; empty, full, failing, crowded, and the states between. Those that README.md shows are kept in
 * tests/e2e/pictures.
 * Run: npm run screenshots [-- [--hold] SCENE...]   --hold also checks every view with axe and for overflow; without a
 * scene all are taken.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Scene, shoot } from './scenes/camera.ts'
import { thousand, wordy } from './scenes/crowd.ts'
import { failing } from './scenes/failing.ts'
import { journey } from './scenes/journey.ts'
import { asked, cancelled, left, lost, seenOtherwise } from './scenes/states.ts'

const out = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const kept = join(import.meta.dirname, 'pictures')
const inReadme = [
  'practice-map-light-1280x800',
  'full-survey-evidence-light-1280x800',
  'rollout-failure-light-1280x800',
  'rollout-summary-light-1280x800',
]
const scenes: Readonly<Record<string, Scene>> = {
  journey,
  failing,
  asked,
  cancelled,
  lost,
  left,
  wordy,
  thousand,
  'seen-otherwise': seenOtherwise,
}

const {
  values: { hold = false },
  positionals,
} = parseArgs({ options: { hold: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.find((name) => scenes[name] === undefined)
if (unknown !== undefined) throw new Error(`There is no scene ${unknown}: ${Object.keys(scenes).join(', ')}.`)
const findings: string[] = []
for (const [name, scene] of Object.entries(scenes)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const began = Date.now()
  await shoot(scene, {
    out,
    hold,
    onFinding: (finding) => {
      findings.push(finding)
    },
  })
  process.stdout.write(`${name}: ${Math.round((Date.now() - began) / 1000)} s\n`)
  if (scene !== journey) continue
  mkdirSync(kept, { recursive: true })
  for (const picture of inReadme) copyFileSync(join(out, `${picture}.png`), join(kept, `${picture}.png`))
}
process.stdout.write(`The pictures are in ${out}; those of README.md in ${kept}\n`)
for (const finding of findings) process.stdout.write(`${finding}\n`)
if (findings.length > 0) process.exitCode = 1
