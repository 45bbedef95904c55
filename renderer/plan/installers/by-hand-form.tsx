/** Owns the form of an installation by hand: what the person does, and how it is seen that it is done. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { DetectFields } from './detect-fields.tsx'
import { type ByHand, linesOf, setInstaller } from '../model/edit-installers.ts'
import { TextField } from '../forms/fields.tsx'

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
        label={`What a person does to install ${componentTitles[component]}`}
        path={`${path}.instructions`}
        chip={<Yours />}
        hint="One act a line, in order. It is shown on the rollout's page when its time has come."
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
