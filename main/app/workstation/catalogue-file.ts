/** Reads the catalogue file. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCatalogue, type Catalogue } from '../../../domain/plan/catalogue.ts'

/** Reads the catalogue that ships with the application; throws where it does not fit its schema, which is a bug. */
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
