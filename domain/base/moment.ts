/** Owns the moments that come from outside: only such as can be written as a date. */
import { z } from 'zod'

/** Milliseconds since 1970, UTC, as far as a Date goes. What lies beyond would enter the log, and nothing that tells of it could be made any more. */
export const Moment = z.number().min(0).max(8_640_000_000_000_000)
