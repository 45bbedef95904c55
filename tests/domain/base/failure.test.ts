/** Failures of earlier versions stay readable, with the kind that they were written with. */
import { expect, test } from 'vitest'
import { Failure, failureKinds } from '../../../domain/base/failure.ts'

test('a failure with a kind of the first version reads as it was written', () => {
  const first = ['host', 'link', 'credential', 'trust', 'installer', 'finding', 'by-hand', 'plan', 'uncertain', 'bug']
  for (const kind of first) {
    const written = { kind, code: 'lease-held', message: 'm', hint: 'h', retry: 'never', evidence: [] }
    expect(Failure.parse(written)).toEqual(written)
  }
  expect(failureKinds).toEqual(expect.arrayContaining(first))
})
