/** Asks a person at the terminal, and reads standard input to its end. */
import { CommandEnd, exitCodes } from './exit-code.ts'
import { openText } from './text/common.ts'

/** Asks for a secret without showing it. Undefined where standard input is no terminal. Ctrl-C ends the command. */
export function askHidden(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return Promise.resolve(undefined)
  // Before the question: what is pasted at once must not be shown either.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let answer = ''
    // Not by iterating: the end of an iteration closes standard input, and there may be a second question.
    const onData = (chunk: string) => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n')
          return done(() => {
            resolve(answer)
          })
        if (key === '\u0003')
          return done(() => {
            reject(new CommandEnd(exitCodes.invalid, openText.interrupted))
          })
        answer = key === '\u007f' || key === '\b' ? answer.slice(0, -1) : answer + key
      }
    }
    const done = (end: () => void) => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      end()
    }
    stdin.on('data', onData)
    stdin.resume()
  })
}

/** All of standard input as text. */
export async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin as AsyncIterable<string>) text += chunk
  return text
}
