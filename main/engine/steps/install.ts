/**
 * Installs components: the steps run-installer and by-hand.
 * The installer runs as a job on the host: started once, followed, re-attached, never run again without a check.
 */
import { failed, type Failure } from '../../../domain/base/failure.ts'
import { JournalLine, type VerbResult } from '../../../domain/remote/verb.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { InstallerFailed, pause, type Observation, type StepContext, type StepHandler } from './handler.ts'
import { meaningOf } from './exit-code.ts'
import { observeProduct } from './product.ts'
import { installText } from './text.ts'

type Context = StepContext<'run-installer'>

export const runInstaller: StepHandler<'run-installer'> = {
  async observe(context) {
    const job = await readJob(context, context.ticket, 0, 1)
    const earlier = job.state === 'absent' ? await earlierJob(context) : undefined
    // Another process of ours may have started it: its secrets must be known before its output is written.
    if (job.state !== 'absent' || earlier) await environmentOf(context)
    switch (job.state) {
      case 'absent':
        return observeWithout(context, earlier)
      case 'starting':
      case 'running':
        return stillRuns(context, { ticket: context.ticket, job })
      case 'ended':
        return judgeEnded(context, { ticket: context.ticket, job })
      case 'lost':
        return judgeLost(context, context.ticket, job)
    }
  },
  async apply(context) {
    const { ticket } = context
    const job = await readJob(context, ticket, 0, 1)
    const earlier = job.state === 'absent' ? await earlierJob(context) : undefined
    if (earlier && runs(earlier)) {
      await tail(context, earlier.ticket)
      const ended = await readJob(context, earlier.ticket, 0, 1)
      await (ended.state === 'ended'
        ? judgeEnded(context, { ticket: earlier.ticket, job: ended })
        : judgeLost(context, earlier.ticket, ended))
      return
    }
    if (job.state === 'absent') await startJob(context)
    await tail(context, ticket)
  },
}

interface TicketedJob {
  readonly ticket: string
  readonly job: VerbResult<'Read-HostJob'>
}

/**
 * The newest job of an attempt that ended in failure; undefined where there is none.
 * The start may have failed here and not on the host: a second job must not start beside it.
 */
async function earlierJob(context: Context): Promise<TicketedJob | undefined> {
  let newest: TicketedJob | undefined
  for (const ticket of context.earlierTickets) {
    const found = { ticket, job: await readJob(context, ticket, 0, 1) }
    if (runs(found)) return found
    if (found.job.state !== 'absent') newest ??= found
  }
  return newest
}

function runs({ job }: TicketedJob): boolean {
  return job.state === 'starting' || job.state === 'running'
}

/** The state where no job of this ticket was started. */
async function observeWithout(context: Context, earlier: TicketedJob | undefined): Promise<Observation> {
  if (earlier && runs(earlier)) return stillRuns(context, earlier)
  const product = await observeProduct(context, context.work.installer.detect)
  if (earlier?.job.state !== 'ended' || earlier.job.exitCode === null || product.state !== 'satisfied') return product
  // It succeeded after we had given up: only its exit code tells whether it requires a restart.
  return meaningOf(earlier.job.exitCode, context.work.installer.exitCodes).verdict === 'failed'
    ? product
    : judgeEnded(context, earlier)
}

function stillRuns({ host }: Context, { ticket, job }: TicketedJob): Observation {
  return { state: 'partial', resumable: true, evidence: [installText.jobState(ticket, job.state, host.name)] }
}

export const byHand: StepHandler<'by-hand'> = {
  observe: (context) => observeProduct(context, context.work.installer.detect),
  apply({ work, host }) {
    const title = componentTitles[work.component]
    throw failed(
      'by-hand',
      'by-hand',
      installText.byHand(title, host.name),
      installText.byHandHint,
      'never',
      work.installer.instructions.map((line, i) => `${i + 1}. ${line}`),
    )
  },
}

function readJob({ session, signal, work }: Context, ticket: string, offset: number, maxBytes: number) {
  return session.run(
    'Read-HostJob',
    { Folder: work.jobFolder, Ticket: ticket, Offset: offset, MaxBytes: maxBytes },
    { signal },
  )
}

function fill({ work, host }: Context, text: string): string {
  return text.replaceAll('{media}', work.mediaFolder).replaceAll('{host}', host.name)
}

async function environmentOf(context: Context): Promise<Record<string, string>> {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(context.work.installer.environment))
    environment[name] = 'text' in value ? fill(context, value.text) : await context.vault.secret(value.secret)
  return environment
}

async function startJob(context: Context): Promise<void> {
  const { session, signal, work, ticket } = context
  await session.run(
    'Start-HostJob',
    {
      Folder: work.jobFolder,
      Ticket: ticket,
      File: work.remotePath,
      Arguments: work.installer.arguments.map((text) => fill(context, text)),
      Environment: await environmentOf(context),
      TimeoutSeconds: work.installer.timeoutMinutes * 60,
    },
    { signal, timeoutMs: 120_000 },
  )
}

const chunkBytes = 256 * 1024

async function tail(context: Context, ticket: string): Promise<void> {
  let offset = 0
  for (let quiet = 0; ; quiet++) {
    const job = await readJob(context, ticket, offset, chunkBytes)
    if (job.offset > offset) quiet = 0
    offset = job.offset
    report(context, job.journal)
    const more = job.journal.length > 0
    if (!more && (job.state === 'ended' || job.state === 'lost' || job.state === 'absent')) return
    if (!more) await pause(context, Math.min(5_000, 500 * 2 ** quiet))
  }
}

function report(context: Context, journal: string): void {
  if (journal === '') return
  for (const line of Buffer.from(journal, 'base64').toString('utf8').split('\n')) {
    if (line.trim() === '') continue
    const entry = parseLine(line)
    const text = entry?.kind === 'progress' ? `${entry.text} %` : (entry?.text ?? line)
    context.output({ stream: entry?.kind === 'error' ? 'error' : 'output', text: `${text}\n` })
  }
}

function parseLine(line: string): JournalLine | undefined {
  try {
    return JournalLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

async function judgeEnded(context: Context, { ticket, job }: TicketedJob): Promise<Observation> {
  const { work, host } = context
  const title = componentTitles[work.component]
  const lost = typeof job.journalLost === 'string' ? [installText.outputLost(job.journalLost)] : []
  if (job.exitCode === null)
    throw failed(
      'installer',
      'installer-not-run',
      installText.notRun(title, host.name, job.error),
      installText.notRunHint,
      'never',
      [...(job.error === null ? [] : [job.error]), ...lost],
    )
  const meaning = meaningOf(job.exitCode, work.installer.exitCodes)
  const { exitCode } = job
  const ended = installText.ended(title, exitCode, meaning.text)
  const failure = (code: string, message: string, hint: string, retry: Failure['retry'], evidence: string[]) =>
    new InstallerFailed(failed('installer', code, message, hint, retry, evidence).failure, exitCode)
  if (meaning.verdict === 'failed')
    throw failure(`exit-${exitCode}`, ended, meaning.hint, meaning.retry, [
      `exit code ${exitCode}`,
      `job ${ticket}`,
      ...lost,
    ])
  const product = await observeProduct(context, work.installer.detect)
  if (product.state !== 'satisfied' && meaning.verdict === 'rebooting')
    return {
      state: 'satisfied',
      evidence: [ended, installText.checkedAfterRestart, ...lost],
      rebootWanted: true,
      exitCode,
      ...bootOf(job),
    }
  if (product.state !== 'satisfied') {
    throw failure(
      'not-detected',
      installText.notDetected(ended, title, host.name),
      installText.notDetectedHint,
      'never',
      [...product.evidence, ...lost],
    )
  }
  return {
    state: 'satisfied',
    evidence: [ended, ...product.evidence, ...lost],
    rebootWanted: meaning.verdict !== 'done',
    exitCode,
    ...bootOf(job),
  }
}

async function judgeLost(context: Context, ticket: string, job: VerbResult<'Read-HostJob'>): Promise<Observation> {
  const { work, host } = context
  const product = await observeProduct(context, work.installer.detect)
  const lost = installText.lost(ticket)
  if (product.state === 'satisfied')
    return {
      state: 'satisfied',
      evidence: [lost, installText.detected, ...product.evidence],
      ...bootOf(job),
    }
  throw failed(
    'uncertain',
    'installer-lost',
    installText.uncertain(componentTitles[work.component], host.name),
    installText.uncertainHint,
    'never',
    [lost, ...product.evidence],
  )
}

function bootOf(job: VerbResult<'Read-HostJob'>) {
  return job.bootId === null ? {} : { learned: { bootId: job.bootId } }
}
