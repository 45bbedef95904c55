/** Fuzz targets after sign-in: envelopes with answers and faults, and CLIXML in any pieces. */
import { clixmlDecoder } from '../../main/transports/winrm/clixml.ts'
import { readAnswer } from '../../main/transports/winrm/wsmv/envelope.ts'
import { readFault } from '../../main/transports/winrm/wsmv/faults.ts'
import * as operations from '../../main/transports/winrm/wsmv/operations.ts'
import { parseXml } from '../../main/transports/winrm/wsmv/xml.ts'
import { recordedClixml, recordedNames, recording } from '../main/transports/winrm/recordings.ts'
import type { Target } from './feed.ts'

// Short ones: damage to a megabyte of base64 is mostly the same damage.
const answers = recordedNames()
  .flatMap((name) => recording(name))
  .map(({ response }) => response)
  .filter((text) => text.length > 0 && text.length < 20_000)
const holding = (...words: string[]) =>
  answers.filter((text) => words.some((word) => text.includes(word))).map((text) => Buffer.from(text))
const clixml = recordedClixml()
  .filter((text) => text.length < 6_000)
  .slice(0, 400)
  .map((text) =>
    Buffer.from(
      `#< CLIXML\r\n${text.includes('<Objs') ? text : `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${text}</Objs>`}\r\nnot of it`,
    ),
  )
const bodyOf = (bytes: Buffer) => readAnswer(bytes.toString('utf8'), undefined)
// As a Windows host answers, by MS-WSMV 4.1.1; none of the recordings holds one.
const identity = Buffer.from(
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><wsmid:IdentifyResponse xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</wsmid:ProtocolVersion><wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor><wsmid:ProductVersion>OS: 10.0.17763 SP: 0.0 Stack: 3.0</wsmid:ProductVersion></wsmid:IdentifyResponse></s:Body></s:Envelope>',
)
const command = 'D2F6CE60-5B2B-4A2A-9A0E-000000000001'

/** Damaged by a byte and more; the refusals are `bad-xml` and `wrong-answer`. CLIXML is never refused: what is none is text. */
export const soapTargets: readonly Target[] = [
  {
    name: 'XML',
    seeds: answers.slice(0, 400).map((text) => Buffer.from(text)),
    read: (bytes) => parseXml(bytes.toString('utf8')),
  },
  {
    name: 'answer',
    seeds: holding('RelatesTo'),
    read(bytes) {
      const text = bytes.toString('utf8')
      return readAnswer(text, /RelatesTo>uuid:([^<]+)</.exec(text)?.[1] ?? command)
    },
  },
  {
    name: 'fault',
    seeds: holding(':Fault>'),
    read(bytes) {
      const { fault } = bodyOf(bytes)
      return fault && readFault(fault)
    },
  },
  {
    name: 'output',
    seeds: holding('ReceiveResponse'),
    read(bytes) {
      const { body } = bodyOf(bytes)
      return operations.readReceived(body, /CommandId="([^"]+)"/.exec(bytes.toString('latin1'))?.[1] ?? command)
    },
  },
  { name: 'shell', seeds: holding('ResourceCreated'), read: (bytes) => operations.readCreated(bodyOf(bytes).body) },
  { name: 'command', seeds: holding('CommandResponse'), read: (bytes) => operations.readCommand(bodyOf(bytes).body) },
  {
    name: 'configuration',
    seeds: holding('MaxEnvelopeSizekb', 'ResourceCreated'),
    read: (bytes) => operations.readConfig(bodyOf(bytes).body),
  },
  { name: 'identity', seeds: [identity], read: (bytes) => operations.readIdentity(bodyOf(bytes).body) },
  {
    name: 'CLIXML',
    seeds: clixml,
    read(bytes, below) {
      const decoder = clixmlDecoder(16_384)
      const text = bytes.toString('utf8')
      const records = []
      for (let at = 0; at < text.length;) {
        const next = at + 1 + below(below(10) === 0 ? 3 : 500)
        records.push(...decoder.push(text.slice(at, next)))
        at = next
      }
      records.push(...decoder.end())
      // Nothing is lost where nothing was understood; a block without records is understood.
      if (
        !/<Objs[^>]*>\s*<\/Objs>/.test(text) &&
        records.every(({ kind }) => kind === 'text') &&
        records.map((one) => one.text).join('') !== text
      )
        throw new Error('text was lost')
      return records
    },
  },
]
