/** Shows that a million lines are reached, searched and held without copying, and that output that ends anywhere becomes lines. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { LineSearch } from '../../renderer/rollout/output/line-search.ts'
import { movedWindow, windowStart } from '../../renderer/rollout/output/line-window.ts'
import { mostLines, OutputLines } from '../../renderer/rollout/output/output-lines.ts'

const million = 1_000_000

describe('the window over a long list', () => {
  it('stands at the end while that is followed, and where it was put otherwise', () => {
    expect(windowStart(null, million, mostLines)).toBe(million - mostLines)
    expect(windowStart(0, million, mostLines)).toBe(0)
    expect(windowStart(5, 20, mostLines)).toBe(0)
  })

  it('reaches the first and the last line by scrolling alone, and never stands outside', () => {
    let start = windowStart(null, million, mostLines)
    for (let turns = 0; start > 0; turns++) {
      const next = movedWindow(start, 0, 10, million, mostLines)
      expect(next).toBeLessThan(start)
      expect(turns).toBeLessThan(100)
      start = next
    }
    for (let turns = 0; start + mostLines < million; turns++) {
      const next = movedWindow(start, mostLines - 10, 10, million, mostLines)
      expect(next).toBeGreaterThan(start)
      expect(turns).toBeLessThan(100)
      start = next
    }
    expect(start).toBe(million - mostLines)
  })

  it('stays where it is in the middle', () => {
    expect(movedWindow(300_000, 50_000, 10, million, mostLines)).toBe(300_000)
  })
})

describe('searching lines', () => {
  it('finds each line once, however the list is cut and grows', () => {
    const search = new LineSearch((i) => i % 1000 === 0)
    while (search.searchNext(5000, 700));
    while (search.searchNext(9000, 700));
    expect(search.found).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000])
    expect(search.searchNext(9000)).toBe(false)
  })
})

describe('lines of output', () => {
  const chunk = (text: string, stream: 'output' | 'error' = 'output', offset = 0) => ({ offset, at: 1, stream, text })

  it('go on where the last chunk of their stream ended', () => {
    const lines = new OutputLines()
    lines.add([chunk('one\r\ntw'), chunk('o\nthree')])
    lines.add([chunk('!\n'), chunk('oh', 'error'), chunk('four\n')])
    expect(Array.from({ length: lines.length }, (_, i) => lines.at(i)?.text)).toEqual([
      'one',
      'two',
      'three!',
      'oh',
      'four',
    ])
    expect(lines.at(3)?.stream).toBe('error')
  })

  it('of many hosts go on where their own attempt ended, whoever wrote in between', () => {
    const lines = new OutputLines()
    const from = (step: string, text: string, attempt = 1) => ({ ...chunk(text), number: 1, step, attempt })
    lines.add([from('a', 'copy'), from('b', 'start\nhal'), from('a', 'ing\n')])
    lines.add([from('b', 'f\n'), from('a', 'again', 2), from('a', 'next\n')])
    expect(
      Array.from({ length: lines.length }, (_, i) => `${lines.at(i)?.step ?? ''} ${lines.at(i)?.text ?? ''}`),
    ).toEqual(['a copying', 'b start', 'b half', 'a again', 'a next'])
  })

  it('are all held, a million of them', () => {
    const lines = new OutputLines()
    for (let page = 0; page < 100; page++) lines.add([chunk('line\n'.repeat(million / 100))])
    expect(lines.length).toBe(million)
  })
})
