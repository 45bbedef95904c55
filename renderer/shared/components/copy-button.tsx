/** Owns handing a text to the clipboard, and saying whether it got there. */
import { Button, type ButtonProps } from '@fluentui/react-components'
import { Checkmark20Regular, Copy20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { announce } from '../announcer.ts'

interface CopyButtonProps {
  /** Made when it is asked for. */
  readonly text: () => string
  readonly children: string
  readonly size?: ButtonProps['size']
  /** Shows the icon alone; the words are its name. */
  readonly compact?: boolean
}

export function CopyButton({ text, children, size = 'medium', compact = false }: CopyButtonProps) {
  const [ended, setEnded] = useState<'copied' | 'refused' | null>(null)
  const copy = async (): Promise<void> => {
    const how = await navigator.clipboard.writeText(text()).then(
      () => 'copied' as const,
      () => 'refused' as const,
    )
    setEnded(how)
    announce('copy', () =>
      how === 'copied' ? `${children}: copied` : `${children}: the browser refused the clipboard`,
    )
  }
  return (
    <>
      <Button
        size={size}
        {...(compact ? { appearance: 'subtle', 'aria-label': children, title: children } : {})}
        icon={ended === 'copied' ? <Checkmark20Regular /> : <Copy20Regular />}
        onClick={() => {
          void copy()
        }}
        onBlur={() => {
          setEnded(null)
        }}
      >
        {compact ? null : children}
      </Button>
      {ended === 'refused' && (
        <span role="alert">
          The browser refused the clipboard. Save it as a file instead, or allow it for this page.
        </span>
      )}
    </>
  )
}
