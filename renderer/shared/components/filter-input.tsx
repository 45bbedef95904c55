/** A small search field that filters a list. */
import { Input } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons'

export interface FilterInputProps {
  /** The accessible name, which is also the placeholder. */
  readonly label: string
  readonly className: string | undefined
  readonly value: string
  readonly onFilter: (value: string) => void
}

export function FilterInput({ label, className, value, onFilter }: FilterInputProps) {
  return (
    <Input
      size="small"
      className={className}
      contentBefore={<Search20Regular />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(_, data) => {
        onFilter(data.value)
      }}
    />
  )
}
