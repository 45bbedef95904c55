/** Form of an installation by hand: its steps, and how Rollout detects the component afterwards. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { DetectFields } from './detect-fields.tsx'
import { type ByHand, linesOf, setInstaller } from '../model/edit-installers.ts'
import { TextField } from '../forms/fields.tsx'
import { byHandText } from './text.ts'

/** The form of one component that people install by hand. */
export function ByHandForm({
  component,
  installer,
}: {
  readonly component: ComponentName
  readonly installer: ByHand
}) {
  const { edit } = useDraftSession()
  const locked = !useDraft((draft) => draft.editing)
  const path = `installers.${component}`
  const put = (change: Partial<ByHand>, field: string): void => {
    edit((before) => setInstaller(before, component, { ...installer, ...change }), field)
  }
  return (
    <>
      <TextField
        label={byHandText.instructions(component)}
        missing={byHandText.instructionsMissing}
        path={`${path}.instructions`}
        chip={<Yours />}
        hint={byHandText.instructionsHint}
        lines={5}
        value={installer.instructions.join('\n')}
        disabled={locked}
        onSet={(text) => {
          put({ instructions: linesOf(text) }, `${path}.instructions`)
        }}
      />
      <DetectFields component={component} installer={installer} onSet={put} />
    </>
  )
}
