/** The faults of WS-Management: each known number has its text and handling, and each form a host writes is read. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FaultError, readFault } from '../../../../main/transports/winrm/wsmv/faults.ts'
import { faultMeanings } from '../../../../main/transports/winrm/wsmv/text.ts'
import { readAnswer } from '../../../../main/transports/winrm/wsmv/envelope.ts'
import { recordings } from './recordings.ts'

function faultIn(file: string, fill: (text: string) => string = (text) => text) {
  const { fault } = readAnswer(fill(readFileSync(join(recordings, 'WinRb/responses', file), 'utf8')), undefined)
  if (!fault) throw new Error(`${file} has no fault`)
  return readFault(fault)
}

describe('faults', () => {
  test('every published number is known, by the handling proposed for it', () => {
    const { codes } = JSON.parse(readFileSync(join(recordings, 'wsman-fault-codes.json'), 'utf8')) as {
      codes: Record<string, { name: string }>
    }
    expect(Object.keys(codes).map(Number).toSorted()).toEqual(Object.keys(faultMeanings).map(Number).toSorted())
    for (const [code, { name }] of Object.entries(codes))
      if (name.includes('QUOTA')) expect(['back-off', 'reopen'], name).toContain(faultMeanings[Number(code)]?.action)
  })

  test('what passes by itself is tried again, and a person is asked about the rest only', () => {
    const handled = (codes: readonly number[]) =>
      codes.map((code) => {
        const { action, failure } = new FaultError('H1', { code, text: '' })
        return `${code} ${action}: ${failure.kind}, ${failure.retry}`
      })
    const all = Object.keys(faultMeanings).map(Number)
    const expected = {
      // No output yet.
      2150858793: 'again: host, backoff',
      // The shell or its command is gone: a new one is opened.
      995: 'reopen: link, backoff',
      2147943418: 'reopen: link, backoff',
      2150858843: 'reopen: link, backoff',
      2150859174: 'reopen: link, backoff',
      2150859230: 'reopen: link, backoff',
      2150859240: 'reopen: link, backoff',
      2150859241: 'reopen: link, backoff',
      // A quota: there may be room later.
      2150859173: 'back-off: host, backoff',
      2150859175: 'back-off: host, backoff',
      2150859176: 'back-off: host, backoff',
      2150859179: 'back-off: host, backoff',
      2150859236: 'back-off: host, backoff',
      2150859237: 'back-off: host, backoff',
      2150859238: 'back-off: host, backoff',
      2150859239: 'back-off: host, backoff',
      // Only a person can help.
      5: 'report: credential, never',
      1326: 'report: credential, never',
      2150858806: 'report: credential, never',
      2147942402: 'report: host, never',
      2150858811: 'report: host, never',
      2150859180: 'report: host, never',
      // A mistake of ours.
      87: 'report: bug, never',
      2147942606: 'report: bug, never',
      2150858767: 'report: bug, never',
      2150858790: 'report: bug, never',
      2150858817: 'report: bug, never',
      2150858825: 'report: bug, never',
    }
    expect(handled(all).toSorted()).toEqual(
      Object.entries(expected)
        .map(([code, handling]) => `${code} ${handling}`)
        .toSorted(),
    )
  })

  test('each is one sentence about the host and one about what to do', () => {
    for (const code of Object.keys(faultMeanings).map(Number)) {
      const { failure } = new FaultError('RUN001 (10.0.0.1:5985)', { code, text: 'what Windows said' })
      expect(failure.message).toMatch(/^RUN001 \(10\.0\.0\.1:5985\) [a-z][^!]* \(fault \d+\)\.$/)
      expect(failure.hint).toMatch(/^[A-Z][^!]*\.$/)
      expect(failure.evidence).toEqual(['what Windows said'])
    }
  })

  test('a number nobody knows, or none, is reported with what the host said', () => {
    expect(new FaultError('H1', { code: 4711, text: 'Nanu' }).failure).toMatchObject({
      kind: 'host',
      code: 'wsman-4711',
      retry: 'never',
      evidence: ['Nanu'],
    })
    expect(new FaultError('H1', { code: undefined, text: '' }).failure).toMatchObject({
      code: 'wsman-fault',
      evidence: [],
    })
  })

  test('rung 2: the number in WSManFault, with what the provider behind it said', () => {
    for (const file of ['soap_fault_v1.xml', 'soap_fault_v2.xml'])
      expect(faultIn(file)).toMatchObject({
        code: 2150858778,
        text: expect.stringContaining('specified class does not exist') as string,
      })
  })

  test('rung 2: the number in MSFT_WmiError, as newer hosts write their quotas', () => {
    const fault = faultIn('wmi_error_v2.xml')
    expect(fault).toMatchObject({
      code: 2150859173,
      text: expect.stringContaining('maximum number of 30 concurrent shells') as string,
    })
    expect(new FaultError('H1', fault).action).toBe('back-off')
  })

  test('rung 2: no number at all, as OMI writes them; its time-out by the subcode', () => {
    expect(faultIn('soap_fault_omi.xml')).toEqual({
      code: undefined,
      text: 'get-instance: instance name parameter is missing',
    })
    expect(faultIn('soap_fault_omi.xml', (text) => text.replace('wsman:InternalError', 'wsman:TimedOut')).code).toBe(
      2150858793,
    )
  })
})
