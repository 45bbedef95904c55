/** Paths on hosts, joined and split on a workstation of another operating system. */
import { expect, test } from 'vitest'
import { fileNameOf, joinHostPath, parentOf } from '../../../domain/base/host-path.ts'

test('host paths: joined with the separator of the folder they start from', () => {
  expect(joinHostPath('C:\\ProgramData\\ExekraRollout', 'media', 'hub')).toBe(
    'C:\\ProgramData\\ExekraRollout\\media\\hub',
  )
  expect(joinHostPath('C:\\ProgramData\\ExekraRollout\\', 'media')).toBe('C:\\ProgramData\\ExekraRollout\\media')
  expect(joinHostPath('D:\\', 'jobs')).toBe('D:\\jobs')
  expect(joinHostPath('/var/lib/rollout/', 'media', 'hub')).toBe('/var/lib/rollout/media/hub')
})

test("host paths: the file's name and its folder, whichever way it is written", () => {
  for (const path of ['media/setup.exe', 'C:\\Media\\setup.exe', '\\\\share\\media\\setup.exe', 'setup.exe'])
    expect(fileNameOf(path)).toBe('setup.exe')
  expect(parentOf('C:\\Work\\media\\setup.exe')).toBe('C:\\Work\\media')
  expect(parentOf('/var/lib/rollout/setup')).toBe('/var/lib/rollout')
})
