/** The heading of a column that sorts its table. */
import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons'
import styles from './sort-head.module.css'

interface SortHeadProps<Column extends string> {
  readonly by: Column
  readonly title: string
  readonly sort: { readonly by: Column; readonly descending: boolean }
  readonly onSort: (sort: { readonly by: Column; readonly descending: boolean }) => void
}

export function SortHead<Column extends string>({ by, title, sort, onSort }: SortHeadProps<Column>) {
  const active = sort.by === by
  return (
    <th scope="col" aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => {
          onSort({ by, descending: active && !sort.descending })
        }}
      >
        {title}
        {active &&
          (sort.descending ? <ArrowDown16Regular aria-hidden="true" /> : <ArrowUp16Regular aria-hidden="true" />)}
      </button>
    </th>
  )
}
