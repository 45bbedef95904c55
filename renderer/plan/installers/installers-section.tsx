/** Owns how each component is put on its hosts: where the media lie, and for each component unattended or by hand. */
import { Button } from '@fluentui/react-components'
import { FolderOpen20Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { componentNames, type ComponentName } from '../../../domain/base/ids.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { NoSource, Yours } from '../../shared/components/provenance.tsx'
import { plural } from '../../../domain/base/plural.ts'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ByHandForm } from './by-hand-form.tsx'
import { ChoiceField, TextField } from '../forms/fields.tsx'
import { freshInstaller, setInstaller } from '../model/edit-installers.ts'
import { UnattendedForm } from './unattended-form.tsx'
import { seenPaths } from '../model/finding-location.ts'
import styles from '../plan.module.css'

const modes = [
  { value: 'none', label: 'Not said yet' },
  { value: 'unattended', label: 'Unattended, by a command of yours' },
  { value: 'by-hand', label: 'By hand, guided' },
] as const

export function InstallersSection() {
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const wanted = componentNames.filter(
    (component) =>
      plan.installers[component] !== undefined ||
      plan.placements.some((placement) => placement.component === component && placement.provision === 'install'),
  )
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <MediaFolder />
      {wanted.length === 0 && (
        <section aria-label="No component">
          <p>Nothing is to be installed yet. Place components on hosts first.</p>
        </section>
      )}
      {wanted.map((component) => (
        <ComponentForm key={component} component={component} />
      ))}
    </main>
  )
}

function ComponentForm({ component }: { readonly component: ComponentName }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const catalogue = useCatalogue()
  const installer = plan.installers[component]
  const hosts = plan.placements.filter(
    (placement) => placement.component === component && placement.provision === 'install',
  ).length
  return (
    <section aria-labelledby={`${component}-installer`}>
      <h2 id={`${component}-installer`}>{`${componentTitles[component]}, on ${plural(hosts, 'host')}`}</h2>
      <ChoiceField
        label={`How ${componentTitles[component]} is installed`}
        path={`installers.${component}.mode`}
        chip={<NoSource />}
        {...(catalogue ? { hint: catalogue.components[component].installer.why } : {})}
        value={installer?.mode ?? 'none'}
        choices={modes}
        disabled={locked}
        onSet={(mode) => {
          edit((before) => setInstaller(before, component, freshInstaller(mode, component, catalogue)))
        }}
      />
      {installer?.mode === 'unattended' && <UnattendedForm component={component} installer={installer} />}
      {installer?.mode === 'by-hand' && <ByHandForm component={component} installer={installer} />}
    </section>
  )
}

function MediaFolder() {
  const client = useClient()
  const { setFolder } = useDraftSession()
  const folder = useDraft((draft) => draft.folder)
  const act = useAct()
  const [dialogs, setDialogs] = useState(false)
  useEffect(() => {
    let over = false
    client.call('whoami', {}).then(
      ({ dialogs: there }) => {
        if (!over) setDialogs(there)
      },
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [client])
  const choose = async (): Promise<void> => {
    const { path } = await client.call('dialog.folder', { title: 'Folder of the media', from: folder })
    if (path !== null) setFolder(path)
  }
  return (
    <section aria-labelledby="media-folder">
      <h2 id="media-folder">Media</h2>
      <TextField
        label="Media folder on this computer"
        path={seenPaths.folder}
        chip={<Yours />}
        hint="Where the installers lie, and where relative paths start from. It is no part of the plan."
        value={folder ?? ''}
        refuse={(text) =>
          /^([A-Za-z]:[\\/]|\/|\\\\)/.test(text)
            ? null
            : `${text === '' ? 'Nothing is stated' : text}: must be a whole path, such as C:\\Media\\Exekra.`
        }
        onSet={setFolder}
      />
      {dialogs && (
        <span>
          <Button
            size="small"
            icon={<FolderOpen20Regular />}
            onClick={() => {
              if (!act.busy) void act.run(choose)
            }}
          >
            Choose folder
          </Button>
        </span>
      )}
      <FailureNote failure={act.failure} />
    </section>
  )
}
