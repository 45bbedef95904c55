/** Owns how a command writes a file that a person named: never over one that is there, unless it was said, and never half of it. */
import { open, rm } from 'node:fs/promises'
import { CommandEnd, exitCodes } from './exit-code.ts'

export const forceOption = { force: { type: 'boolean', help: 'write over a file that is there' } } as const

/** Writes the text; ends the command with `invalid` where the file is there already and `force` was not given, or where it cannot be written: nothing is left then that was not there. */
export async function writeNew(out: string, text: string, force: boolean): Promise<void> {
  const file = await open(out, force ? 'w' : 'wx').catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new CommandEnd(
      exitCodes.invalid,
      taken
        ? `${out} is there already. With --force it is written over.`
        : `${out} cannot be written: ${wordsOf(error)}. Name a file in a folder that exists and that this user may write to.`,
    )
  })
  try {
    await file.writeFile(text)
    // What is still held back is not on the disk: some say only now that they are full.
    await file.close()
  } catch (error) {
    await file.close().catch(() => undefined)
    if (!force) await rm(out, { force: true })
    throw new CommandEnd(
      exitCodes.invalid,
      `${out} cannot be written whole: ${wordsOf(error)}. ${force ? 'What is there now is not to be used' : 'Nothing was left there'}: free space, or name a file elsewhere.`,
    )
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
