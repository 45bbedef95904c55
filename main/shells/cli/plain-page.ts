/** Prints a Markdown page as plain text for a terminal: headings, paragraphs, lists, tables and code. */

/** The page as lines of at most `columns` characters; only code and words longer than that are wider. */
export function plainPage(markdown: string, columns = 80): string[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n')
  const out: string[] = []
  for (let i = 0; i < lines.length;) {
    const line = lines[i] ?? ''
    const heading = /^(#{1,6}) (.*)$/.exec(line)
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', i + 1)
      const last = end === -1 ? lines.length : end
      out.push(...lines.slice(i + 1, last).map((code) => `  ${code}`.trimEnd()))
      i = last + 1
    } else if (heading) {
      const title = plainText(heading[2] ?? '')
      out.push(...wrapped(title, columns))
      if ((heading[1] ?? '').length < 3)
        out.push((heading[1] === '#' ? '=' : '-').repeat(Math.min(title.length, columns)))
      i++
    } else if (line.startsWith('|')) {
      const end = lastOf(lines, i, (next) => next.startsWith('|'))
      out.push(...plainTable(lines.slice(i, end), columns))
      i = end
    } else if (listItem.test(line)) {
      // The lines of an item that follow its first are indented.
      const end = lastOf(lines, i + 1, (next) => /^\s+\S/.test(next) && !listItem.test(next))
      const [, indent = '', mark = ''] = listItem.exec(line) ?? []
      const text = lines.slice(i, end).join(' ').replace(listItem, '')
      const first = `${indent}${mark} `
      out.push(...wrapped(plainText(text), columns, first, ' '.repeat(first.length)))
      i = end
    } else if (line.trim() === '') {
      if (out.length > 0 && out.at(-1) !== '') out.push('')
      i++
    } else {
      const end = lastOf(lines, i, (next) => next.trim() !== '' && !/^(#|\||```)/.test(next) && !listItem.test(next))
      out.push(...wrapped(plainText(lines.slice(i, end).join(' ')), columns))
      i = end
    }
  }
  while (out.at(-1) === '') out.pop()
  return out
}

const listItem = /^(\s*)([-*]|\d+\.) +/

function lastOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from
  while (end < lines.length && belongs(lines[end] ?? '')) end++
  return Math.max(end, from)
}

// Links inside the guide are topics of help; an address elsewhere is printed.
function plainText(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll('`', '')
    .replace(/\\([|\\*_<>])/g, '$1')
    .trim()
}

function wrapped(text: string, columns: number, first = '', others = ''): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = others
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line]
}

function plainTable(rows: readonly string[], columns: number): string[] {
  const cells = rows
    .filter((row) => !/^\|[\s:|-]+\|\s*$/.test(row))
    .map((row) =>
      row
        .trim()
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map(plainText),
    )
  const count = Math.max(...cells.map((row) => row.length))
  const columnCells = Array.from({ length: count }, (_, i) => cells.map((row) => row[i] ?? ''))
  const widths = columnCells.map((column) => Math.max(3, ...column.map((cell) => cell.length)))
  const words = columnCells.map((column) =>
    Math.max(3, ...column.flatMap((cell) => cell.split(/\s+/)).map((w) => w.length)),
  )
  while (widths.reduce((sum, width) => sum + width, 2 * (count - 1)) > columns) {
    // The widest column that can still be wrapped between words; else the widest.
    const roomy = widths.map((width, i) => (width > (words[i] ?? 0) ? width : 0))
    const most = Math.max(...roomy) > 0 ? roomy : widths
    const widest = most.indexOf(Math.max(...most))
    if ((widths[widest] ?? 0) <= 8) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return cells.flatMap((row, at) => {
    const parts = widths.map((width, i) => broken(row[i] ?? '', width))
    const height = Math.max(...parts.map((part) => part.length))
    const lines = Array.from({ length: height }, (_, line) =>
      parts
        .map((part, i) => (part[line] ?? '').padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    return at === 0 ? [...lines, widths.map((width) => '-'.repeat(width)).join('  ')] : lines
  })
}

function broken(cell: string, width: number): string[] {
  return wrapped(cell, width).flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])
}
