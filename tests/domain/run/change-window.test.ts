/** When a change window closes, and whether what is left of a rollout fits into it. */
import { describe, expect, test } from 'vitest'
import { closesAt, fits } from '../../../domain/run/change-window.ts'

describe('the moment at which a window closes', () => {
  const evening = new Date(2026, 10, 23, 17, 30, 20).getTime()
  const at = (day: number, hours: number, minutes: number) => new Date(2026, 10, day, hours, minutes).getTime()

  test('is the next time that the clock shows it, today or tomorrow', () => {
    expect(closesAt('18:00', evening)).toBe(at(23, 18, 0))
    expect(closesAt('17:31', evening)).toBe(at(23, 17, 31))
    expect(closesAt('17:30', evening)).toBe(at(24, 17, 30))
    expect(closesAt('00:00', evening)).toBe(at(24, 0, 0))
    expect(closesAt('23:59', evening)).toBe(at(23, 23, 59))
  })

  test('is tomorrow for the very minute in which it is asked for', () => {
    expect(closesAt('17:30', at(23, 17, 30))).toBe(at(24, 17, 30))
  })

  test('is unknown for what is no time of day', () => {
    for (const text of ['', '24:00', '12:60', '7:00', '18.00', '18:00 ', 'noon'])
      expect(closesAt(text, evening)).toBeNull()
  })
})

describe('what is left', () => {
  const closes = 1_000_000
  const word = (now: number, left: number | null) => fits(closes, now, left)?.word ?? null

  test('fits until the last millisecond', () => {
    expect(word(400_000, 600_000)).toBe('fits')
    expect(word(400_000, 600_001)).toBe('too short')
    expect(word(closes, 0)).toBe('fits')
  })

  test('does not fit once the window is over, whatever is left', () => {
    expect([word(closes + 1, 0), word(closes + 1, null)]).toEqual(['over', 'over'])
    expect(fits(closes, closes + 1, 0)?.status).toBe('warn')
  })

  test('is not judged while nobody knows it', () => {
    expect(word(400_000, null)).toBeNull()
    expect(word(closes, null)).toBeNull()
  })
})
