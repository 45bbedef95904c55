/** The acceptance summary says exactly what the log says, and nothing that people wrote becomes markup. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '../../../../domain/contract/api.ts'
import { mostEvidenceBytes } from '../../../../domain/run/confirmation.ts'
import { dossierDocument } from '../../../../domain/acceptance/dossier-document.ts'
import type { DossierContent } from '../../../../domain/acceptance/dossier.ts'
import { DossierV2 } from '../../../../domain/acceptance/dossier-version-2.ts'
import { alikePlacements, verdictOf, wordedDossier } from '../../../../domain/acceptance/dossier-words.ts'
import { dossierOf, type DossierInput } from '../../../../domain/acceptance/dossier-of.ts'
import { Waiver } from '../../../../domain/checks/waiver.ts'
import type { Event } from '../../../../domain/run/event.ts'
import { createAppService } from '../../../../main/app/service/app-service.ts'
import { windowVault } from '../../../../main/app/service/vault.ts'
import { writeDossier } from '../../../../main/documents/dossier.ts'

/** A practice run to its end: a failed installer decided, a restart, gates opened with a reason. */
async function practiceRun(): Promise<{
  readonly input: DossierInput
  readonly written: { readonly json: string; readonly html: string }
  readonly audit: number
  readonly sealed: string
}> {
  const dir = mkdtempSync(join(tmpdir(), 'dossier-'))
  const service = createAppService({
    dbFile: join(dir, 'rollout.db'),
    by: 'anna@ws',
    vault: windowVault(join(dir, 'vault.json')),
    dataFolder: join(dir, 'data'),
    version: '0',
    pollMs: 10,
  })
  const { api, hub } = service
  try {
    const { planId, revision, plan } = await api['practice.make']({
      layout: 'enterprise',
      runners: 2,
      studios: 1,
      virtual: true,
      seed: 1,
      speed: 20,
      faults: ['exit-3010@RUN001', 'exit-1603@RUN002'],
    })
    const of = { planId, revision: revision.revision }
    const checked = contract['plan.check'].out.parse(await api['plan.check']({ document: plan, folder: null, of }))
    const warning = checked.ok ? checked.findings.find(({ severity }) => severity === 'warn') : undefined
    if (!warning) throw new Error('the practice plan has no warning to accept')
    await api['plan.waive']({ ...of, check: warning.check, subject: warning.subject, reason: 'known & <agreed>' })
    await api['plan.lock']({ ...of, hash: revision.hash })
    const word = (who: string, verdict: 'approved' | 'withdrawn') =>
      api['plan.approve']({ ...of, hash: revision.hash, verdict, who, of: 'plan', why: 'letter of <May>' })
    await word('Olga', 'approved')
    await word('Pete', 'approved')
    await word('Pete', 'withdrawn')
    const { runId } = await api['run.start']({ ...of, folder: null })
    expect(await api['dossier.read']({ runId })).toEqual({ dossier: null })
    await expect(api['dossier.write']({ runId, format: 'json', everyStep: false })).rejects.toMatchObject({
      failure: { code: 'run-unfinished' },
    })
    const asked: Promise<unknown>[] = []
    // Each wrong way first: none of them may open the gate.
    async function openWithEvidence(run: string): Promise<void> {
      const gate = (await api['run.read']({ runId: run })).graph.stages.find((stage) => stage.name === 'studio')?.gate
      if (!gate) throw new Error('there is no such gate')
      const put = (name: string, text: string) =>
        api['evidence.put']({ runId: run, name, base64: Buffer.from(text).toString('base64') })
      await expect(put('empty.txt', '')).rejects.toMatchObject({ failure: { code: 'file-empty' } })
      await expect(put('large.bin', 'x'.repeat(mostEvidenceBytes + 1))).rejects.toMatchObject({
        failure: { code: 'file-too-large' },
      })
      await expect(api['evidence.put']({ runId: run, name: 'cut.bin', base64: 'AAE' })).rejects.toMatchObject({
        failure: { code: 'bad-input' },
      })
      const [kept, slip] = [await put('activation <1>.txt', 'licence is active'), await put('slip.txt', 'wrong file')]
      await api['evidence.remove']({ runId: run, sha256: slip.sha256 })
      const confirmed = (files: readonly (typeof kept)[]) =>
        gate.checklist.map((item, i) => ({
          item,
          at: 1_000 + i,
          note: i === 0 ? 'seen twice' : '',
          files: i === 0 ? [...files] : [],
        }))
      const open = (with_: ReturnType<typeof confirmed>) =>
        api['run.openGate']({ runId: run, gate: gate.id, why: 'looked at it', confirmed: with_ })
      await expect(open(confirmed([slip]))).rejects.toMatchObject({ failure: { code: 'unknown-evidence' } })
      await expect(open(confirmed([{ ...kept, size: 1 }]))).rejects.toMatchObject({
        failure: { code: 'unknown-evidence' },
      })
      await expect(open(confirmed([kept]).slice(1))).rejects.toMatchObject({
        failure: { message: '1 item of the checklist is not confirmed.' },
      })
      await expect(
        open([...confirmed([kept]), { item: 'Made up.', at: 1, note: '', files: [] }]),
      ).rejects.toMatchObject({ failure: { code: 'refused' } })
      await open(confirmed([kept]))
      await expect(api['evidence.remove']({ runId: run, sha256: kept.sha256 })).rejects.toMatchObject({
        failure: { code: 'refused' },
      })
      expect(
        Buffer.from((await api['evidence.read']({ runId: run, sha256: kept.sha256 })).base64, 'base64').toString(),
      ).toBe('licence is active')
      await expect(api['evidence.read']({ runId: run, sha256: slip.sha256 })).rejects.toMatchObject({
        failure: { code: 'unknown-evidence' },
      })
    }
    await new Promise<void>((ended) => {
      hub.subscribe(runId, 0, (frame) => {
        if (frame.kind !== 'events') return
        for (const event of frame.events) {
          if (event.type === 'gate.raised')
            asked.push(
              event.gate === 'gate:studio'
                ? openWithEvidence(runId)
                : api['run.openGate']({ runId, gate: event.gate, why: 'looked at it', confirmed: [] }),
            )
          if (event.type === 'step.failed' && event.failure.retry === 'never')
            asked.push(api['run.decide']({ runId, steps: [event.step], choice: 'retry', why: 'disk was full' }))
          if (event.type === 'run.finished') ended()
        }
      })
    })
    await Promise.all(asked)
    const { summary, graph, plan: ran } = contract['run.read'].out.parse(await api['run.read']({ runId }))
    const { events } = contract['run.events'].out.parse(await api['run.events']({ runId, after: 0, limit: 5000 }))
    const { dossier } = await api['dossier.read']({ runId })
    const { revisions } = await api['plan.revisions']({ planId })
    const locked = revisions.at(-1)
    if (!dossier || !locked) throw new Error('there is no summary')
    const { rows } = await api['audit.read']({ limit: 500 })
    expect(rows.map(({ action }) => action).reverse()).toEqual(
      expect.arrayContaining(['waiver.granted', 'plan.locked', 'run.created', 'gate.opened', 'decision.made']),
    )
    const input: DossierInput = {
      plan: ran,
      graph,
      events,
      waivers: dossier.waivers.map((waiver) => Waiver.parse(waiver)),
      approvals: dossier.approvals ?? [],
      of: {
        id: planId,
        revision: locked.revision,
        hash: locked.hash,
        lockedBy: locked.changedBy,
        lockedAt: locked.changedAt,
      },
      run: { id: runId, graphHash: summary.graphHash },
      audit: dossier.audit,
    }
    // Only who approved before the run began has approved this run, also where the word is taken back after it.
    expect(dossier.approvals?.map(({ who, verdict }) => [who, verdict])).toEqual([['Olga', 'approved']])
    await word('Olga', 'withdrawn')
    await word('Late', 'approved')
    expect((await api['dossier.read']({ runId })).dossier?.sealed).toEqual(dossier.sealed)
    // Signed for what was seen and for nothing else, once each; a line for paper may go again, a signature stays.
    const { sha256 } = dossier.sealed
    const sign = (name: string, here: boolean, seen = sha256) =>
      api['dossier.sign']({ runId, name, role: 'Operator', seen, here })
    await expect(sign('Anna <b>', true, 'f'.repeat(64))).rejects.toMatchObject({ failure: { code: 'summary-changed' } })
    const { dossier: signed } = await sign('Anna <b>', true)
    expect(signed.sealed.sha256).toBe(sha256)
    await expect(sign('Anna <b>', false)).rejects.toMatchObject({ failure: { code: 'signed-already' } })
    await sign('Slip', false)
    await api['dossier.removeLine']({ runId, number: 2 })
    await expect(api['dossier.removeLine']({ runId, number: 1 })).rejects.toMatchObject({
      failure: { code: 'signed-already' },
    })
    await sign('Ben', false)
    expect((await api['audit.read']({ limit: 1 })).rows[0]).toMatchObject({
      action: 'dossier.signed',
      subject: `${runId} SHA-256 ${sha256}`,
      why: 'Anna <b>, Operator',
    })
    const [json, html] = [
      await api['dossier.write']({ runId, format: 'json', everyStep: false }),
      await api['dossier.write']({ runId, format: 'html', everyStep: false }),
    ]
    return { input, written: { json: json.text, html: html.text }, audit: rows.length, sealed: dossier.sealed.sha256 }
  } finally {
    await service.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

interface Summary {
  readonly run: Awaited<ReturnType<typeof practiceRun>>
  readonly dossier: DossierV2
  readonly content: DossierContent
}

async function summaryOfRun(): Promise<Summary> {
  const run = await practiceRun()
  const content = dossierOf(run.input)
  if (!content) throw new Error('the run is not over')
  return { run, content, dossier: DossierV2.parse(JSON.parse(run.written.json)) }
}

// Made by whichever test comes first, not in a hook: a failure of a hook shows as tests that were skipped.
let made: Promise<Summary> | undefined
const summary = () => (made ??= summaryOfRun())

describe('rung 1: the acceptance summary of a practice run', { timeout: 60_000 }, () => {
  test('tells what was built, with what was seen on the host', async () => {
    const { run, dossier } = await summary()
    expect(dossier.run.outcome).toBe('accepted')
    expect(dossier.placements).toHaveLength(run.input.plan.placements.length)
    expect(dossier.placements.filter(({ match }) => match !== 'yes')).toEqual([])
    const hub = dossier.placements.find(({ component }) => component === 'hub')
    expect(hub?.evidence.join(' ')).toMatch(/Installed programs list .*answers/)
    expect(verdictOf(dossier)).toBe('Accepted with 1 waiver')
    expect(dossier.steps.total).toBe(run.input.graph.steps.length)
    const count = (outcome: DossierV2['everyStep'][number]['outcome']) =>
      dossier.everyStep.filter((step) => step.outcome === outcome).length
    expect(dossier.steps).toEqual({
      total: dossier.everyStep.length,
      changed: count('changed'),
      unchanged: count('unchanged'),
      nothingToDo: count('nothing-to-do'),
      skippedByPerson: 0,
      notDone: 0,
    })
    expect(alikePlacements(wordedDossier(dossier).placements).reduce((sum, row) => sum + row.hosts.length, 0)).toBe(
      dossier.placements.length,
    )
  })
  test('tells exit codes of every attempt, hashes as they were on the hosts, decisions and gates with who and why', async () => {
    const { run, dossier, content } = await summary()
    expect(
      dossier.installers.filter(({ host }) => host === 'RUN002').map(({ attempt, exitCode }) => [attempt, exitCode]),
    ).toEqual([
      [1, 1603],
      [2, 0],
    ])
    expect(dossier.installers.find(({ host }) => host === 'RUN001')?.exitCode).toBe(3010)
    expect(dossier.decisions).toMatchObject([
      {
        host: 'RUN002',
        choice: 'retry',
        by: 'anna@ws',
        why: 'disk was full',
        after: { code: 'exit-1603', message: expect.stringContaining('1603') as string },
      },
    ])
    expect(dossier.gates).toHaveLength(run.input.graph.stages.filter(({ gate }) => gate).length)
    for (const gate of dossier.gates) expect(gate).toMatchObject({ by: 'anna@ws', why: 'looked at it' })
    const planned = Object.values(run.input.plan.installers).flatMap((installer) =>
      installer.mode === 'unattended' ? [installer.artefact.sha256] : [],
    )
    expect(dossier.media.map(({ sha256 }) => sha256).sort()).toEqual(planned.sort())
    expect(content.audit?.rows).toBe(run.audit)
  })
  test('takes exit codes and hashes from fields: no sentence of the log is read', async () => {
    const { run, dossier } = await summary()
    const reworded = run.input.events.map((event): Event => {
      if (event.type === 'step.observed') return { ...event, evidence: event.evidence.map(() => 'Reworded.') }
      if (event.type === 'step.failed') return { ...event, failure: { ...event.failure, message: 'Reworded.' } }
      return event
    })
    const made = dossierOf({ ...run.input, events: reworded })
    const codes = ({ installers }: Pick<DossierContent, 'installers'>) => installers.map(({ exitCode }) => exitCode)
    expect(made && codes(made)).toEqual(codes(dossier))
    expect(codes(dossier).toSorted()).toEqual([0, 0, 0, 0, 0, 1603, 3010])
    expect(made?.media.map(({ sha256 }) => sha256)).toEqual(dossier.media.map(({ sha256 }) => sha256))
  })
  test('names the files that were given at a gate, with size and hash, beside the item they show', async () => {
    const { run, dossier } = await summary()
    const gate = dossier.gates.find(({ confirmed }) => confirmed.length > 0)
    expect(gate?.confirmed.map(({ item }) => item)).toEqual(gate?.checklist)
    const [file] = gate?.confirmed[0]?.files ?? []
    expect(file).toEqual({
      name: 'activation <1>.txt',
      size: 17,
      sha256: createHash('sha256').update('licence is active').digest('hex'),
    })
    expect(run.written.html).toContain(`Evidence: activation &#60;1&#62;.txt, 17 bytes, SHA-256 ${file?.sha256 ?? ''}`)
    expect(run.written.html).toContain('seen twice')
  })
  test('is the same for the same log, and none while the run is not over', async () => {
    const { run, dossier, content } = await summary()
    expect(dossierOf(run.input)).toEqual(content)
    const { sealed: _, audit: __, ...written } = dossier
    const { audit: ___, ...made } = content
    expect(written).toEqual(made)
    expect(dossierOf({ ...run.input, events: run.input.events.slice(0, -1) })).toBeNull()
  })
  test('is sealed by a hash that anybody can make of the file, and says who signed and who will on paper', async () => {
    const { run, dossier } = await summary()
    const { sealed, audit: _, ...rest } = JSON.parse(run.written.json) as Record<string, unknown> & { sealed: unknown }
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, one]) => [key, sorted(one)]),
            )
          : value
    expect(
      createHash('sha256')
        .update(JSON.stringify(sorted(rest)))
        .digest('hex'),
    ).toBe(run.sealed)
    expect(sealed).toMatchObject({
      sha256: run.sealed,
      signatures: [
        { number: 1, name: 'Anna <b>', by: 'anna@ws' },
        { name: 'Ben', signedAt: null },
      ],
    })
    expect(run.written.html).toContain(run.sealed)
    expect(run.written.html).not.toContain('Draft')
    const paper = (signatures: DossierV2['sealed']['signatures'], sha256 = run.sealed) =>
      dossierDocument({ ...dossier, sealed: { sha256, signatures } }, String, true)
    const [anna, ben] = dossier.sealed.signatures
    if (!anna || !ben) throw new Error('nobody signed')
    expect([paper([]).draft, paper([ben]).draft, paper([anna]).draft]).toEqual([true, true, false])
    expect(paper([anna], 'f'.repeat(64)).sections.at(-1)?.rows[0]?.[2]).toMatchObject({
      text: 'Signed another version',
      mark: 'attention',
    })
    expect(paper([ben]).sections.at(-1)?.rows[0]?.slice(2)).toEqual([
      { text: '', line: true },
      { text: '', line: true },
    ])
  })
  test('tells a host that was left out as an exception', async () => {
    const { run } = await summary()
    const { events } = run.input
    const failure = events.findIndex((event) => event.type === 'step.failed' && event.step.includes('RUN002'))
    const at = events[failure]
    if (at?.type !== 'step.failed') throw new Error('no failure in the log')
    const left: Event[] = [
      ...events.slice(0, failure + 1),
      {
        type: 'decision.made',
        step: at.step,
        choice: 'exclude',
        by: 'ben@ws',
        why: 'broken',
        seq: failure + 2,
        at: at.at,
      },
      { type: 'run.finished', outcome: 'accepted-with-exceptions', seq: failure + 3, at: at.at + 1 },
    ]
    const made = dossierOf({ ...run.input, events: left })
    expect(made?.placements.find(({ host }) => host === 'RUN002')).toMatchObject({
      match: 'exception',
      excluded: { by: 'ben@ws', why: 'broken' },
    })
    expect(made?.hosts.find(({ host }) => host === 'RUN002')?.excluded).toEqual({ by: 'ben@ws', why: 'broken' })
    expect(made && verdictOf(made)).toBe('Accepted with exceptions and 1 waiver')
  })
  test('as HTML is what the page shows, with the steps or without, and numbers its parts alike; JSON is whole', async () => {
    const { dossier } = await summary()
    expect(dossier.everyStep.length).toBeGreaterThan(0)
    for (const everyStep of [false, true]) {
      const shown = dossierDocument(dossier, String, everyStep).sections.map(({ title }, i) => `${i + 1} ${title}`)
      expect(shown.some((title) => title.endsWith('Every step'))).toBe(everyStep)
      expect(
        [...writeDossier(dossier, 'html', everyStep).text.matchAll(/<h2 id="[a-z]+">([^<]+)</g)].map(
          ([, title]) => title,
        ),
      ).toEqual(shown)
      expect(DossierV2.parse(JSON.parse(writeDossier(dossier, 'json', everyStep).text)).everyStep).toEqual(
        dossier.everyStep,
      )
    }
  })
  test('as HTML holds nothing from outside and no markup that somebody wrote', async () => {
    const { run, dossier } = await summary()
    expect(run.written.html).toContain('known &#38; &#60;agreed&#62;')
    expect(run.written.html).not.toContain('<agreed>')
    expect(run.written.html).not.toMatch(/<script|src=|href=/)
    const evil = writeDossier(
      { ...dossier, plan: { ...dossier.plan, name: '<img src=x onerror=alert(1)>' } },
      'html',
      true,
    ).text
    expect(evil).not.toContain('<img')
  })
})
