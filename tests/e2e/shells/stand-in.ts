/** Owns the stand-in for Electron under flows: the real main bundle, the real preload and the real screens, in Chromium. */
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { openChromium } from '../shell.ts'
import { startProgram } from '../stand-in/program.ts'
import type { ShellUnderTest } from './shell-under-test.ts'

export const standInShell: ShellUnderTest = {
  name: 'the stand-in for Electron',
  lacks: null,
  async open({ folder, window, onPage }) {
    const { program, first } = await startProgram({ folder, window, onPage })
    let others: BrowserContext | undefined
    return {
      page: first,
      // In the Chromium of the program everything that is not the program's is refused.
      chromium: { newPage: async () => (others ??= await openChromium(join(folder, 'profile-of-others'), window)).newPage() },
      window: () => program.nextWindow(() => program.ask('clickMenu', 'New window')),
      handed: async () => (await program.ask('handed')).join('\n'),
      kill: program.kill,
      async close() {
        await others?.close()
        await program.close()
      },
    }
  },
}
