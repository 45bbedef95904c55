/** Owns the methods about files of evidence at gates: taken in, given out, taken back until a gate was opened with them. */
import type { Api } from '../../../domain/contract/api.ts'
import { type Confirmation, mostEvidenceBytes } from '../../../domain/run/confirmation.ts'
import { failed } from '../../../domain/base/failure.ts'
import type { App } from '../core/app.ts'

export interface EvidenceMethods {
  readonly methods: Pick<Api, Extract<keyof Api, `evidence.${string}`>>
  /** Throws `unknown-evidence` where a file that is named is not kept, or not with that size. */
  mustBeKept(runId: string, confirmed: readonly Confirmation[]): void
}

/** The methods about evidence. `cleaned` strikes out of words about a run what is secret. */
export function evidenceMethods(
  { store, readRun }: Pick<App, 'store' | 'readRun'>,
  by: string,
  cleaned: (runId: string, words: string) => Promise<string>,
): EvidenceMethods {
  const unknown = (what: string) =>
    failed('request', 'unknown-evidence', `${what} is not kept for this run.`, 'Add the file to the checklist again.')
  return {
    methods: {
      'evidence.put': async ({ runId, name, base64 }) => {
        const content = Buffer.from(base64, 'base64')
        if (content.toString('base64') !== base64)
          throw failed('request', 'bad-input', `What was sent of ${name} is not whole.`, 'Choose the file again.')
        if (content.length === 0)
          throw failed('request', 'file-empty', `${name} is empty.`, 'Choose a file that shows something.')
        if (content.length > mostEvidenceBytes)
          throw failed(
            'request',
            'file-too-large',
            `${name} has more than ${mostEvidenceBytes / 2 ** 20} MB.`,
            'Choose a smaller file, such as a picture of the screen.',
          )
        if (store.runs.summary(runId).status === 'finished')
          throw failed('request', 'refused', 'The run is over.', 'Keep the file beside its acceptance summary.')
        // Only what is text can be looked through; a picture of a secret is the person's own to notice. Windows PowerShell writes files in UTF-16.
        for (const text of [content.toString('utf8'), content.toString('utf16le')])
          if ((await cleaned(runId, text)) !== text)
            throw failed(
              'request',
              'secret-in-evidence',
              `${name} holds something that the vault holds.`,
              'Take the secret out of the file, then choose it again.',
            )
        const sha256 = store.evidence.keep(runId, content, { by, at: Date.now() })
        return { name: await cleaned(runId, name), size: content.length, sha256 }
      },
      'evidence.read': async ({ runId, sha256 }) => {
        const content = store.evidence.read(runId, sha256)
        if (!content) throw unknown('This file')
        return { base64: Buffer.from(content).toString('base64') }
      },
      'evidence.remove': async ({ runId, sha256 }) => {
        const named = Object.values(readRun(runId).state.gates).some(({ opened }) =>
          opened?.confirmed.some(({ files }) => files.some((file) => file.sha256 === sha256)),
        )
        if (named)
          throw failed(
            'request',
            'refused',
            'A gate was opened with this file: it stays with the log.',
            'Nothing is to be done.',
          )
        store.evidence.remove(runId, sha256)
        return {}
      },
    },
    mustBeKept(runId, confirmed) {
      for (const { name, size, sha256 } of confirmed.flatMap(({ files }) => files))
        if (store.evidence.sizeOf(runId, sha256) !== size) throw unknown(name)
    },
  }
}
