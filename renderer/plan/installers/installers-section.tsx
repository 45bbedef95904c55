/** Page of the installers: the media folder, and how each component is installed. */
import { Button } from '@fluentui/react-components'
import { FolderOpen20Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { componentNames, type ComponentName } from '../../../domain/base/ids.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { NoSource, Yours } from '../../shared/components/provenance.tsx'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ByHandForm } from './by-hand-form.tsx'
import { ChoiceField, choicesOf, TextField } from '../forms/fields.tsx'
import { freshInstaller, setInstaller } from '../model/edit-installers.ts'
import { UnattendedForm } from './unattended-form.tsx'
import { seenPaths } from '../model/finding-location.ts'
import { installersText } from './text.ts'
import styles from '../plan.module.css'

const modes = choicesOf(installersText.modes)

/** The page of installers of the open plan. */
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
        <section aria-label={installersText.noComponent}>
          <p>{installersText.noComponentAbout}</p>
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
      <h2 id={`${component}-installer`}>{installersText.title(component, hosts)}</h2>
      <ChoiceField
        label={installersText.mode(component)}
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
    let closed = false
    client.call('whoami', {}).then(
      ({ dialogs: available }) => {
        if (!closed) setDialogs(available)
      },
      () => undefined,
    )
    return () => {
      closed = true
    }
  }, [client])
  const choose = async (): Promise<void> => {
    const { path } = await client.call('dialog.folder', { title: installersText.folderDialog, from: folder })
    if (path !== null) setFolder(path)
  }
  return (
    <section aria-labelledby="media-folder">
      <h2 id="media-folder">{installersText.media}</h2>
      <TextField
        label={installersText.folder}
        path={seenPaths.folder}
        chip={<Yours />}
        hint={installersText.folderHint}
        value={folder ?? ''}
        refuse={(text) => (/^([A-Za-z]:[\\/]|\/|\\\\)/.test(text) ? null : installersText.folderWrong)}
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
            {installersText.chooseFolder}
          </Button>
        </span>
      )}
      <FailureNote failure={act.failure} />
    </section>
  )
}
