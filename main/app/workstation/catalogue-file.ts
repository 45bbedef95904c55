/** Owns where the catalogue lies and that it is read whole. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCatalogue, type Catalogue } from '../../../domain/plan/catalogue.ts'

/** Reads the catalogue that ships with the application; throws when it does not hold to its schema, which is a bug of ours. */
export function loadCatalogue(
  file = fileURLToPath(new URL('../../../resources/catalogue/exekra.json', import.meta.url)),
): Catalogue {
  const reading = readCatalogue(JSON.parse(readFileSync(file, 'utf8')))
  if (!reading.ok)
    throw new Error(
      `the catalogue ${file} is not valid: ${reading.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    )
  return reading.catalogue
}
