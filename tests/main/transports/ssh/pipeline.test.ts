import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipelined } from '../../../../main/transports/ssh/pipeline.ts'
import { folderOf } from '../../../../main/transports/shared/put-file.ts'
import { sftpPath } from '../../../../main/transports/ssh/remote-path.ts'

describe('moving a file in chunks', () => {
  const limits = { chunkBytes: 10, inFlightBytes: 80, promptAnswerMs: 2, slowAnswerMs: 100 }

  test('every byte is moved once, in order of sending, and progress never runs ahead of the answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.nat(3), { maxLength: 40 }),
        async (start, more, delays) => {
          const end = start + more
          const moved: [number, number][] = []
          const answered = new Set<number>()
          await pipelined(
            start,
            end,
            limits,
            async (position, length) => {
              moved.push([position, length])
              for (let turns = delays[moved.length - 1] ?? 0; turns > 0; turns--) await Promise.resolve()
              for (let byte = position; byte < position + length; byte++) answered.add(byte)
            },
            (upTo) => {
              for (let byte = start; byte < upTo; byte++) expect(answered.has(byte)).toBe(true)
            },
          )
          expect(answered.size).toBe(more)
          expect(
            moved.reduce((at, [position, length]) => {
              expect(position).toBe(at)
              return at + length
            }, start),
          ).toBe(end)
        },
      ),
    )
  })

  test('four chunks are enough for a near host, a far one gets as many as allowed, a slow one gets fewer', async () => {
    const underWayWhen = async (elapsed: number) => {
      let time = 0
      let underWay = 0
      const seen: number[] = []
      await pipelined(
        0,
        2000,
        limits,
        async () => {
          seen.push(++underWay)
          await Promise.resolve()
          time += elapsed
          underWay--
        },
        () => undefined,
        () => time,
      )
      return { peak: Math.max(...seen), last: seen.at(-1) }
    }
    expect((await underWayWhen(0.1)).peak).toBe(4)
    expect((await underWayWhen(5)).peak).toBe(8)
    expect(await underWayWhen(1_000)).toEqual({ peak: 4, last: 1 })
  })

  test('the first error ends it, once nothing is under way', async () => {
    let underWay = 0
    const reported: number[] = []
    await expect(
      pipelined(
        0,
        1000,
        limits,
        async (position) => {
          underWay++
          await Promise.resolve()
          underWay--
          if (position === 50) throw new Error('disk full')
        },
        (upTo) => reported.push(upTo),
      ),
    ).rejects.toThrow('disk full')
    expect(underWay).toBe(0)
    // What failed was not moved, and nothing after it counts, though answers to it still came.
    expect(Math.max(...reported)).toBe(50)
  })
})

describe('paths of hosts', () => {
  test('Windows paths are written as its SFTP server takes them; POSIX paths stay', () => {
    expect(sftpPath('C:\\ProgramData\\Exekra Rollout\\a.exe')).toBe('/C:/ProgramData/Exekra Rollout/a.exe')
    expect(sftpPath('d:/x/y')).toBe('/d:/x/y')
    expect(sftpPath('/tmp/a\\b')).toBe('/tmp/a\\b')
  })

  test('the folder of a path keeps its spelling', () => {
    expect(folderOf('C:\\ProgramData\\a.exe')).toBe('C:\\ProgramData')
    expect(folderOf('C:\\a.exe')).toBe('C:\\')
    expect(folderOf('/tmp/a')).toBe('/tmp')
    expect(folderOf('/a')).toBe('/')
  })
})
