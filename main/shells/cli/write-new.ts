/** Writes a file that a person named: never over an existing one without --force, and never half of it. */
import { open, rm } from 'node:fs/promises'
import { CommandEnd, exitCodes } from './exit-code.ts'
import { optionText, writeText } from './text/common.ts'

export const forceOption = { force: { type: 'boolean', help: optionText.force } } as const

/**
 * Writes the text. Ends the command with `invalid` where the file exists and `force` was not given, or where it
 * cannot be written; a new file that is incomplete is removed.
 */
export async function writeNew(out: string, text: string, force: boolean): Promise<void> {
  const file = await open(out, force ? 'w' : 'wx').catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new CommandEnd(
      exitCodes.invalid,
      taken ? writeText.exists(out) : writeText.notWritable(out, messageOf(error)),
    )
  })
  try {
    await file.writeFile(text)
    // Some disks report only on closing that they are full.
    await file.close()
  } catch (error) {
    await file.close().catch(() => undefined)
    if (!force) await rm(out, { force: true })
    throw new CommandEnd(exitCodes.invalid, writeText.incomplete(out, messageOf(error), force))
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
