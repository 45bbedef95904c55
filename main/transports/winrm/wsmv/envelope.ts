/** The SOAP envelope: the header of every request, and the check that an answer belongs to its request. */
import { wrongAnswer } from './failures.ts'
import * as names from './names.ts'
import { answerText } from './text.ts'
import { childOf, parseXml, trimmed, type XmlElement } from './xml.ts'
import { element, type Xml } from './xml-writer.ts'

/** Common to all requests of one client. Times in milliseconds, sizes in bytes. */
export interface EnvelopeOptions {
  /** The address in the request, for example http://10.0.0.5:5985/wsman. */
  readonly to: string
  /** A GUID in capitals, one for all requests of a client. */
  readonly sessionId: string
  readonly maxEnvelopeBytes: number
  readonly operationMs: number
}

export interface Request {
  readonly action: string
  readonly resource: string
  /** Names the shell, where there is one. */
  readonly shellId?: string
  readonly options?: Readonly<Record<string, string>>
  readonly body: readonly Xml[]
}

/** The text of a request. `messageId` is a GUID in capitals. */
export function writeRequest(envelope: EnvelopeOptions, messageId: string, request: Request): string {
  const must = { 's:mustUnderstand': 'true' }
  const may = { 's:mustUnderstand': 'false' }
  const language = { ...may, 'xml:lang': 'en-US' }
  const options = Object.entries(request.options ?? {})
  const header = element('s:Header', {}, [
    element('a:Action', must, request.action),
    element('a:MessageID', {}, `uuid:${messageId}`),
    element('a:To', {}, envelope.to),
    element('a:ReplyTo', {}, element('a:Address', must, names.anonymous)),
    element('w:ResourceURI', must, request.resource),
    element('w:MaxEnvelopeSize', must, String(envelope.maxEnvelopeBytes)),
    element('w:OperationTimeout', {}, duration(envelope.operationMs)),
    element('w:Locale', language),
    element('p:DataLocale', language),
    element('p:SessionId', may, `uuid:${envelope.sessionId}`),
    ...(request.shellId === undefined
      ? []
      : [element('w:SelectorSet', {}, element('w:Selector', { Name: 'ShellId' }, request.shellId))]),
    ...(options.length === 0
      ? []
      : [
          element(
            'w:OptionSet',
            must,
            options.map(([Name, value]) => element('w:Option', { Name }, value)),
          ),
        ]),
  ])
  const spaces = {
    'xmlns:s': names.soap,
    'xmlns:a': names.addressing,
    'xmlns:w': names.wsman,
    'xmlns:p': names.microsoft,
    'xmlns:rsp': names.shell,
  }
  return element('s:Envelope', spaces, [header, element('s:Body', {}, request.body)]).xml
}

/** The Identify request; it has no header. */
export function writeIdentify(): string {
  return element('s:Envelope', { 'xmlns:s': names.soap, 'xmlns:wsmid': names.identity }, [
    element('s:Header'),
    element('s:Body', {}, element('wsmid:Identify')),
  ]).xml
}

/** An answer's Body and the Fault in it, if there is one. */
export interface AnswerBody {
  readonly body: XmlElement
  readonly fault: XmlElement | undefined
}

/**
 * Reads an answer. One that relates to another message than ours is refused; a fault may leave out what it relates to
 * (seen on Windows), and so may the answer to Identify (`messageId` undefined). Throws FailureError `host`, code
 * `bad-xml` or `wrong-answer`.
 */
export function readAnswer(text: string, messageId: string | undefined): AnswerBody {
  const envelope = parseXml(text)
  const body = childOf(envelope, names.soap, 'Body')
  if (envelope.uri !== names.soap || envelope.local !== 'Envelope' || !body) throw wrongAnswer(answerText.noEnvelope)
  const fault = childOf(body, names.soap, 'Fault')
  const relatesTo = trimmed(childOf(childOf(envelope, names.soap, 'Header'), names.addressing, 'RelatesTo'))
  if (
    messageId !== undefined &&
    relatesTo?.toUpperCase() !== `UUID:${messageId}` &&
    !(relatesTo === undefined && fault)
  )
    throw wrongAnswer(answerText.relatesTo(relatesTo))
  return { body, fault }
}

/** Milliseconds as an XML duration, for example PT20S or PT0.5S. */
export function duration(ms: number): string {
  return `PT${ms / 1000}S`
}
