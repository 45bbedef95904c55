/** The secrets of a pipeline: taken out of the environment by the shell that asks for it, and found by vaults opened afterwards. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openVault, takeEnvironmentSecrets } from '../../../../main/app/secrets/open-vault.ts'
import { scratch } from '../../shells/cli/rollout.ts'

test('a vault finds what a shell took out of the environment, and nothing before that', async () => {
  const environment: Record<string, string | undefined> = { PATH: '/bin', ROLLOUT_SECRET_DB: 'from the pipeline' }
  const open = () => openVault({ file: join(scratch(), 'none.json'), document: undefined }).vault
  await expect(open().secret('db')).rejects.toThrow()
  takeEnvironmentSecrets(environment)
  expect(environment).toEqual({ PATH: '/bin' })
  expect(await open().secret('db')).toBe('from the pipeline')
})
