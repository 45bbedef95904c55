/** Opens an application window of Edge or Chrome if there is one, else a tab of the default browser. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

type Start = readonly [program: string, ...words: string[]]
type Environment = Readonly<Record<string, string | undefined>>

/**
 * Ways to open a link on that system, the best first; empty where there is no screen. `exists` asks whether a program
 * can be run.
 */
export function waysToOpen(
  link: string,
  platform: NodeJS.Platform,
  environment: Environment,
  exists: (file: string) => boolean = canRun,
): Start[] {
  const app = `--app=${link}`
  switch (platform) {
    case 'win32': {
      const folders = ['ProgramFiles(x86)', 'ProgramFiles', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
      const found = ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe']
        .flatMap((program) => folders.map((folder) => `${folder}\\${program}`))
        .filter(exists)
      return [...found.map((program): Start => [program, app]), ['rundll32', 'url.dll,FileProtocolHandler', link]]
    }
    case 'darwin': {
      const found = ['Google Chrome', 'Microsoft Edge'].filter((name) =>
        exists(`/Applications/${name}.app/Contents/MacOS/${name}`),
      )
      return [...found.map((name): Start => ['open', '-na', name, '--args', app]), ['open', link]]
    }
    default: {
      if (environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined) return []
      const path = (environment['PATH'] ?? '').split(delimiter)
      const find = (program: string) => path.map((folder) => join(folder, program)).find(exists)
      const found = ['microsoft-edge', 'google-chrome', 'chromium', 'chromium-browser'].flatMap(
        (program) => find(program) ?? [],
      )
      return [
        ...found.map((program): Start => [program, app]),
        ...(find('xdg-open') === undefined ? [] : [['xdg-open', link] satisfies Start]),
      ]
    }
  }
}

/** Opens the link in the first way that starts. False where none does. */
export async function openBrowser(link: string): Promise<boolean> {
  for (const [program, ...words] of waysToOpen(link, process.platform, process.env)) {
    const child = spawn(program, words, { detached: true, stdio: 'ignore' })
    const started = await once(child, 'spawn').then(
      () => true,
      () => false,
    )
    if (!started) continue
    child.unref()
    return true
  }
  return false
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
