/** `npm run sentences`: writes every sentence of the product into out/sentences.txt, a block a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectSentences } from './collect.ts'

const root = join(import.meta.dirname, '..', '..')
const sentences = collectSentences(root)
const files = Map.groupBy(sentences, ({ file }) => file)
const blocks = [...files].map(
  ([file, found]) =>
    `## ${file}\n${found.map(({ line, text }) => `${String(line).padStart(4)}  ${text}`).join('\n')}\n`,
)
const out = join(root, 'out', 'sentences.txt')
mkdirSync(join(root, 'out'), { recursive: true })
writeFileSync(out, blocks.join('\n'))
process.stdout.write(`${sentences.length} sentences of ${files.size} files: ${out}\n`)
