/** Owns asking a person at the terminal, and reading standard input whole. */

/** Asks for a secret without showing it. Undefined where standard input is no terminal. */
export async function askHidden(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return undefined
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding('utf8')
  let answer = ''
  try {
    for await (const chunk of stdin as AsyncIterable<string>) {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') return answer
        if (key === '\u0003') throw new Error('interrupted')
        answer = key === '\u007f' || key === '\b' ? answer.slice(0, -1) : answer + key
      }
    }
    return answer
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

/** All of standard input as text. */
export async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin as AsyncIterable<string>) text += chunk
  return text
}
