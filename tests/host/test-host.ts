/**
 * `npm run test:host -- ssh://user@host[:port]`, and winrm:// and winrms:// likewise: the behavioural suite against an
 * owner's host (rung 4). Read-only parts run first, then harmless changes in a folder, a service, a registry key and a
 * firewall rule of the suite's own, all undone; then a report of what differed.
 */
import { randomBytes } from 'node:crypto'
import { FailureError } from '../../domain/base/failure.ts'
import { everyChapter, suiteChapters } from '../suites/transport/chapters.ts'
import { ask, type HostUnderTest, type SuitePart } from '../suites/transport/host-under-test.ts'
import { targetOf } from './target.ts'
import { undo, windowsParts } from './windows-parts.ts'

interface Tally {
  passed: number
  failed: number
  leftOut: number
}

process.exitCode = await main()

async function main(): Promise<number> {
  const target = await targetOf(process.argv.slice(2))
  if (typeof target === 'string') {
    console.error(target)
    return 3
  }
  const { host, credential, transport, onlyLooking } = target
  const open = () => transport.open(host, credential, AbortSignal.timeout(120_000))
  let session
  try {
    session = await open()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    console.error(`${error.failure.message}\n${error.failure.hint}`)
    return 1
  }
  const facts = await ask(session, 'Get-HostFacts', {})
  const windows = facts.os.caption.includes('Windows')
  console.log(
    `${facts.hostName}: ${facts.os.caption} ${facts.os.version}, PowerShell ${facts.powershell.version} (${facts.powershell.edition}), ${facts.administrator ? 'administrator' : 'not an administrator'}`,
  )
  const own = `ExekraRolloutSuite-${randomBytes(4).toString('hex')}`
  const under: HostUnderTest = {
    session,
    windows,
    workFolder: windows ? `C:\\ProgramData\\${own}` : `/tmp/${own}`,
    reopen: open,
    firewall: windows && facts.administrator,
    ...(windows ? { powershell: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe' } : {}),
  }
  const tally: Tally = { passed: 0, failed: 0, leftOut: 0 }
  try {
    for (const chapter of onlyLooking ? everyChapter.slice(0, 1) : everyChapter)
      await runChapter(chapter, suiteChapters[chapter], under, tally)
    if (!onlyLooking) await runChapter('registry and services', windowsParts, under, tally)
  } finally {
    if (!onlyLooking) await leaveAsItWas(under)
    await session.close()
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.leftOut} left out`)
  return tally.failed === 0 ? 0 : 1
}

async function runChapter(name: string, parts: readonly SuitePart[], host: HostUnderTest, tally: Tally): Promise<void> {
  console.log(`\n${name}`)
  for (const part of parts) {
    const reason = part.leftOut?.(host)
    if (reason !== undefined) {
      tally.leftOut++
      console.log(`  -     ${part.name} (left out: ${reason})`)
      continue
    }
    const start = performance.now()
    try {
      await part.run(host)
      tally.passed++
      console.log(`  pass  ${part.name}, ${Math.round(performance.now() - start)} ms`)
    } catch (error) {
      tally.failed++
      console.log(`  DIFFERS  ${part.name}`)
      const text =
        error instanceof FailureError
          ? `${error.failure.code}: ${error.failure.message}\n${error.failure.evidence.join('\n')}`
          : error instanceof Error
            ? error.message
            : String(error)
      for (const line of text.split('\n').slice(0, 20)) console.log(`           ${line}`)
    }
  }
}

async function leaveAsItWas(host: HostUnderTest): Promise<void> {
  const session = await host.reopen()
  const left = await undo({ ...host, session })
  const root = host.workFolder.replace(/[\\/][^\\/]*$/, '')
  try {
    await ask(session, 'Remove-WorkFolder', { Root: root, Path: host.workFolder })
  } catch (error) {
    left.push(`${host.workFolder}: ${error instanceof Error ? error.message : String(error)}`)
  }
  await session.close()
  console.log(left.length === 0 ? '\nEverything was taken away again.' : `\nNot taken away: ${left.join('; ')}`)
}
