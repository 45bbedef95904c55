/** Calls the contract from inside a window, in the way of its shell: for sites that no button makes. */
import type { Page } from 'playwright'
import type { Contract, MethodName } from '../../domain/contract/api.ts'
import type { InputOf, OutputOf } from '../../domain/contract/define.ts'
import { Reply, valueOf } from '../../domain/contract/wire.ts'

/** The answer of a method; throws what it refused with. */
export async function ask<Name extends MethodName>(
  page: Page,
  name: Name,
  input: InputOf<Contract, Name>,
): Promise<OutputOf<Contract, Name>> {
  const reply: unknown = await page.evaluate(
    async ([method, value]) => {
      const { rollout } = window as { rollout?: { call: (name: string, body: string) => Promise<string> } }
      if (rollout) return JSON.parse(await rollout.call(method, JSON.stringify(value))) as unknown
      const response = await fetch(`/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(value),
      })
      return response.json() as Promise<unknown>
    },
    [name, input] as const,
  )
  return valueOf(Reply.parse(reply)) as OutputOf<Contract, Name>
}
