/** Reads data for a view: once, and again when its key changes or the person asks. */
import { useEffect, useState } from 'react'
import type { Contract, MethodName } from '../../domain/contract/api.ts'
import type { InputOf, OutputOf } from '../../domain/contract/define.ts'
import { type Failure, toFailure } from '../../domain/base/failure.ts'
import { useClient } from '../client/client-context.tsx'

export interface QueryResult<T> {
  /** null until the first answer. An older answer stays while it is asked again. */
  readonly value: T | null
  readonly failure: Failure | null
  readonly again: () => void
}

/** Calls a method that only reads. A new `key` makes the answer stale. */
export function useQuery<Name extends MethodName>(
  name: Name,
  input: InputOf<Contract, Name>,
  key = '',
): QueryResult<OutputOf<Contract, Name>> {
  const client = useClient()
  const [answer, setAnswer] = useState<{
    readonly value: OutputOf<Contract, Name> | null
    readonly failure: Failure | null
  }>({ value: null, failure: null })
  const [tries, setTries] = useState(0)
  const asked = JSON.stringify(input)
  useEffect(() => {
    let over = false
    client.call(name, JSON.parse(asked) as InputOf<Contract, Name>).then(
      (value) => {
        if (!over) setAnswer({ value, failure: null })
      },
      (thrown: unknown) => {
        if (!over) setAnswer((before) => ({ value: before.value, failure: toFailure(thrown) }))
      },
    )
    return () => {
      over = true
    }
  }, [client, name, asked, key, tries])
  return {
    ...answer,
    again: () => {
      setTries((n) => n + 1)
    },
  }
}
