/** Parts of the suite about files: stage-artefact, verify-artefact, clear-staging. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { joinHostPath } from '../../../domain/base/host-path.ts'
import { applied, failedAs, onlyLooked, unchanged } from './expected.ts'
import { below, type StepHelp, type StepPart, type SiteUnderSteps } from './site-under-steps.ts'

export const fileParts: readonly StepPart[] = [
  {
    name: 'stage-artefact: sends what is not there, once; what is there and right is left alone',
    async run(site, help) {
      const { stage } = artefact(site, help, 'Setup für Öl (1).bin')
      const lane = help.lanes.of([stage])
      const sent = await lane.try()
      applied(sent)
      assert.match(sent.output, /MB of .* MB sent/)
      unchanged(await help.lanes.once(stage))
    },
  },
  {
    name: 'stage-artefact: replaces another file of that name',
    async run(site, help) {
      const old = artefact(site, help, 'other.bin')
      applied(await help.lanes.once(old.stage))
      const { stage } = artefact(site, help, 'other.bin')
      applied(await help.lanes.once(stage), 'partial')
      unchanged(await help.lanes.once(stage))
    },
  },
  {
    name: 'stage-artefact: sends nothing when the file here is gone, or is not what was approved',
    async run(site, help) {
      const { stage } = artefact(site, help, 'gone.bin')
      const gone = await help.lanes.once({
        ...stage,
        artefact: { ...stage.artefact, file: `${stage.artefact.file}.none` },
      })
      failedAs(gone, 'workstation', 'media-missing')
      const other = failedAs(
        await help.lanes.once({ ...stage, artefact: { ...stage.artefact, sha256: '0'.repeat(64) } }),
        'trust',
        'hash-mismatch',
      )
      assert.match(other.message, /Rollout sent nothing/)
      failedAs(await help.lanes.once({ ...stage, kind: 'verify-artefact' }), 'host', 'not-staged')
    },
  },
  {
    name: 'stage-artefact: needs nothing where the product is there already',
    async run(site, help) {
      const product = await site.product('done')
      await product.byHand()
      const plan = { ...site.plan, installers: { [product.component]: product.installer } }
      const stage = {
        kind: 'stage-artefact',
        component: product.component,
        artefact: product.installer.artefact,
        remotePath: below(site, 'media', 'not needed.bin'),
      } as const
      const spared = await help.lanes.once(stage, { host: product.host, plan })
      unchanged(spared)
      assert.match(spared.evidence, /Not needed/)
    },
  },
  {
    name: 'stage-artefact: says so where the disk is full, and sends the file once there is room',
    leftOut: ({ fullDisk }) => (fullDisk ? undefined : 'no disk there may be filled'),
    async run(site, help) {
      const disk = site.fullDisk
      assert.ok(disk)
      const remotePath = joinHostPath(disk.folder, 'staged.bin')
      const lane = help.lanes.of([{ ...artefact(site, help, 'large.bin').stage, remotePath }], disk.host)
      disk.room?.fill()
      const failure = failedAs(await lane.try(), 'host', 'disk-full')
      assert.match(failure.hint, /^Free .*, then retry\.$/)
      if (!disk.room) return
      assert.match(
        failure.message,
        new RegExp(`^${disk.host.name} has 0\\.0 MB free, .*large\\.bin needs 0\\.2 MB\\.$`),
      )
      disk.room.free()
      applied(await lane.try())
    },
  },
  {
    name: 'verify-artefact: passes what the plan pins; a wrong file is for a person to know of, and a retry sends the pinned one again',
    async run(site, help) {
      const right = artefact(site, help, 'checked.bin')
      applied(await help.lanes.once(right.stage))
      unchanged(await help.lanes.once({ ...right.stage, kind: 'verify-artefact' }))
      const wanted = artefact(site, help, 'checked.bin')
      const lane = help.lanes.of([{ ...wanted.stage, kind: 'verify-artefact' }])
      const wrong = await lane.try()
      const failure = failedAs(wrong, 'trust', 'hash-mismatch')
      onlyLooked(wrong)
      assert.deepEqual(failure.evidence, [`pinned ${wanted.sha256}`, `found  ${right.sha256}`])
      applied(await lane.try(), 'partial')
      unchanged(await help.lanes.once({ ...wanted.stage, kind: 'verify-artefact' }))
    },
  },
  {
    name: 'verify-artefact: refuses a file that is not signed by whom the plan pins',
    leftOut: ({ signatures }) => (signatures === true ? undefined : 'no Authenticode there'),
    async run(site, help) {
      const { stage } = artefact(site, help, 'unsigned.exe', 'media', unsignedProgram())
      applied(await help.lanes.once(stage))
      const signed = {
        ...stage,
        kind: 'verify-artefact',
        artefact: { ...stage.artefact, signer: 'A'.repeat(40) },
      } as const
      failedAs(await help.lanes.once(signed), 'trust', 'wrong-signer')
    },
  },
  {
    name: 'clear-staging: removes what was staged, says nothing where nothing was, and stays below its root',
    async run(site, help) {
      const { stage } = artefact(site, help, 'left.bin', 'to clear')
      applied(await help.lanes.once(stage))
      const clear = { kind: 'clear-staging', root: site.workFolder, folder: below(site, 'to clear') } as const
      applied(await help.lanes.once(clear))
      unchanged(await help.lanes.once(clear))
      failedAs(
        await help.lanes.once({ ...clear, root: below(site, 'to clear'), folder: site.workFolder }),
        'host',
        'outside-root',
      )
    },
  },
]

/** A file of this workstation that no host has yet, and the step that stages it. */
function artefact(
  site: SiteUnderSteps,
  { file }: StepHelp,
  name: string,
  folder = 'media',
  bytes: Uint8Array = randomBytes(200_000),
) {
  const { path, sha256 } = file(name, bytes)
  return {
    sha256,
    stage: { kind: 'stage-artefact', artefact: { file: path, sha256 }, remotePath: below(site, folder, name) } as const,
  }
}

/** The least that Windows takes for a program (PE32+, no sections), with an empty certificate table: nobody has signed it. */
function unsignedProgram(): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(64, 0x3c)
  bytes.write('PE\0\0', 64, 'latin1')
  bytes.writeUInt16LE(0x8664, 68)
  bytes.writeUInt16LE(240, 84)
  bytes.writeUInt16LE(0x22, 86)
  bytes.writeUInt16LE(0x20b, 88)
  bytes.writeUInt32LE(16, 88 + 108)
  return bytes
}
