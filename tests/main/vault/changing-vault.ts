/** A process that makes changes in a vault: FILE NAME COUNT. Prints the names of those that were said to be done. */
import { fileVault } from '../../../main/vault/file-vault.ts'

const [file = '', name = '', count = '0'] = process.argv.slice(2)
const vault = fileVault(file, { passphrase: async () => 'correct horse', scrypt: { N: 2 ** 10, r: 8, p: 1 } })
const done: string[] = []
for (let i = 0; i < Number(count); i++) {
  const entry = `${name}-${i}`
  // A change that was refused is no loss: whoever made it knows.
  await vault.set(entry, { kind: 'secret', value: `secret of ${entry}` }).then(
    () => done.push(entry),
    () => undefined,
  )
}
process.stdout.write(done.join('\n'))
