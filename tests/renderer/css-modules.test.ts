/** Shows that every class a component asks of its sheet is written there: a name that is not would silently look like nothing. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '..', '..', 'renderer')

describe('CSS modules', () => {
  it.each(globSync('**/*.tsx', { cwd: renderer }))('%s asks for classes that there are', (file) => {
    const text = readFileSync(join(renderer, file), 'utf8')
    const missing = [...text.matchAll(/import (\w+) from '(.+\.module\.css)'/g)].flatMap(
      ([, name = '', sheet = '']) => {
        const css = readFileSync(join(renderer, dirname(file), sheet), 'utf8')
        // What stands between quotes is a path or a word, not a class.
        const asked = [...text.replaceAll(/'[^'\n]*'/g, "''").matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(
          ([, asked = '']) => asked,
        )
        return asked.filter((one) => one !== 'module' && !css.includes(`.${one}`)).map((one) => `${sheet}: ${one}`)
      },
    )
    expect(missing).toEqual([])
  })
})
