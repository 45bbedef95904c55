/** Owns how text becomes rows of cells: commas, semicolons, tabs or bars between them, quotes around them; or blanks where there is nothing else. */
import Papa from 'papaparse'

export interface Row {
  /** Counted from 1, as an editor does. */
  readonly line: number
  readonly cells: readonly string[]
}

const delimiters = [';', '\t', ',', '|'] as const

/** The rows that hold something. A quote that is never closed ends with the text. */
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

/** The mark that stands most often outside of quotes in the first lines; null where none does. */
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

// Spreadsheets run what begins with these marks, so that it is written with an apostrophe before it.
function unescaped(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, '')
}

/** Text of rows, as spreadsheets open it: no cell is run as a formula. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(
    rows.map((cells) => [...cells]),
    { newline: '\r\n', escapeFormulae: /^[=+\-@]/ },
  )
}
