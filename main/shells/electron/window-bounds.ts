/** The last position of the window, moved to a screen that exists. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Rectangle = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
export type Rectangle = z.infer<typeof Rectangle>

const Place = z.strictObject({ bounds: Rectangle, maximised: z.boolean() })
export type Place = z.infer<typeof Place>

export const least = { width: 900, height: 560 } as const
const first = { width: 1280, height: 800 } as const
// So much of the title bar must be within reach of a mouse.
const grip = { width: 120, height: 40 } as const

export interface Opening {
  readonly width: number
  readonly height: number
  /** Left out: in the middle of the main screen. */
  readonly x?: number
  readonly y?: number
  readonly maximised: boolean
}

/**
 * Where to open: as it was, fitted into the screen it is on; in the middle where its screen is gone. `screens` are
 * the areas that windows may use.
 */
export function openingFor(place: Place | undefined, screens: readonly Rectangle[]): Opening {
  if (!place) return { ...first, maximised: false }
  const { bounds, maximised } = place
  const screen = screens.find((candidate) => reachable(bounds, candidate))
  if (!screen) return { width: bounds.width, height: bounds.height, maximised }
  const width = Math.min(bounds.width, screen.width)
  const height = Math.min(bounds.height, screen.height)
  return {
    width,
    height,
    x: clamp(bounds.x, screen.x, screen.x + screen.width - width),
    y: clamp(bounds.y, screen.y, screen.y + screen.height - height),
    maximised,
  }
}

/** What the file says; undefined where there is none, or it is damaged. */
export function readPlace(file: string): Place | undefined {
  try {
    return Place.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Keeps it. A disk that is full costs the place of a window, and nothing else. */
export function keepPlace(file: string, place: Place): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.new`, `${JSON.stringify(place)}\n`)
    renameSync(`${file}.new`, file)
  } catch {
    // Next time it opens where it did before.
  }
}

function reachable(bounds: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
  return across >= grip.width && bounds.y >= screen.y && bounds.y + grip.height <= screen.y + screen.height
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to)
}
