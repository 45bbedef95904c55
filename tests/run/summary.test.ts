/** Shows what the end of a test run says to people and to scripts. */
import { describe, expect, it } from 'vitest'
import type { Ended } from './part.ts'
import { summary, totals } from './summary.ts'

const sshd = 'needs sshd: /usr/sbin/sshd is missing'
const ended: Ended[] = [
  { name: 'types', passed: 1, failed: [], notRun: [], seconds: 1.23 },
  {
    name: 'unit',
    passed: 40,
    failed: [{ what: 'tests/a.test.ts > adds', why: 'expected 1 to be 2\n  at line 1' }],
    notRun: [
      { what: 'signs in', why: sshd, lacking: true },
      { what: 'signs out', why: sshd, lacking: true },
    ],
    seconds: 12.05,
  },
]

describe('the summary', () => {
  it('ends with the line that scripts read, and nothing after it', () => {
    expect(summary(ended, false).split('\n').slice(-2)).toEqual(['41 passed, 1 failed', ''])
  })

  it('counts under CI what did not run as failed, and says so', () => {
    expect(totals(ended, true)).toEqual({ passed: 41, failed: 3 })
    expect(summary(ended, true)).toContain('Not run, and counted as failed because CI is set:')
    expect(summary(ended, true)).toMatch(/\n41 passed, 3 failed\n$/)
  })

  it('never counts as failed what an adapter does not have', () => {
    const simulated: Ended = {
      name: 'suites',
      passed: 9,
      failed: [],
      notRun: [{ what: 'ends a program', why: 'programs are not run there', lacking: false }],
      seconds: 1,
    }
    expect(totals([simulated], true)).toEqual({ passed: 9, failed: 0 })
    expect(summary([simulated], true)).toContain(
      'Nothing to run:\n  suites: ends a program: programs are not run there\n',
    )
  })

  it('names each failure with the first line of its reason', () => {
    expect(summary(ended, false)).toContain('  unit: tests/a.test.ts > adds: expected 1 to be 2\n')
  })

  it('says each reason for not running once, with how many tests it kept from running', () => {
    expect(summary(ended, false)).toContain(`  unit: signs in and 1 more: ${sshd}\n`)
  })
})
