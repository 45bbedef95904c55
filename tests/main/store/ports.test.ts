/** Runs the port suite against the SQLite store. */
import { openStore } from '../../../main/store/store.ts'
import { storeSuite } from '../../suites/store-suite.ts'
import { engine, noon, smallGraph, storeWithRun } from './site.ts'

storeSuite('SQLite', () => {
  const { store, file, runId } = storeWithRun()
  return {
    runs: store.runs,
    output: store.output,
    trust: store.pins.forSession('operator', () => noon),
    runId,
    graph: smallGraph,
    outputOf: (step, attempt) => {
      store.output.flush()
      return store.output
        .read(runId, step, attempt)
        .chunks.map(({ text }) => text)
        .join('')
    },
    loseLease: () => {
      const other = openStore(file)
      other.lease.acquire(engine('second'), noon + 31_000)
      other.database.close()
    },
    close: () => store.close(),
  }
})
