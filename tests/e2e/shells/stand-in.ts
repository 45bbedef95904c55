/** The stand-in for Electron for flows: the real main bundle, preload and screens, in Chromium. */
import { startProgram } from '../stand-in/program.ts'
import type { ShellUnderTest } from './shell-under-test.ts'

export const standInShell: ShellUnderTest = {
  name: 'the stand-in for Electron',
  lacks: null,
  async open({ folder, window, onPage }) {
    const { program, first } = await startProgram({ folder, window, onPage })
    return {
      page: first,
      window: () => program.nextWindow(() => program.ask('clickMenu', 'New window')),
      handed: async () => (await program.ask('handed')).join('\n'),
      kill: program.kill,
      close: program.close,
    }
  },
}
