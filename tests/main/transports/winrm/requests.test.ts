/** Requests that no recording shows, against MS-WSMV: Identify, and the options of Create and Command. */
import { describe, expect, test } from 'vitest'
import { standardLimits } from '../../../../main/transports/winrm/limits.ts'
import { createClient } from '../../../../main/transports/winrm/wsmv/client.ts'
import { duration } from '../../../../main/transports/winrm/wsmv/envelope.ts'
import * as names from '../../../../main/transports/winrm/wsmv/names.ts'
import { commandRequest, createRequest } from '../../../../main/transports/winrm/wsmv/operations.ts'
import { parseXml } from '../../../../main/transports/winrm/wsmv/xml.ts'
import { element } from '../../../../main/transports/winrm/wsmv/xml-writer.ts'

const bodyOf = (request: { readonly body: readonly { readonly xml: string }[] }) =>
  parseXml(element('x', { 'xmlns:rsp': names.shell }, request.body).xml).children[0]

describe('requests', () => {
  test('Identify has no header, and asks in the namespace that hosts answer in', async () => {
    const asked: string[] = []
    const body = `<s:Envelope xmlns:s="${names.soap}"><s:Header/><s:Body><i:IdentifyResponse xmlns:i="${names.identity}"><i:ProductVendor>Microsoft Corporation</i:ProductVendor><i:ProductVersion>OS: 10.0.20348 SP: 0.0 Stack: 3.0</i:ProductVersion></i:IdentifyResponse></s:Body></s:Envelope>`
    const connection = {
      send: (soap: string) => {
        asked.push(soap)
        return Promise.resolve({ status: 200, body })
      },
      close: () => undefined,
    }
    const client = createClient({
      peer: { name: 'H1', address: 'fe80::1', port: 5985 },
      tls: false,
      limits: standardLimits,
      open: () => Promise.resolve(connection),
      sleep: () => Promise.resolve(),
    })
    expect(await client.identify(new AbortController().signal)).toEqual({
      vendor: 'Microsoft Corporation',
      version: 'OS: 10.0.20348 SP: 0.0 Stack: 3.0',
    })
    expect(asked).toEqual([
      `<s:Envelope xmlns:s="${names.soap}" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>`,
    ])
    expect(names.identity).toBe('http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd')
  })

  test('a shell bears every option, its elements in the order of the recordings', () => {
    const request = createRequest({
      shellId: 'A-1',
      environment: { A: '1', B: '<2>' },
      idleMs: 60_000,
      lifetimeMs: 1_500,
      name: 'rollout',
      workingDirectory: 'C:\\Work & more',
      codePage: 65001,
      noProfile: true,
    })
    expect(request.options).toEqual({ WINRS_NOPROFILE: 'TRUE', WINRS_CODEPAGE: '65001' })
    const shell = bodyOf(request)
    expect(shell?.attributes).toEqual([{ uri: '', local: 'ShellId', value: 'A-1' }])
    expect(
      shell?.children.map(({ local, text, children }) => [
        local,
        children.length > 0 ? children.map((one) => `${one.attributes[0]?.value}=${one.text}`) : text,
      ]),
    ).toEqual([
      ['InputStreams', 'stdin'],
      ['OutputStreams', 'stdout stderr'],
      ['Environment', ['A=1', 'B=<2>']],
      ['IdleTimeOut', 'PT60S'],
      ['Lifetime', 'PT1.5S'],
      ['Name', 'rollout'],
      ['WorkingDirectory', 'C:\\Work & more'],
    ])
  })

  test('a command says how it is started and what its standard input is', () => {
    const request = commandRequest('S', {
      commandId: 'C-1',
      program: 'powershell.exe',
      arguments: ['-A', 'b c'],
      skipCmdShell: false,
      consoleInput: false,
    })
    expect(request).toMatchObject({
      shellId: 'S',
      options: { WINRS_CONSOLEMODE_STDIN: 'FALSE', WINRS_SKIP_CMD_SHELL: 'FALSE' },
    })
    expect(bodyOf(request)).toMatchObject({
      attributes: [{ local: 'CommandId', value: 'C-1' }],
      children: [{ text: 'powershell.exe' }, { text: '-A' }, { text: 'b c' }],
    })
  })

  test('times are written as XML durations', () => {
    expect([20_000, 500, 1].map(duration)).toEqual(['PT20S', 'PT0.5S', 'PT0.001S'])
  })
})
