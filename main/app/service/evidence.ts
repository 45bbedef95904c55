/** The methods about evidence at gates: stored, read, and removed until a gate was opened with it. */
import type { Api } from '../../../domain/contract/api.ts'
import { type Confirmation, mostEvidenceBytes } from '../../../domain/run/confirmation.ts'
import type { App } from '../core/app.ts'
import {
  evidenceAfterEnd,
  evidenceEmpty,
  evidenceIncomplete,
  evidenceInUse,
  evidenceTooLarge,
  secretInEvidence,
  unknownEvidence,
} from './text/acceptance-failures.ts'

export interface EvidenceMethods {
  readonly methods: Pick<Api, Extract<keyof Api, `evidence.${string}`>>
  /** Throws `unknown-evidence` where a named file is not stored, or has another size. */
  mustBeKept(runId: string, confirmed: readonly Confirmation[]): void
}

/** The methods about evidence. `cleaned` redacts text about a run. */
export function evidenceMethods(
  { store, readRun }: Pick<App, 'store' | 'readRun'>,
  by: string,
  cleaned: (runId: string, words: string) => Promise<string>,
): EvidenceMethods {
  return {
    methods: {
      'evidence.put': async ({ runId, name, base64 }) => {
        const content = Buffer.from(base64, 'base64')
        if (content.toString('base64') !== base64) throw evidenceIncomplete(name)
        if (content.length === 0) throw evidenceEmpty(name)
        if (content.length > mostEvidenceBytes) throw evidenceTooLarge(name, mostEvidenceBytes)
        if (store.runs.summary(runId).status === 'finished') throw evidenceAfterEnd()
        // Only text can be searched, not a picture of a secret. Windows PowerShell writes files in UTF-16.
        for (const text of [content.toString('utf8'), content.toString('utf16le')])
          if ((await cleaned(runId, text)) !== text) throw secretInEvidence(name)
        const sha256 = store.evidence.keep(runId, content, { by, at: Date.now() })
        return { name: await cleaned(runId, name), size: content.length, sha256 }
      },
      'evidence.read': async ({ runId, sha256 }) => {
        const content = store.evidence.read(runId, sha256)
        if (!content) throw unknownEvidence('This file')
        return { base64: Buffer.from(content).toString('base64') }
      },
      'evidence.remove': async ({ runId, sha256 }) => {
        const named = Object.values(readRun(runId).state.gates).some(({ opened }) =>
          opened?.confirmed.some(({ files }) => files.some((file) => file.sha256 === sha256)),
        )
        if (named) throw evidenceInUse()
        store.evidence.remove(runId, sha256)
        return {}
      },
    },
    mustBeKept(runId, confirmed) {
      for (const { name, size, sha256 } of confirmed.flatMap(({ files }) => files))
        if (store.evidence.sizeOf(runId, sha256) !== size) throw unknownEvidence(name)
    },
  }
}
