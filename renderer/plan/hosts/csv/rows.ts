/** Parsing of text into rows of cells: separated by commas, semicolons, tabs or bars, else by spaces. */
import Papa from 'papaparse'

export interface Row {
  /** The line number, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

const delimiters = [';', '\t', ',', '|'] as const

/** The rows that are not empty. A quote that is never closed ends with the text. */
export function rowsOf(text: string): Row[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const delimiter = delimiterOf(plain)
  if (delimiter === null)
    return plain
      .split('\n')
      .flatMap((line, i) => (line.trim() === '' ? [] : [{ line: i + 1, cells: line.trim().split(/\s+/) }]))
  let line = 1
  return Papa.parse<string[]>(plain, { delimiter, newline: '\n' }).data.flatMap((cells) => {
    const at = line
    line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
    const trimmed = cells.map(unescaped)
    return trimmed.every((cell) => cell === '') ? [] : [{ line: at, cells: trimmed }]
  })
}

/** The most frequent separator outside of quotes in the first lines; null if there is none. */
function delimiterOf(text: string): string | null {
  const head = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
    .join('\n')
    .replace(/"[^"]*"/g, '')
  const counted = delimiters.map((delimiter) => ({ delimiter, count: head.split(delimiter).length - 1 }))
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a))
  return best.count === 0 ? (text.includes('"') ? ',' : null) : best.delimiter
}

// What makes a spreadsheet run a cell as a formula: https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^[=+\-@\t\r\n＝＋－＠]/

// Exports write an apostrophe before a cell that a spreadsheet would run as a formula.
function unescaped(cell: string): string {
  const plain = cell.trim()
  return plain.startsWith("'") && formula.test(plain.slice(1)) ? plain.slice(1).trim() : plain
}

/** The rows as CSV. No spreadsheet runs a cell of it as a formula. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(
    rows.map((cells) => [...cells]),
    { newline: '\r\n', escapeFormulae: formula },
  )
}
