/** What the SSH transport tells a person beside its failures. */
import { plural } from '../../../domain/base/plural.ts'

export const sshText = {
  credential: { password: 'password', key: 'key', agent: "agent's keys" },
  hostClosed: 'the host closed it',
  noMatchingKey: 'no matching host key',
  hostClosedConnection: 'the host closed the connection',
  timedOut: (ms: number) => `timed out after ${ms} ms`,
  noAnswer: (ms: number) => `no answer within ${ms} ms`,
  hostSilent: (seconds: number) => `the host sent nothing for ${plural(seconds, 'second')}`,
  endedBySignal: (executable: string, signal: string | undefined) =>
    `${executable} was ended on the host by ${signal ?? 'a signal'}.`,
  endedWithCode: (executable: string, code: number) => `${executable} ended on the host with exit code ${code}.`,
  endedUnknown: (executable: string) => `${executable} ended on the host with an unknown exit code.`,
  knownHostsLine: (line: number, problem: string) => `line ${line}: ${problem}`,
  authorityUnused:
    'Rollout does not use certificate authorities. It pins the host by its own key at the first connection',
  unknownMarker: (marker: string) => `the marker ${marker} is unknown`,
  noEntry: 'not a known_hosts entry',
  keyDamaged: (type: string) => `the key is damaged or not of the type ${type}`,
  keyTypeUnused: (type: string) => `Rollout does not use keys of the type ${type}`,
} as const
