/** Finds duplicate keys in a JSON text: JSON.parse silently keeps the last. */

/** A key written again, where (a path such as hosts[2].address), and in which lines, counted from 1. */
export interface DuplicateKey {
  readonly path: string
  readonly firstLine: number
  readonly line: number
}

interface Open {
  /** Keys of an object with the line of each; undefined for a list. */
  readonly keys: Map<string, number> | undefined
  readonly path: string
  /** Elements begun so far, of a list. */
  index: number
  /** The key whose value comes next. */
  key: string
}

/** The duplicate keys of a valid JSON text, in order; at most `most`. For other text the result is meaningless. */
export function duplicateKeys(text: string, most = 20): DuplicateKey[] {
  const found: DuplicateKey[] = []
  const open: Open[] = []
  let line = 1
  for (let at = 0; at < text.length && found.length < most; at++) {
    const inside = open.at(-1)
    switch (text[at]) {
      case '\n':
        line++
        break
      case '{':
      case '[':
        open.push({
          keys: text[at] === '{' ? new Map() : undefined,
          path: inside ? pathOf(inside) : '',
          index: 0,
          key: '',
        })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (inside) inside.index++
        break
      case '"': {
        const end = endOfString(text, at)
        if (inside?.keys && nextOf(text, end + 1) === ':') {
          const key = String(JSON.parse(text.slice(at, end + 1)))
          const firstLine = inside.keys.get(key)
          inside.key = key
          if (firstLine === undefined) inside.keys.set(key, line)
          else found.push({ path: pathOf(inside), firstLine, line })
        }
        at = end
        break
      }
      default:
    }
  }
  return found
}

function pathOf({ keys, path, index, key }: Open): string {
  if (!keys) return `${path}[${index}]`
  return path === '' ? key : `${path}.${key}`
}

// A JSON string holds no line break, and a quote in it stands behind a backslash.
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length - 1
}

function nextOf(text: string, from: number): string | undefined {
  for (let at = from; at < text.length; at++) if (!' \t\r\n'.includes(text[at] ?? '')) return text[at]
  return undefined
}
