/**
 * `npm run test:host -- ssh://user@host[:port]`, and winrm:// and winrms:// likewise: the behavioural suites against an
 * owner's host (rung 4). Read-only parts run first, then harmless changes in a folder, a service, registry keys and
 * firewall rules of the suite's own, all undone; then a report of what differed.
 */
import { randomBytes } from 'node:crypto'
import { FailureError } from '../../domain/base/failure.ts'
import { stepChapters } from '../suites/steps/chapters.ts'
import { everyChapter, suiteChapters } from '../suites/transport/chapters.ts'
import { ask, type HostUnderTest, type SuitePart } from '../suites/transport/host-under-test.ts'
import { ownAddressTo } from './own-address.ts'
import { fullPathOf } from './remote-path.ts'
import { countsOf, runChapter, writeReport, type HostReport } from './report.ts'
import { stepsOnHost } from './steps-on-host.ts'
import { targetOf, type Target } from './target.ts'
import { undo, windowsParts } from './windows-parts.ts'

process.exitCode = await main()

async function main(): Promise<number> {
  const target = await targetOf(process.argv.slice(2))
  if (typeof target === 'string') {
    console.error(target)
    return 3
  }
  const { reach } = target.host
  const report: HostReport = {
    format: 'exekra-rollout-host-report',
    version: 1,
    at: new Date().toISOString(),
    reach: {
      kind: reach.kind,
      ...('tls' in reach ? { tls: reach.tls } : {}),
      ...('auth' in reach ? { auth: reach.auth } : {}),
    },
    workstation: { platform: process.platform, node: process.version },
    chapters: [],
    left: [],
  }
  try {
    return await askAll(target, report)
  } finally {
    if (target.report !== undefined) {
      writeReport(target.report, report)
      console.log(`The report is in ${target.report}.`)
    }
    const { passed, differs, leftOut } = countsOf(report)
    if (report.facts) console.log(`\n${passed} passed, ${differs} failed, ${leftOut} left out`)
  }
}

async function askAll(target: Target, report: HostReport): Promise<number> {
  const { host, credential, transport, onlyLooking } = target
  const open = () => transport.open(host, credential, AbortSignal.timeout(120_000))
  let session
  try {
    session = await open()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    report.unopened = error.failure
    console.error(`${error.failure.message}\n${error.failure.hint}`)
    return 1
  }
  const facts = await ask(session, 'Get-HostFacts', {})
  report.facts = facts
  const windows = facts.os.caption.includes('Windows')
  console.log(
    `${facts.hostName}: ${facts.os.caption} ${facts.os.version}, PowerShell ${facts.powershell.version} (${facts.powershell.edition}), ${facts.administrator ? 'administrator' : 'not an administrator'}`,
  )
  const own = `ExekraRolloutSuite-${randomBytes(4).toString('hex')}`
  const workFolder = windows ? `C:\\ProgramData\\${own}` : `/tmp/${own}`
  try {
    const powershell = onlyLooking ? undefined : await fullPathOf(session, windows, workFolder, target.powershell)
    const from = await ownAddressTo(host.address)
    const under: HostUnderTest = {
      session,
      windows,
      workFolder,
      reopen: open,
      firewall: windows && facts.administrator,
      ...(from !== undefined && { reached: { address: host.address, from } }),
      ...(powershell === undefined ? {} : { powershell }),
    }
    const transportParts = (name: string, parts: readonly SuitePart[]) =>
      runChapter(
        report,
        name,
        parts,
        (part) => part.leftOut?.(under),
        (part) => part.run(under),
      )
    for (const chapter of onlyLooking ? everyChapter.slice(0, 1) : everyChapter)
      await transportParts(chapter, suiteChapters[chapter])
    if (onlyLooking) return countsOf(report).differs === 0 ? 0 : 1
    try {
      await transportParts('registry and services', windowsParts)
      if (powershell !== undefined) await askSteps(target, under, powershell, report)
    } finally {
      report.left.push(...(await leaveAsItWas(under)))
    }
  } finally {
    await session.close()
  }
  return countsOf(report).differs === 0 && report.left.length === 0 ? 0 : 1
}

/** The suite of steps: every step as a rollout makes it, over sessions of its own. */
async function askSteps(target: Target, under: HostUnderTest, powershell: string, report: HostReport): Promise<void> {
  let steps: Awaited<ReturnType<typeof stepsOnHost>> | undefined
  await runChapter(
    report,
    'steps',
    [{ name: 'finds on the host what steps are tried with' }],
    () => undefined,
    async () => {
      steps = await stepsOnHost(target, under, powershell)
    },
  )
  if (!steps) return
  const { site, help, close } = steps
  try {
    for (const [chapter, parts] of Object.entries(stepChapters))
      await runChapter(
        report,
        `steps: ${chapter}`,
        parts,
        (part) => part.leftOut?.(site),
        (part) => part.run(site, help),
      )
  } finally {
    await close()
  }
}

/** Says what could not be taken away. */
async function leaveAsItWas(host: HostUnderTest): Promise<string[]> {
  const left: string[] = []
  const root = host.workFolder.replace(/[\\/][^\\/]*$/, '')
  try {
    const session = await host.reopen()
    left.push(...(await undo({ ...host, session })))
    await ask(session, 'Remove-WorkFolder', { Root: root, Path: host.workFolder })
    await session.close()
  } catch (error) {
    left.push(`${host.workFolder}: ${error instanceof Error ? error.message : String(error)}`)
  }
  console.log(left.length === 0 ? '\nEverything was taken away again.' : `\nNot taken away: ${left.join('; ')}`)
  return left
}
