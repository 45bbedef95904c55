/** A page of the guide, drawn from what the Markdown reader found in it. No part of it is ever read as HTML. */
import { type ReactNode, useEffect, useRef } from 'react'
import { CopyButton } from '../shared/components/copy-button.tsx'
import { goInHelp } from './help-store.ts'
import type { Inline } from './inline.ts'
import type { Block } from './markdown.ts'
import { findPage, type PageLink, resolveLink } from './pages.ts'
import { helpText } from './text.ts'
import styles from './help.module.css'

/**
 * Shows the page of `link` from its heading on. `about`: what to say of the present view first.
 * `takesFocus`: the person went to this page, so its heading gets the focus.
 */
export function Article({
  link,
  about,
  takesFocus = false,
}: {
  readonly link: PageLink
  readonly about?: { readonly title: string; readonly text: string }
  readonly takesFocus?: boolean
}) {
  const article = useRef<HTMLDivElement>(null)
  const page = findPage(link.page)
  const { heading } = link
  useEffect(() => {
    const headings = [...(article.current?.querySelectorAll<HTMLElement>('[data-heading]') ?? [])]
    const target = headings.find((candidate) => candidate.dataset['heading'] === heading) ?? headings[0]
    if (takesFocus) target?.focus({ preventScroll: true })
    // A page that is shown for the view begins with what Help says of that view.
    if (heading !== null && takesFocus) target?.scrollIntoView({ block: 'start' })
  }, [heading, takesFocus])
  if (!page) return <p className={styles.article}>{helpText.missingPage}</p>
  const shown = takesFocus || heading === null ? page.blocks : sectionFrom(page.blocks, heading)
  return (
    <div ref={article} className={styles.article} role="region" aria-label={page.title} tabIndex={0}>
      {about && (
        <div className={styles.about}>
          <strong>{helpText.aboutView(about.title)}</strong>
          <p>{about.text}</p>
        </div>
      )}
      {shown !== page.blocks && (
        <>
          <h3 className={styles.heading1}>{page.title}</h3>
          <p>
            <InHelp link={{ page: page.name, heading: null }}>{helpText.wholePage}</InHelp>
          </p>
        </>
      )}
      {drawn(shown, page.name)}
    </div>
  )
}

/** The blocks under that heading, with it; all where the page does not have it. */
function sectionFrom(blocks: readonly Block[], heading: string): readonly Block[] {
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.id === heading)
  const first = blocks[from]
  if (first?.kind !== 'heading') return blocks
  const after = blocks.slice(from + 1)
  const end = after.findIndex((block) => block.kind === 'heading' && block.level <= first.level)
  return [first, ...(end < 0 ? after : after.slice(0, end))]
}

function drawn(blocks: readonly Block[], page: string): ReactNode {
  return blocks.map((block, i) => <BlockView key={i} block={block} page={page} />)
}

function BlockView({ block, page }: { readonly block: Block; readonly page: string }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      // The pane's own title is a second level.
      const Level = block.level === 1 ? 'h3' : block.level === 2 ? 'h4' : 'h5'
      return (
        <Level className={styles[`heading${Math.min(block.level, 3)}`]} data-heading={block.id} tabIndex={-1}>
          {words(block.content, page)}
        </Level>
      )
    }
    case 'paragraph':
      return <p>{words(block.content, page)}</p>
    case 'code':
      return (
        <div className={styles.code}>
          <pre>{block.text}</pre>
          <CopyButton text={() => block.text} size="small" compact>
            {helpText.copyCommand}
          </CopyButton>
        </div>
      )
    case 'quote':
      return <blockquote className={styles.quote}>{drawn(block.blocks, page)}</blockquote>
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}>{listItem(item, page)}</li>)
      return block.start === null ? (
        <ul className={styles.list}>{items}</ul>
      ) : (
        <ol className={styles.list} start={block.start}>
          {items}
        </ol>
      )
    }
    case 'table':
      return (
        <div className={styles.wide} tabIndex={block.head.length > 2 ? 0 : undefined}>
          <table className={styles.table}>
            <thead>
              <tr>
                {block.head.map((cell, i) => (
                  <th key={i} scope="col">
                    {words(cell, page)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={j}>{words(cell, page)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}

/** An item of one paragraph is drawn without the distance of a paragraph. */
function listItem(blocks: readonly Block[], page: string): ReactNode {
  const [first, ...others] = blocks
  return first?.kind === 'paragraph' ? [words(first.content, page), drawn(others, page)] : drawn(blocks, page)
}

function words(parts: readonly Inline[], page: string): ReactNode {
  return parts.map((part, i) => <InlineView key={i} part={part} page={page} />)
}

function InlineView({ part, page }: { readonly part: Inline; readonly page: string }): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return <strong>{words(part.content, page)}</strong>
    case 'emphasis':
      return <em>{words(part.content, page)}</em>
    case 'link': {
      const link = resolveLink(page, part.href)
      return link ? <InHelp link={link}>{words(part.content, page)}</InHelp> : words(part.content, page)
    }
  }
}

/** A link to a place in Help. A button, since the address of the window is that of the view. */
function InHelp({ link, children }: { readonly link: PageLink; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => {
        goInHelp({ kind: 'page', ...link })
      }}
    >
      {children}
    </button>
  )
}
