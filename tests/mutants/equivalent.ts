/** Mutants that no test can show: whoever uses Rollout meets no difference. Each says why. They are left out of the count. */

/** One such mutant. `line` is the source line it begins on, `change` is what the tool prints. */
export interface Equivalent {
  readonly file: string
  readonly line: string
  readonly change: string
  readonly why: string
}

export const equivalents: readonly Equivalent[] = [
  {
    file: 'domain/run/decide.ts',
    line: "return lane.steps[lane.cursor]?.failure?.kind !== 'by-hand'",
    change: 'lane.steps[lane.cursor]?.failure?.kind → lane.steps[lane.cursor]?.failure.kind',
    why: 'Only lanes that are being decided are asked: their next step has failed, and so has a failure.',
  },
  {
    file: 'domain/run/decide.ts',
    line: 'if (earliest > now) {',
    change: 'earliest > now → false',
    why: 'Each lane of the group is then asked for its own moment: slower, and the same answer.',
  },
  {
    file: 'domain/run/decide.ts',
    line: 'if (earliest > now) {',
    change: '{ wake = Math.min(wake, earliest) continue } → {}',
    why: 'Each lane of the group is then asked for its own moment: slower, and the same answer.',
  },
  {
    file: 'domain/run/decide.ts',
    line: 'if (!step || !current) return undefined',
    change: '!step || !current → false',
    why: 'A lane that is ready or waits has a next step, in the graph and in the state: the compiler does not know it.',
  },
  {
    file: 'domain/run/decide.ts',
    line: 'if (!step || !current) return undefined',
    change: '!step || !current → (!step) && (!current)',
    why: 'A lane that is ready or waits has a next step, in the graph and in the state: the compiler does not know it.',
  },
  {
    file: 'domain/run/decide.ts',
    line: 'if (!step || !current) continue',
    change: '!step || !current → (!step) && (!current)',
    why: 'Both are there or neither: the graph and the state have the same steps.',
  },
  {
    file: 'domain/run/sign-in.ts',
    line: 'const trusted = takenAt !== null && now >= takenAt && now - takenAt < trustedMs',
    change: 'takenAt !== null → true',
    why: 'Null counts as 0 then, which is the first minute of 1970.',
  },
  {
    file: 'domain/run/sign-in.ts',
    line: "if (event.type === 'decision.made' && (event.choice === 'retry' || event.choice === 'fixed'))",
    change: "event.type === 'decision.made' → true",
    why: 'No other event has a choice.',
  },
  {
    file: 'main/transports/shared/sign-ins.ts',
    line: '.update(JSON.stringify([user.toLowerCase(), password]))',
    change: 'user.toLowerCase() → user.toUpperCase()',
    why: 'Both make the names equal that Windows takes for one.',
  },
  {
    file: 'main/transports/shared/sign-ins.ts',
    line: 'if (entry !== undefined) known.entries.add(entry)',
    change: 'entry !== undefined → true',
    why: 'Nobody asks for an entry without a name.',
  },
  {
    file: 'main/transports/shared/sign-ins.ts',
    line: 'const earlier = password.entry === undefined ? undefined : recalled.get(password.entry)',
    change: 'password.entry === undefined → false',
    why: 'Nothing is recalled of an entry without a name.',
  },
  {
    file: 'main/transports/shared/sign-ins.ts',
    line: "throw passwordHeld(password.user, password.entry, (known.state.refused ?? earlier)?.by ?? '')",
    change: '(known.state.refused ?? earlier)?.by → (known.state.refused ?? earlier).by',
    why: 'What is held was refused, by this process or by an earlier one: the compiler does not know it.',
  },
  {
    file: 'main/transports/shared/race.ts',
    line: "signal.addEventListener('abort', stop, { once: true })",
    change: '{ once: true } → ({})',
    why: 'The listener takes itself away as well, and a signal aborts once.',
  },
  {
    file: 'main/transports/shared/race.ts',
    line: "signal.addEventListener('abort', stop, { once: true })",
    change: 'true → false',
    why: 'The listener takes itself away as well, and a signal aborts once.',
  },
  {
    file: 'main/store/lease.ts',
    line: "return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'",
    change: "thrown instanceof Error && 'code' in thrown → (thrown instanceof Error) || ('code' in thrown)",
    why: 'Node throws an Error with a code here: the compiler does not know it.',
  },
  {
    file: 'main/engine/attempt.ts',
    line: 'if (news.length > 0) record(news)',
    change: 'news.length > 0 → true',
    why: 'A log that gets no event stays as it is.',
  },
  {
    file: 'main/engine/attempt.ts',
    line: 'if (news.length > 0) record(news)',
    change: 'news.length > 0 → (news.length) >= (0)',
    why: 'A log that gets no event stays as it is.',
  },
  {
    file: 'main/engine/attempt.ts',
    line: 'facts: lane.facts && lane.factsAt !== null ? { facts: lane.facts, at: lane.factsAt } : null,',
    change: 'lane.facts && lane.factsAt !== null → (lane.facts) || (lane.factsAt !== null)',
    why: 'Both are there or neither: the compiler does not know it.',
  },
  {
    file: 'main/engine/attempt.ts',
    line: 'facts: lane.facts && lane.factsAt !== null ? { facts: lane.facts, at: lane.factsAt } : null,',
    change: 'lane.factsAt !== null → true',
    why: 'Both are there or neither: the compiler does not know it.',
  },
  {
    file: 'main/engine/attempt.ts',
    line: "const safe = `${step.stage}-${step.work.kind === 'run-installer' ? step.work.component : step.work.kind}`",
    change: "step.work.kind === 'run-installer' → true",
    why: 'Only installers start jobs, so only their ticket is used.',
  },
  {
    file: 'main/vault/redaction.ts',
    line: 'if (secrets.has(secret)) return true',
    change: 'secrets.has(secret) → false',
    why: 'What is known is learnt again: slower, and the same.',
  },
  {
    file: 'main/vault/redaction.ts',
    line: 'if (start >= cut) break',
    change: 'start >= cut → (start) > (cut)',
    why: 'The mark is shown with one piece or with the next.',
  },
  {
    file: 'main/vault/redaction.ts',
    line: 'for (let n = 1; n < Math.min(mark.length, form.length); n++) {',
    change: 'n < Math.min(mark.length, form.length) → (n) <= (Math.min(mark.length, form.length))',
    why: 'That the whole of one is in the other was asked before.',
  },
  {
    file: 'main/vault/secret-forms.ts',
    line: "const forms = [whole, whole.replace(/=+$/, ''), bytes.toString('base64url')]",
    change: '/=+$/ → /=+/',
    why: 'Base64 has its equals signs at the end.',
  },
  {
    file: 'main/vault/secret-forms.ts',
    line: ".replace(/=+$/, '')",
    change: '/=+$/ → /=+/',
    why: 'Base64 has its equals signs at the end.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'for (let length = 1; length < beginning; length++) shortBeginnings.add(pattern.slice(0, length))',
    change: 'length < beginning → (length) <= (beginning)',
    why: 'Only shorter rests are looked up here.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'bitmap[hashAt(text, at)] === 1 ? (byBeginning.get(text.slice(at, at + beginning)) ?? []) : []',
    change: 'bitmap[hashAt(text, at)] === 1 → true',
    why: 'The bitmap only saves time.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'for (let at = 0, end = text.length - beginning; at <= end; at++) {',
    change: 'text.length - beginning → (text.length) + (beginning)',
    why: 'No pattern begins where the text is over.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'if (bitmap[hashAt(text, at)] === 0) continue',
    change: 'bitmap[hashAt(text, at)] === 0 → false',
    why: 'The bitmap only saves time.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {',
    change: 'text.length - longest + 1 → (text.length - longest) - (1)',
    why: 'So far from the end no pattern is longer than the rest.',
  },
  {
    file: 'main/vault/text-search.ts',
    line: 'for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {',
    change: 'at < text.length → (at) <= (text.length)',
    why: 'No pattern begins with nothing.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'const indexed = laneNumber === undefined ? undefined : state.index.lanes[laneNumber]',
    change: 'laneNumber === undefined → false',
    why: 'A lane without a number is none of the graph: asking for it finds none.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'if (laneNumber === undefined || !indexed) return state',
    change: 'laneNumber === undefined || !indexed → (laneNumber === undefined) && (!indexed)',
    why: 'A lane without a number is none of the graph: asking for it finds none.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'if (laneNumber === undefined || !indexed) return state',
    change: 'laneNumber === undefined → false',
    why: 'A lane without a number is none of the graph: asking for it finds none.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'return after === before ? state : replaceLane(state, laneNumber, before, after)',
    change: 'after === before → false',
    why: 'The same lane is put in its own place: slower, and the same.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'hasBit(state.waiting, n) || hasBit(waiting, n)',
    change: 'hasBit(state.waiting, n) || hasBit(waiting, n) → true',
    why: 'The moment of a group is computed again: slower, and the same.',
  },
  {
    file: 'domain/run/run.ts',
    line: 'if (stage !== state.stage) return recount({ ...state, stage, wave })',
    change: 'stage !== state.stage → true',
    why: 'The open stage is counted afresh: slower, and the same.',
  },
  {
    file: 'domain/run/lane-events.ts',
    line: 'return lane',
    change: 'return lane → ',
    why: 'No event comes here that is none of a lane, and no abort.',
  },
  {
    file: 'domain/run/lane-events.ts',
    line: 'return event.choice satisfies never',
    change: 'return event.choice satisfies never → ',
    why: 'There is no other choice.',
  },
  {
    file: 'domain/run/lane-sets.ts',
    line: 'for (let word = 0; word < bits.length; word++) {',
    change: 'word < bits.length → (word) <= (bits.length)',
    why: 'Beyond the last word no bit is set.',
  },
  {
    file: 'domain/run/lane-sets.ts',
    line: 'for (let i = 0; i < items.length; i += chunkSize) chunks.push(items.slice(i, i + chunkSize))',
    change: 'i < items.length → (i) <= (items.length)',
    why: 'At most one empty chunk more, which holds no item.',
  },
  {
    file: 'domain/run/lane-sets.ts',
    line: 'return new Float64Array(Math.ceil(lanes / groupSize)).fill(Number.POSITIVE_INFINITY)',
    change: 'lanes / groupSize → (lanes) * (groupSize)',
    why: 'Groups without lanes never wake.',
  },
  {
    file: 'domain/run/lane-sets.ts',
    line: 'return wakeTimes[group] === earliest ? wakeTimes : wakeTimes.with(group, earliest)',
    change: 'wakeTimes[group] === earliest → false',
    why: 'A copy with the same moments.',
  },
]
