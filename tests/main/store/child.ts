/** The processes that store tests start: one appends until it is killed, one competes for the lease, one only opens. */
import { FailureError } from '../../../domain/base/failure.ts'
import { thisProcess } from '../../../main/store/lease.ts'
import { openStore } from '../../../main/store/store.ts'
import { chance } from '../../builders/chance.ts'

const [, , work, file = '', runId = '', round = ''] = process.argv
const say = (line: string) => void process.stdout.write(`${line}\n`)

switch (work) {
  case 'append':
    append()
    break
  case 'lease':
    process.stdin.once('data', () => fight())
    say('ready')
    break
  case 'open':
    open()
    break
  default:
    throw new Error(`no such work: ${work}`)
}

// Says the last seq after each append has returned: that is the acknowledgement.
function append(): void {
  const store = openStore(file)
  store.lease.acquire(thisProcess('child', Date.now()), Date.now())
  const draw = chance(`what a writer appends in round ${round}`)
  const append = () => {
    const evidence = ['x'.repeat(1 + draw(6000))]
    const batch = Array.from(
      { length: 1 + draw(20) },
      () =>
        ({ type: 'step.observed', step: 'a', attempt: 1, phase: 'before', observation: 'absent', evidence }) as const,
    )
    say(String(store.runs.append(runId, batch, Date.now()).at(-1)?.seq))
    setImmediate(append)
  }
  append()
}

function fight(): void {
  const store = openStore(file)
  try {
    store.lease.acquire(thisProcess(`child ${process.pid}`, Date.now()), Date.now())
    say('won')
  } catch (thrown) {
    say(thrown instanceof FailureError ? thrown.failure.code : String(thrown))
  }
  // Stays alive, holding what it won, until it is ended.
  process.stdin.resume()
}

function open(): void {
  try {
    openStore(file).close()
    say('opened')
  } catch (thrown) {
    say(thrown instanceof FailureError ? JSON.stringify(thrown.failure) : String(thrown))
  }
}
