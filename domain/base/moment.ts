/** Validates times that come from outside. */
import { z } from 'zod'

/** Milliseconds since 1970, UTC, within the range of Date: a larger number in the log could not be formatted. */
export const Moment = z.number().min(0).max(8_640_000_000_000_000)
