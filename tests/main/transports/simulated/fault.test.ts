/** How the text of a fault is read and refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import {
  type FaultKind,
  faultKinds,
  type FaultStep,
  faultText,
  parseFault,
} from '../../../../main/transports/simulated/fault.ts'

const kinds = Object.keys(faultKinds) as FaultKind[]

describe('the text of a fault', () => {
  test('is read with its step, its skip and its count', () => {
    expect(parseFault('drop@RUN003:run-installer')).toEqual({
      kind: 'drop',
      host: 'RUN003',
      step: 'run-installer',
      skip: 0,
      count: 1,
    })
    expect(parseFault('exit-1618@HUB01+1*4')).toEqual({
      kind: 'exit-1618',
      host: 'HUB01',
      step: null,
      skip: 1,
      count: 4,
    })
    expect(parseFault('unreachable@run.1_a-b*forever')).toMatchObject({ host: 'run.1_a-b', count: -1 })
  })

  test('comes back as it went', () => {
    const faults = fc.constantFrom(...kinds).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        host: fc.constantFrom('HUB01', 'RUN001', 'a.b-c_d'),
        step: fc.constantFrom<FaultStep | null>(null, ...faultKinds[kind].steps),
        skip: fc.nat(9),
        count: fc.constantFrom(-1, 1, 2, 7),
      }),
    )
    fc.assert(fc.property(faults, (fault) => void expect(parseFault(faultText(fault))).toEqual(fault)))
  })

  test.each([
    ['RUN001', /KIND@HOST/],
    ['explode@RUN001', /there is no fault "explode"/],
    ['drop@', /is not a valid host name/],
    ['drop@RUN 1', /is not a valid host name/],
    ['exit-3010@RUN001:probe-flow', /cannot be aimed at the step "probe-flow"/],
    ['drop@RUN001*0', /would never show/],
    ['toString@RUN001', /there is no fault/],
  ])('%s is refused with what is possible', (text, message) => {
    try {
      parseFault(text)
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(FailureError)
      const { failure } = thrown as FailureError
      expect(failure).toMatchObject({ kind: 'request', code: 'unknown-fault' })
      expect(failure.message).toMatch(message)
      if (text.startsWith('explode')) for (const kind of kinds) expect(failure.hint).toContain(kind)
      return
    }
    throw new Error(`${text} was taken`)
  })
})
