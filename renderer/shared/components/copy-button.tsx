/** A button that copies a text and shows whether the clipboard took it. */
import { Button, type ButtonProps } from '@fluentui/react-components'
import { Checkmark20Regular, Copy20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { announce } from '../announcer.ts'
import { copyText } from '../text.ts'

interface CopyButtonProps {
  /** Called when the button is pressed. */
  readonly text: () => string
  readonly children: string
  readonly size?: ButtonProps['size']
  /** Shows the icon alone; the words are its name. */
  readonly compact?: boolean
}

export function CopyButton({ text, children, size = 'medium', compact = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = async (): Promise<void> => {
    const how = await navigator.clipboard.writeText(text()).then(
      () => 'copied' as const,
      () => 'refused' as const,
    )
    setOutcome(how)
    announce('copy', () => (how === 'copied' ? copyText.copied(children) : copyText.refused(children)))
  }
  return (
    <>
      <Button
        size={size}
        {...(compact ? { appearance: 'subtle', 'aria-label': children, title: children } : {})}
        icon={outcome === 'copied' ? <Checkmark20Regular /> : <Copy20Regular />}
        onClick={() => {
          void copy()
        }}
        onBlur={() => {
          setOutcome(null)
        }}
      >
        {compact ? null : children}
      </Button>
      {outcome === 'refused' && <span role="alert">{copyText.refusedHint}</span>}
    </>
  )
}
