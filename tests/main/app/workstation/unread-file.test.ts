/** The message about a file that cannot be read says why, without error codes. */
import { expect, test } from 'vitest'
import { unreadFile } from '../../../../main/app/workstation/unread-file.ts'

test.each([
  ['ENOENT', 'missing', /^There is no file site\.json\./],
  ['ENOTDIR', 'missing', /^There is no file site\.json\./],
  ['EISDIR', 'folder', /^site\.json is a folder\./],
  ['EACCES', 'denied', /^You may not read site\.json\./],
  ['EPERM', 'denied', /^You may not read site\.json\./],
  ['EIO', 'other', /^Rollout cannot read site\.json: EIO: told by the system$/],
])('%s is told as %s', (code, why, says) => {
  const told = unreadFile('site.json', Object.assign(new Error(`${code}: told by the system`), { code }))
  expect(told).toEqual({ why, message: expect.stringMatching(says) as string })
  if (why !== 'other') expect(told.message).not.toContain(code)
})
