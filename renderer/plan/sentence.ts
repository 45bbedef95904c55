/** How a label or a message of the plan's schema becomes part of a sentence. */

/** The message as a sentence: a capital at its beginning, one full stop at its end. */
export function asSentence(message: string): string {
  const trimmed = message.trim().replace(/\.$/, '')
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`
}

/** A label inside a sentence: `Address of Redis` becomes `address of Redis`; `SSH port` and `PostgreSQL` stay. */
export function inSentence(label: string): string {
  const [first = ''] = label.split(/[\s-]/)
  return /[A-Z0-9]/.test(first.slice(1)) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`
}
