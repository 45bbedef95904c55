/** Owns how a command writes a file that a person named: never over one that is there, unless it was said. */
import { writeFile } from 'node:fs/promises'
import { CommandEnd, exitCodes } from './exit-code.ts'

export const forceOption = { force: { type: 'boolean', help: 'write over a file that is there' } } as const

/** Writes the text; ends the command with `invalid` where the file is there already and `force` was not given, or where it cannot be written. */
export async function writeNew(out: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(out, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new CommandEnd(exitCodes.invalid, taken ? `${out} is there already. With --force it is written over.` : `${out} cannot be written: ${error instanceof Error ? error.message : String(error)}. Name a file in a folder that exists and that this user may write to.`)
  }
}
