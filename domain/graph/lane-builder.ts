/** Builds the steps of one host in one stage: ids, order, and the steps of an install. */
import { hashMissing, installerMissing } from './failures.ts'
import type { Host } from '../plan/host.ts'
import { fileNameOf, joinHostPath } from '../base/host-path.ts'
import type { ComponentName, StageName } from '../base/ids.ts'
import type { Artefact, Installer } from '../plan/installer.ts'
import type { Step, StepWork } from './step.ts'
import { titleOf } from './step-title.ts'

/** Collects the steps of one lane and stage, each after the one before it, the first after the stage's gate or wave. */
export class LaneBuilder {
  readonly steps: Step[] = []
  private readonly ids = new Set<string>()
  private readonly staged = new Set<string>()
  private readonly host: Host
  private readonly stage: StageName
  private readonly wave: number
  private readonly barrier: string | undefined

  constructor(host: Host, stage: StageName, wave: number, barrier: string | undefined) {
    this.host = host
    this.stage = stage
    this.wave = wave
    this.barrier = barrier
  }

  /** Adds a step; `about` tells steps of one kind apart in the id. */
  add(work: StepWork, about?: string): void {
    const plain = `${this.stage}/${this.host.name}/${work.kind}${about === undefined ? '' : `:${about}`}`
    let id = plain
    for (let n = 2; this.ids.has(id); n++) id = `${plain}:${n}`
    this.ids.add(id)
    const before = this.steps.at(-1)?.id ?? this.barrier
    this.steps.push({
      id,
      host: this.host.name,
      stage: this.stage,
      wave: this.wave,
      after: before === undefined ? [] : [before],
      title: titleOf(work),
      work,
    })
  }

  /** Adds a step that one lane needs once, although two components ask for it. */
  addOnce(work: StepWork): void {
    if (!this.steps.some((step) => step.work.kind === work.kind)) this.add(work)
  }

  /** Adds everything that brings one component onto the host. Throws a FailureError when the plan does not say how. */
  addInstall(component: ComponentName, installer: Installer | undefined): void {
    if (!installer) throw installerMissing(component, this.host.name)
    if (installer.mode === 'by-hand') {
      this.add({ kind: 'by-hand', component, installer }, component)
      return
    }
    const mediaFolder = this.mediaFolder(component)
    this.staged.add(component)
    this.add({ kind: 'reboot-host', timeoutSeconds: 900 }, `before-${component}`)
    const files = [installer.artefact, ...installer.extra]
    const remote = (artefact: Artefact) => joinHostPath(mediaFolder, fileNameOf(artefact.file))
    for (const artefact of files) {
      if (artefact.sha256 === undefined) throw hashMissing(component, artefact.file)
    }
    const about = (artefact: Artefact) => (files.length === 1 ? component : `${component}-${fileNameOf(artefact.file)}`)
    for (const artefact of files)
      this.add({ kind: 'stage-artefact', component, artefact, remotePath: remote(artefact) }, about(artefact))
    for (const artefact of files)
      this.add({ kind: 'verify-artefact', component, artefact, remotePath: remote(artefact) }, about(artefact))
    this.add(
      {
        kind: 'run-installer',
        component,
        installer,
        remotePath: remote(installer.artefact),
        mediaFolder,
        jobFolder: joinHostPath(this.host.workFolder, 'jobs'),
      },
      component,
    )
    this.add({ kind: 'reboot-host', timeoutSeconds: 900 }, `after-${component}`)
  }

  /** Adds the removal of what was staged here, if anything was. */
  clearStaging(): void {
    for (const component of this.staged)
      this.add({ kind: 'clear-staging', root: this.host.workFolder, folder: this.mediaFolder(component) }, component)
  }

  private mediaFolder(component: string): string {
    return joinHostPath(this.host.workFolder, 'media', component)
  }
}
