/** Takes a picture of the real app: a page on its own folder, its themes and sizes, and the checks of every view. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { axeFindings, overflows, settle } from '../looks.ts'
import { homePage } from '../pages/home-page.ts'
import { createShell, openChromium, type Shell } from '../shell.ts'

/** How the window looks when a picture is taken. */
export interface Look {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly colorScheme: 'light' | 'dark'
  readonly forcedColors?: 'active'
}

const sizes = [
  [1280, 800],
  [1920, 1080],
] as const
/** Both themes in both sizes. */
export const bothThemes: readonly Look[] = sizes.flatMap(([width, height]) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${colorScheme}-${width}x${height}`,
    width,
    height,
    colorScheme,
  })),
)
/** What Windows does with its high contrast themes. */
export const forcedColours: readonly Look[] = [
  { name: 'forced-1280x800', width: 1280, height: 800, colorScheme: 'dark', forcedColors: 'active' },
]
/** 1280x800 at 200 %. */
export const zoomed: readonly Look[] = (['light', 'dark'] as const).map((colorScheme) => ({
  name: `${colorScheme}-1280x800-at-200`,
  width: 640,
  height: 400,
  colorScheme,
}))
/** The theme of our own, which asks the system for nothing. */
export const asChosen: readonly Look[] = [{ name: '1280x800', width: 1280, height: 800, colorScheme: 'light' }]

export interface Camera {
  readonly page: Page
  readonly shell: Shell
  /** Takes the page as it stands. */
  picture(name: string, looks?: readonly Look[]): Promise<void>
  /** Goes to an address and waits until what it reads is there. */
  goTo(fragment: string): Promise<void>
  /** Shows the hosts of a run as a map, a farm, a table or a timeline, and waits until it is drawn. */
  hostsAs(view: 'Map' | 'Farm' | 'Table' | 'Timeline'): Promise<void>
  /** Starts the application, again where it was ended, and opens it. */
  start(): Promise<void>
}

export type Scene = (camera: Camera) => Promise<void>

export interface Shooting {
  /** Where the pictures lie. */
  readonly out: string
  /** Holds every view to axe and to what may not overflow. */
  readonly hold: boolean
  /** Told of every finding. */
  readonly onFinding: (finding: string) => void
}

/** Plays a scene on a fresh folder. Takes as long as its pictures, and seconds more for each that is held to axe. */
export async function shoot(scene: Scene, { out, hold, onFinding }: Shooting): Promise<void> {
  mkdirSync(out, { recursive: true })
  const shell = createShell()
  let browser: BrowserContext | undefined
  try {
    browser = await openChromium(join(shell.folder, 'profile'))
    const page = await browser.newPage()
    page.setDefaultTimeout(180_000)
    const camera: Camera = {
      page,
      shell,
      async picture(name, looks = bothThemes) {
        for (const look of looks) {
          await page.setViewportSize(look)
          await page.emulateMedia({ colorScheme: look.colorScheme, forcedColors: look.forcedColors ?? null })
          await settle(page)
          await page.screenshot({ path: join(out, `${name}-${look.name}.png`), animations: 'disabled' })
          // One size is enough for axe; forced colours are the system's own, which axe does not see.
          if (hold && look.width <= 1280)
            for (const finding of [...(look.forcedColors ? [] : await axeFindings(page)), ...(await overflows(page))])
              onFinding(`${name}, ${look.name}: ${finding}`)
        }
        await page.setViewportSize({ width: 1280, height: 800 })
        await page.emulateMedia({ colorScheme: 'light', forcedColors: null })
      },
      async goTo(fragment) {
        await page.evaluate((hash) => {
          location.hash = hash
        }, fragment)
        await page.locator('h1, h2').first().waitFor()
        await settle(page)
        await drawn(page)
      },
      async hostsAs(view) {
        await page.getByRole('button', { name: view, exact: true }).click()
        await settle(page)
        await drawn(page)
      },
      start: async () => {
        await homePage(page).open(await shell.start())
      },
    }
    await camera.start()
    await scene(camera)
  } finally {
    await browser?.close()
    await shell.close()
  }
}

/** Waits until nothing on the page is said to be read any more. */
async function drawn(page: Page): Promise<void> {
  await page.getByRole('status').getByRole('progressbar').first().waitFor({ state: 'detached' })
}
