/** Ends processes we started: by id and start time, with all their children, never by name. */
import { readFile, readdir } from 'node:fs/promises'

export interface ProcessMark {
  readonly pid: number
  readonly started: string
}

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly started: string
  readonly state: string
}

async function entry(pid: number): Promise<Entry | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { pid, state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' }
}

/** A process id comes round again; together with its start it does not. */
export async function mark(pid: number): Promise<ProcessMark> {
  return { pid, started: (await entry(pid))?.started ?? '' }
}

export async function isAlive(process: ProcessMark): Promise<boolean> {
  const found = await entry(process.pid)
  return found !== undefined && found.started === process.started && found.state !== 'Z'
}

export async function killTree(root: number): Promise<void> {
  const all = (
    await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => entry(Number(name))))
  ).filter((one) => one !== undefined)
  const doomed = [root]
  for (let index = 0; index < doomed.length; index++)
    doomed.push(...all.filter((one) => one.parent === doomed[index]).map((one) => one.pid))
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      /* it ended by itself */
    }
  }
}
