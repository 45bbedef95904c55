/** What a host without PowerShell says in its own way is one failure; what a PowerShell that does not start says, another. Rung 1: a channel that the test holds. */
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { powershellOver } from '../../../../main/transports/ssh/exec-channel.ts'
import type { Link } from '../../../../main/transports/ssh/link.ts'
import { failureOf, patient } from './reach.ts'

/** A channel of a link on which the program ends at once, as the test says. */
function endsWith(code: number | null, said: string, signal?: string) {
  const killed: string[] = []
  const channel = Object.assign(new PassThrough(), {
    stderr: new PassThrough(),
    signal: (name: string) => killed.push(name),
    close: () => killed.push('close'),
  })
  const lost = new AbortController()
  const link: Pick<Link, 'peer' | 'lost' | 'exec' | 'during'> = {
    peer: { name: 'H1', address: '10.0.0.1', port: 22 },
    lost: lost.signal,
    exec: async () => {
      channel.stderr.end(said)
      setImmediate(() => channel.emit('exit', code, signal))
      return channel as never
    },
    during: (work) => work(),
  }
  const open = () => powershellOver(link as Link, 'powershell.exe')(patient())
  return { open, killed }
}

describe('PowerShell over SSH that ends before it is ready', () => {
  test('is missing by the code of a POSIX shell, of a batch file, or by the sentence of cmd.exe in any language', async () => {
    for (const [code, said] of [
      [127, 'sh: 1: powershell: not found'],
      [9009, ''],
      [1, 'Der Befehl "powershell.exe" ist entweder falsch geschrieben oder konnte nicht gefunden werden.'],
    ] as const) {
      const { open, killed } = endsWith(code, said)
      expect(await failureOf(open()), said).toMatchObject({ kind: 'host', code: 'no-powershell', retry: 'never' })
      expect(killed).toEqual(['KILL', 'close'])
    }
  })

  test('did not start where it says something else, with that as evidence', async () => {
    for (const [code, signal] of [
      [1, undefined],
      [null, 'SEGV'],
    ] as const) {
      const failure = await failureOf(endsWith(code, 'Not enough memory.', signal).open())
      expect(failure).toMatchObject({ kind: 'host', code: 'powershell-not-started', evidence: ['Not enough memory.'] })
    }
  })
})
