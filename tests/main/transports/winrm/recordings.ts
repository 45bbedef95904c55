/** Recorded exchanges with real Windows hosts, and a connection that replays them. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { OpenConnection } from '../../../../main/transports/winrm/wsmv/request-channel.ts'
import { childOf, descend, parseXml, trimmed, type XmlElement } from '../../../../main/transports/winrm/wsmv/xml.ts'
import * as names from '../../../../main/transports/winrm/wsmv/names.ts'

export const recordings = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'winrm-recordings')

/** One question and its answer, as they crossed the wire. */
export interface RecordedExchange {
  readonly request: string
  readonly response: string
  readonly status: number
}

export function recordedNames(): string[] {
  return readdirSync(join(recordings, 'pypsrp/responses')).map((file) => file.replace(/\.yml$/, ''))
}

/** A recording: `- request: XML`, `  response: XML`, each on one line, and a status where the answer was a fault. */
export function recording(name: string): RecordedExchange[] {
  const lines = readFileSync(join(recordings, 'pypsrp/responses', `${name}.yml`), 'utf8').split('\n')
  const exchanges: { request: string; response: string; status: number }[] = []
  for (const line of lines) {
    const current = exchanges.at(-1)
    if (line.startsWith('- request: ')) exchanges.push({ request: line.slice(11), response: '', status: 200 })
    else if (current && line.startsWith('  response: ')) current.response = line.slice(12)
    else if (current && /^ {4}code: \d+$/.test(line)) current.status = Number(line.slice(10))
    else if (
      line.startsWith('- ') ||
      (line.startsWith('  ') && !/^ {2}(transport_error:|overrides:|- path:|  )/.test(line))
    )
      throw new Error(`${name} has a line this parser does not know: ${line.slice(0, 80)}`)
  }
  return exchanges
}

/** Every CLIXML document of the recorded PowerShell remoting traffic, each shape once. */
export function recordedClixml(): string[] {
  return JSON.parse(gunzipSync(readFileSync(join(recordings, 'clixml-messages.json.gz'))).toString('utf8')) as string[]
}

export interface Replay {
  readonly open: OpenConnection
  /** What was asked, beside what was recorded as asked, in the same order. */
  readonly asked: { readonly ours: string; readonly theirs: string }[]
  readonly left: () => number
}

/** Answers each request with the next recorded answer, which then relates to that request; the recorded ids stay. */
export function replay(exchanges: readonly RecordedExchange[]): Replay {
  const asked: { ours: string; theirs: string }[] = []
  const connection = {
    send: (soap: string) => {
      const exchange = exchanges[asked.length]
      if (!exchange) throw new Error('more was asked than was recorded')
      asked.push({ ours: soap, theirs: exchange.request })
      const messageId = trimmed(descendMixed(parseXml(soap))) ?? ''
      return Promise.resolve({
        status: exchange.status,
        body: exchange.response.replace(/(<a:RelatesTo>)[^<]*/, `$1${messageId}`),
      })
    },
    close: () => undefined,
  }
  return { open: () => Promise.resolve(connection), asked, left: () => exchanges.length - asked.length }
}

function descendMixed(envelope: XmlElement): XmlElement | undefined {
  return childOf(descend(envelope, names.soap, 'Header'), names.addressing, 'MessageID')
}

/** What a request says, field by field: every path, by namespaces, with its text and attributes. Ids, the address and the order of headers are left out, truth values are in capitals. */
export function fieldsOf(soap: string): Record<string, string> {
  const fields: Record<string, string> = {}
  const visit = (element: XmlElement, path: string) => {
    const own = element.attributes.filter(({ local }) => !['CommandId', 'ShellId'].includes(local))
    // End="False" says the same as no End at all.
    const shown = own
      .filter(({ local, value }) => !(local === 'End' && /^false$/i.test(value)))
      .map(({ local, value }) => `${local}=${truth(value)}`)
      .sort()
    const at = `${path}/{${element.uri}}${element.local}${shown.length > 0 ? `[${shown.join(' ')}]` : ''}`
    const repeated = Object.keys(fields).filter((key) => key === at || key.startsWith(`${at}#`)).length
    if (!leftOut.has(element.local) && !(element.local === 'Selector'))
      fields[repeated === 0 ? at : `${at}#${repeated}`] = truth(element.text.trim())
    for (const child of element.children) visit(child, at)
  }
  visit(parseXml(soap), '')
  return fields
}

const leftOut = new Set(['MessageID', 'SessionId', 'To'])

function truth(text: string): string {
  return /^(true|false)$/i.test(text) ? text.toUpperCase() : text
}
