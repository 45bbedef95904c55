/** What a method of the contract is, and the types that follow from a list of methods. */
import type { z } from 'zod'

/**
 * One method: what goes in, what comes out. `changes` is true if the call changes stored data (a process without the
 * lease may still call it).
 */
export interface Method<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly about: string
  readonly changes: boolean
  readonly in: In
  readonly out: Out
  /** A cheaper schema of the same type, which a window validates the reply with instead of `out`. */
  readonly read?: z.ZodType<z.output<Out>>
}

/** A method that only reads. */
export function query<In extends z.ZodType, Out extends z.ZodType>(
  about: string,
  input: In,
  output: Out,
  read?: z.ZodType<z.output<Out>>,
): Method<In, Out> {
  return { about, changes: false, in: input, out: output, ...(read ? { read } : {}) }
}

/** A method that changes something. */
export function change<In extends z.ZodType, Out extends z.ZodType>(
  about: string,
  input: In,
  output: Out,
): Method<In, Out> {
  return { about, changes: true, in: input, out: output }
}

export type Methods = Readonly<Record<string, Method>>

/**
 * What implements a contract: input arrives read (defaults filled in), output leaves as its schema says. Throws
 * FailureError for what a person can act on.
 */
export type ApiOf<M extends Methods> = {
  readonly [Name in keyof M]: (input: z.output<M[Name]['in']>) => Promise<z.input<M[Name]['out']>>
}

/** What a caller writes, where defaults may be left out. */
export type InputOf<M extends Methods, Name extends keyof M> = z.input<M[Name]['in']>

/** What a caller gets. */
export type OutputOf<M extends Methods, Name extends keyof M> = z.output<M[Name]['out']>

/** What asks over a contract, whatever lies between. Rejects with FailureError. */
export type CallOf<M extends Methods> = <Name extends keyof M & string>(
  name: Name,
  input: InputOf<M, Name>,
) => Promise<OutputOf<M, Name>>
