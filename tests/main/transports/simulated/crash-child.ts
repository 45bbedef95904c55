/**
 * The process that the crash test kills: it acts on a practice site in real time and prints each acknowledged effect.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Host } from '../../../../domain/plan/host.ts'
import { systemClock } from '../../../../main/app/workstation/clock.ts'
import { simulatedTransport } from '../../../../main/transports/simulated/transport.ts'

const [siteFile = '', round = '0'] = process.argv.slice(2)
const signal = new AbortController().signal
// Fast enough that hundreds of effects happen in a moment.
const transport = simulatedTransport({ siteFile, clock: systemClock({ speed: 1000, since: Number(process.argv[4]) }) })

async function act(name: string): Promise<void> {
  const session = await transport.open(
    Host.parse({ name, address: name, reach: { kind: 'simulated' } }),
    undefined,
    signal,
  )
  const text = readFileSync(import.meta.filename)
  const file = {
    localPath: import.meta.filename,
    remotePath: 'C:\\x.exe',
    size: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
  }
  await session.put(file, { signal })
  for (let i = 0; ; i++) {
    const path = `C:\\w\\${round}-${i}`
    await session.run('New-WorkFolder', { Path: path }, { signal })
    process.stdout.write(`folder ${name} ${path}\n`)
    const job = await session.run(
      'Start-HostJob',
      {
        Folder: path,
        Ticket: `${round}-${i}`,
        File: file.remotePath,
        Arguments: [],
        Environment: {},
        TimeoutSeconds: 10,
      },
      { signal },
    )
    if (job.started) process.stdout.write(`job ${name} ${round}-${i}\n`)
  }
}

await Promise.all(['RUN001', 'RUN002', 'RUN003'].map(act))
