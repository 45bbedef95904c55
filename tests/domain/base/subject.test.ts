/** Rung 0: a subject and its text form. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Finding } from '../../../domain/base/finding.ts'
import { componentNames } from '../../../domain/base/ids.ts'
import {
  isSameSubject,
  onHost,
  onInstaller,
  onPath,
  onPlacement,
  type Subject,
  subjectOfText,
  subjectText,
  theCertificate,
  wholePlan,
} from '../../../domain/base/subject.ts'

const host = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,10}[A-Za-z0-9])?$/)
const component = fc.constantFrom(...componentNames)
const port = fc.integer({ min: 1, max: 65_535 })
const written: fc.Arbitrary<Subject> = fc.oneof(
  fc.constant(wholePlan),
  fc.constant(theCertificate),
  host.map(onHost),
  fc.tuple(component, host).map(([placed, at]) => onPlacement(placed, at)),
  component.map(onInstaller),
  fc.record({ from: host, to: host, port }).map(onPath),
)

test('the text of a subject that earlier versions wrote reads back as that subject', () => {
  fc.assert(
    fc.property(written, (subject) => {
      expect(subjectOfText(subjectText(subject))).toEqual(subject)
    }),
  )
})

test('any other text is kept as it is', () => {
  const like = fc.constantFrom(
    'host ',
    'placement ',
    'placement hub on ',
    'installer ',
    'path ',
    'path A>B:',
    '',
    'plan ',
  )
  fc.assert(
    fc.property(like, fc.string(), (beginning, rest) => {
      const text = beginning + rest
      expect(subjectText(subjectOfText(text))).toBe(text)
    }),
  )
  expect(subjectOfText('placement oracle on HUB01')).toEqual({ kind: 'text', text: 'placement oracle on HUB01' })
})

test('a finding with its subject in words is read into data; what is no subject is refused', () => {
  const stored = { check: 'clock', severity: 'warn', message: 'm', source: 's', remedy: 'r' }
  expect(Finding.parse({ ...stored, subject: 'host HUB01' })).toEqual({ ...stored, subject: onHost('HUB01') })
  expect(Finding.safeParse({ ...stored, subject: { kind: 'planet' } }).success).toBe(false)
  expect(Finding.safeParse({ ...stored, subject: 7 }).success).toBe(false)
})

test('two subjects are the same by what they are about', () => {
  expect(isSameSubject(onHost('A'), onHost('A'))).toBe(true)
  expect(isSameSubject(onHost('A'), onPlacement('hub', 'A'))).toBe(false)
})
