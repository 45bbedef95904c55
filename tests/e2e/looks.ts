/** What every view must satisfy: no axe violation, no overflow. Also shows what moves and what has the focus. */
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright'

// Fluent's focus manager puts these at the ends of a group; they hand the focus on at once.
const focusDummies = '[data-tabster-dummy]'

/** What axe finds against the page as it stands, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude(focusDummies)
    // A tile shows the digits of its host and is named by the whole of it: the text is in the name, as WCAG 2.5.3 asks; axe wants whole words.
    .disableRules(['label-content-name-mismatch'])
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  )
}

/** Elements that stick out of the window, or whose text is cut with no sign of it. */
export async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class')?.slice(0, 60) ?? ''} "${element.textContent.slice(0, 40)}"`
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window')
    for (const element of document.querySelectorAll('#root *')) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2 || style.visibility === 'hidden') continue
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip'
      const text = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      )
      if (text && clips && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut: ${name(element)}`)
      if (box.right > innerWidth + 1 && !scrolls(element)) found.push(`sticks out: ${name(element)}`)
    }
    return found.slice(0, 20)

    function scrolls(element: Element): boolean {
      for (let up = element.parentElement; up; up = up.parentElement)
        if (
          ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX) &&
          up.id !== 'root' &&
          up.tagName !== 'BODY'
        )
          return true
      return false
    }
  })
}

/** Waits until fonts are there and nothing on the page changes colour any more. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    // What turns for ever is not waited for.
    const changing = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(changing.map((animation) => animation.finished))
  })
}

/** What moves on the page while `meanwhile` is done: every animation and transition that a person could see, once, by what it moves. */
export async function motions(page: Page, meanwhile: () => Promise<unknown>): Promise<string[]> {
  const look = await page.evaluateHandle(() => {
    const seen = new Set<string>()
    let over = false
    const frame = (): void => {
      for (const animation of document.getAnimations()) {
        const { effect } = animation
        // What lasts no longer than a frame is no motion.
        if (
          animation.playState !== 'running' ||
          !(effect instanceof KeyframeEffect) ||
          Number(effect.getComputedTiming().activeDuration) <= 17
        )
          continue
        const name =
          animation instanceof CSSTransition
            ? animation.transitionProperty
            : animation instanceof CSSAnimation
              ? animation.animationName
              : 'script'
        seen.add(
          `${name} of ${effect.target?.tagName.toLowerCase() ?? ''}.${effect.target?.getAttribute('class') ?? ''}`,
        )
      }
      if (!over) requestAnimationFrame(frame)
    }
    frame()
    return {
      end: () => {
        over = true
        return [...seen]
      },
    }
  })
  await meanwhile()
  return look.evaluate(({ end }) => end())
}

/** Waits until that element, or something inside it, has the focus. */
export async function focused(element: Locator): Promise<void> {
  await element
    .page()
    .waitForFunction((one) => one.contains(document.activeElement), await element.elementHandle(), { timeout: 10_000 })
}
