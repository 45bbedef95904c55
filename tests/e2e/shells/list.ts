/** Owns the shells that flows run over. */
import { browserShell } from './browser.ts'
import type { ShellUnderTest } from './shell-under-test.ts'

export const shells: readonly ShellUnderTest[] = [browserShell]
