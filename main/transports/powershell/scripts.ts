/** Loads the scripts of resources/powershell. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Verb } from '../../../domain/remote/verb.ts'

/** A text and the name a host caches it under (the start of its SHA-256). */
export interface Script {
  readonly text: string
  readonly hash: string
}

export interface Scripts {
  /** Rollout.psm1, Job-Worker.ps1 and Resident.ps1. */
  readonly module: string
  readonly worker: string
  readonly resident: string
  /** The script of a verb. Throws if there is no such file. */
  verb(verb: Verb): Script
}

/** A script of that text. */
export function scriptOf(text: string): Script {
  return { text, hash: createHash('sha256').update(text).digest('hex').slice(0, 32) }
}

/** Reads the texts of a folder, each once and when it is first wanted. `folder` is a file: URL that ends in a slash. */
export function loadScripts(folder: URL = new URL('../../../resources/powershell/', import.meta.url)): Scripts {
  const texts = new Map<string, string>()
  const read = (name: string) => {
    const known = texts.get(name)
    if (known !== undefined) return known
    const text = readFileSync(new URL(name, folder), 'utf8').replace(/^\uFEFF/, '')
    texts.set(name, text)
    return text
  }
  const scripts = new Map<Verb, Script>()
  return {
    get module() {
      return read('Rollout.psm1')
    },
    get worker() {
      return read('Job-Worker.ps1')
    },
    get resident() {
      return read('Resident.ps1')
    },
    verb(verb) {
      const script = scripts.get(verb) ?? scriptOf(read(`${verb}.ps1`))
      scripts.set(verb, script)
      return script
    },
  }
}
