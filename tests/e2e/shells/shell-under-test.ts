/** What a shell must offer so that flows can run over it. */
import type { Page } from 'playwright'
import type { WindowOptions } from '../shell.ts'

export interface OpenOptions {
  readonly folder: string
  readonly window: WindowOptions
  /** Told of every page before it loads anything. */
  readonly onPage: (page: Page) => void
}

/** An application that runs, with its first window. */
export interface OpenShell {
  readonly page: Page
  /** One more window. */
  window(): Promise<Page>
  /** Replies and frames handed to windows so far, as text. */
  handed(): Promise<string>
  /** Ends the process as a crash would. */
  kill(): Promise<void>
  /** Ends everything. */
  close(): Promise<void>
}

export interface ShellUnderTest {
  readonly name: 'the browser shell' | 'the stand-in for Electron' | 'Electron'
  /** Why it cannot run here, and no test is the worse for it; null where it can. */
  readonly lacks: string | null
  open(options: OpenOptions): Promise<OpenShell>
}
