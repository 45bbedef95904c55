/** Rung 2: copies to a share of Samba, which nobody here wrote, every byte over SMB. What is not shown: a UNC path, and the logon of a Windows workstation. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { copyBySmb } from '../../../main/transports/winrm/smb-copy.ts'
import { failureOf, patient } from '../../main/transports/winrm/http/reach.ts'
import { smbUnavailable, startShare, type SmbShare } from './smb-share.ts'

const unavailable = await smbUnavailable()
const content = randomBytes(12_345_678)
let folder = ''
let share: SmbShare | undefined

describe(
  `rung 2: large files to a share of Samba${unavailable === undefined ? '' : ` [not run: ${unavailable}]`}`,
  { skip: unavailable !== undefined, timeout: 60_000 },
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'rollout-smb-local-'))
      writeFileSync(join(folder, 'local.bin'), content)
      share = await startShare()
    }, 60_000)
    afterAll(async () => {
      await share?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    async function copied(
      name: string,
      offset: number,
      onProgress: (bytes: number) => void = () => undefined,
    ): Promise<Buffer> {
      if (!share) throw new Error('there is no share')
      const file = await open(join(folder, 'local.bin'))
      onTestFinished(() => file.close())
      const { address, shareOf, served } = share
      await copyBySmb(
        { name: 'RUN001', address, port: 5986 },
        { file, size: content.length, partPath: `C:\\${name}`, offset, signal: patient(), onProgress },
        { platform: 'win32', shareOf },
      )
      return readFileSync(join(served, name))
    }
    const there = (name: string, ...pieces: Buffer[]) => {
      writeFileSync(join(share?.served ?? '', name), Buffer.concat(pieces), { mode: 0o666 })
    }

    test("a file that is not there, one that is there in part, and one whose rest is somebody else's become the whole file", async () => {
      expect((await copied('new.part', 0)).equals(content)).toBe(true)
      there('half.part', content.subarray(0, 5_000_000), Buffer.alloc(1_000_000, 7))
      expect((await copied('half.part', 5_000_000)).equals(content)).toBe(true)
      there('longer.part', content.subarray(0, 1_000_000), Buffer.alloc(20_000_000, 7))
      expect((await copied('longer.part', 1_000_000)).equals(content)).toBe(true)
    })

    test('a folder that is not there is told; a server that ends in the middle is a lost link, from which it goes on later', async () => {
      expect(await failureOf(copied('no such folder\\x.part', 0))).toMatchObject({
        kind: 'link',
        code: 'smb-unreachable',
        retry: 'backoff',
      })
      expect(
        await failureOf(
          copied('cut.part', 0, (bytes) => {
            if (bytes >= 3_000_000) share?.kill()
          }),
        ),
      ).toMatchObject({ kind: 'link', code: 'smb-lost', retry: 'backoff' })
      expect(await failureOf(copied('cut.part', 3_000_000))).toMatchObject({ kind: 'link', code: 'smb-unreachable' })
    })
  },
)
