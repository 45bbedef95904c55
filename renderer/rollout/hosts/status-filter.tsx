/** Status counts that filter the hosts of a run. A menu takes what does not fit, counts of problems last. */
import {
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Overflow,
  OverflowItem,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from '@fluentui/react-components'
import { useMemo } from 'react'
import { statusCounts } from './status-counts.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { type Status, statusWords } from '../../status/status.ts'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { filterText } from './text.ts'
import styles from './status-filter.module.css'

const visibleLongest: readonly (Status | null)[] = ['failed', 'needs-you', 'unreachable', null, 'running', 'done']

interface Chip {
  readonly status: Status | null
  readonly n: number
}

export function StatusFilter() {
  const state = useRun((picture) => picture.state)
  const filter = useViewState((view) => view.filter)
  const chips = useMemo(
    (): readonly Chip[] => [{ status: null, n: state.index.lanes.length }, ...statusCounts(state, filter)],
    [state, filter],
  )
  return (
    <Overflow padding={4} minimumVisible={1}>
      <div className={styles.chips} role="group" aria-label={filterText.group}>
        {chips.map((chip) => (
          <OverflowItem key={idOf(chip)} id={idOf(chip)} priority={priorityOf(chip, filter)}>
            {/* The gap belongs to the item: space between items is not measured. */}
            <span className={styles.slot}>
              <button
                type="button"
                className={styles.chip}
                aria-pressed={chip.status === filter}
                onClick={() => {
                  choose(chip.status, filter)
                }}
              >
                <Counted chip={chip} />
              </button>
            </span>
          </OverflowItem>
        ))}
        <More chips={chips} />
      </div>
    </Overflow>
  )
}

function More({ chips }: { readonly chips: readonly Chip[] }) {
  const { ref, overflowCount, isOverflowing } = useOverflowMenu<HTMLSpanElement>()
  if (!isOverflowing) return null
  return (
    <span ref={ref} className={styles.slot}>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <button
            type="button"
            className={styles.chip}
            aria-label={filterText.more(overflowCount)}
          >{`+${overflowCount}`}</button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {chips.map((chip) => (
              <Hidden key={idOf(chip)} chip={chip} />
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  )
}

function Hidden({ chip }: { readonly chip: Chip }) {
  const visible = useIsOverflowItemVisible(idOf(chip))
  const filter = useViewState((view) => view.filter)
  return visible ? null : (
    <MenuItem
      onClick={() => {
        choose(chip.status, filter)
      }}
    >
      <span className={styles.hidden}>
        <Counted chip={chip} />
      </span>
    </MenuItem>
  )
}

function Counted({ chip: { status, n } }: { readonly chip: Chip }) {
  return (
    <>
      {status === null ? (
        filterText.all
      ) : (
        <>
          <StatusGlyph status={status} size={14} />
          {statusWords[status]}
        </>
      )}{' '}
      <strong>{formatCount(n)}</strong>
    </>
  )
}

function idOf({ status }: Chip): string {
  return status ?? 'all'
}

/** The higher, the longer it stays in the row. */
function priorityOf({ status }: Chip, filter: Status | null): number {
  const position = visibleLongest.indexOf(status)
  return status === filter ? 100 : position === -1 ? 0 : visibleLongest.length - position
}

/** Filters by a status; choosing the current one again shows all hosts. */
function choose(status: Status | null, filter: Status | null): void {
  useViewState.setState({ filter: filter === status ? null : status })
}
