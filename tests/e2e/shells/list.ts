/** The shells that flows run over. */
import { browserShell } from './browser.ts'
import { electronShell } from './electron.ts'
import type { ShellUnderTest } from './shell-under-test.ts'
import { standInShell } from './stand-in.ts'

export const shells: readonly ShellUnderTest[] = [browserShell, standInShell, electronShell]
