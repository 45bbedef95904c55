/** The firewall matrix: every network path of the site with its survey result, as a list or grid, and for export. */
import { Button } from '@fluentui/react-components'
import { ArrowDownload20Regular, ScanDash20Regular } from '@fluentui/react-icons'
import { type ReactNode, useMemo, useState } from 'react'
import {
  crossing,
  facetsOf,
  filterFlows,
  type FlowFilter,
  flowGroups,
  matrixTable,
  matrixText,
  roleTitles,
} from '../../domain/checks/flow-matrix.ts'
import { proofTitles } from '../../domain/checks/flow-proof.ts'
import { Choice } from '../canvas/map-tools.tsx'
import { CopyButton } from '../shared/components/copy-button.tsx'
import { SourceOf } from '../shared/components/provenance.tsx'
import { saveFile } from '../shared/save-file.ts'
import { WaitingMain } from '../shared/components/waiting.tsx'
import { csvText } from '../plan/hosts/csv/rows.ts'
import { formatCount } from '../../domain/base/plural.ts'
import { formatWhen } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { go } from '../shared/route.ts'
import { FilterChip } from '../shared/components/filter-chip.tsx'
import { focusedPart, focusField } from '../navigation/field-focus.ts'
import { statusOfProof } from './flow-results.ts'
import { FirewallGrid } from './firewall-grid.tsx'
import { FirewallList } from './firewall-list.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { useProvenFlows } from './use-flow-results.ts'
import { seenPaths } from '../plan/model/finding-location.ts'
import pageStyles from '../shared/styles/page.module.css'
import { matrixViewText as text } from './text.ts'
import styles from './topology.module.css'

const everything: FlowFilter = { role: null, port: null, state: null }

export function FirewallSection() {
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const revision = useDraft((draft) => draft.revision.revision)
  const proven = useProvenFlows()
  const [filter, setFilter] = useState(everything)
  const [as, setAs] = useState<'list' | 'grid'>('list')
  // A link of a finding opens the path that it is about.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(focusedPart(seenPaths.flow(''))))
  const all = useMemo(() => (proven ? crossing(proven) : null), [proven])
  const shown = useMemo(() => (all ? filterFlows(plan, all, filter) : []), [plan, all, filter])
  const facets = useMemo(() => (all ? facetsOf(plan, all, filter) : null), [plan, all, filter])
  if (!all || !facets) return <WaitingMain>{text.loading}</WaitingMain>
  // The panel follows the survey; a path that the filter hides leaves the panel too.
  const beside = shown.filter(({ flow }) => chosen.has(flow.id))
  const tested = all.flatMap(({ proof }) => proof.at ?? [])
  const fileName = `${plan.name.replace(/[^\p{L}\p{N}]+/gu, '-')}-r${revision}-firewall`
  return (
    <div className={beside.length > 0 ? pageStyles.withPanel : pageStyles.alone}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <div className={styles.toolBox}>
          <div className={styles.toolLine}>
            <span role="status">
              {text.summary(
                text.paths(shown.length, all.length),
                tested.length === 0
                  ? text.noneTested
                  : text.tested(tested.length, formatWhen(Math.max(...tested), Date.now())),
              )}
            </span>
            <span className={pageStyles.space} />
            <Choice
              label={text.view}
              of={[
                { name: 'list', label: text.list },
                { name: 'grid', label: text.grid },
              ]}
              chosen={as}
              onChoose={setAs}
            />
            {tested.length === 0 && all.length > 0 && (
              <Button
                size="small"
                icon={<ScanDash20Regular />}
                onClick={() => {
                  focusField(seenPaths.survey)
                  go({ view: 'plan', planId, section: 'survey' })
                }}
              >
                {text.survey}
              </Button>
            )}
            <CopyButton size="small" text={() => csvText(matrixTable(plan, shown))}>
              {text.copyCsv}
            </CopyButton>
            <Button
              size="small"
              icon={<ArrowDownload20Regular />}
              onClick={() => {
                saveFile({
                  fileName: `${fileName}.txt`,
                  mediaType: 'text/plain',
                  text: matrixText(plan, revision, shown),
                })
              }}
            >
              {text.saveText}
            </Button>
          </div>
          <Chips
            {...text.filterResult}
            of={facets.states}
            chosen={filter.state}
            onChoose={(state) => {
              setFilter({ ...filter, state })
            }}
            write={(state) => (
              <>
                <StatusGlyph
                  status={statusOfProof({
                    state,
                    severity: all.find(({ proof }) => proof.state === state)?.proof.severity ?? null,
                  })}
                  size={14}
                />
                {proofTitles[state]}
              </>
            )}
          />
          <div className={styles.toolLine}>
            <Chips
              {...text.filterRole}
              of={facets.roles}
              chosen={filter.role}
              onChoose={(role) => {
                setFilter({ ...filter, role })
              }}
              write={(role) => roleTitles[role]}
            />
            <Chips
              {...text.filterPort}
              of={facets.ports}
              chosen={filter.port}
              onChoose={(port) => {
                setFilter({ ...filter, port })
              }}
              write={text.port}
            />
          </div>
        </div>
        {all.length === 0 ? (
          <p className={pageStyles.none}>{text.empty}</p>
        ) : shown.length === 0 ? (
          <p className={pageStyles.none}>
            {text.noMatch}{' '}
            <Button
              size="small"
              onClick={() => {
                setFilter(everything)
              }}
            >
              {text.showAll}
            </Button>
          </p>
        ) : as === 'list' ? (
          <FirewallList groups={flowGroups(shown)} chosen={chosen} onChoose={setChosen} />
        ) : (
          <FirewallGrid proven={shown} chosen={chosen} onChoose={setChosen} />
        )}
        <OpenQuestions />
      </main>
      {beside.length > 0 && (
        <FlowPanel
          key={[...chosen].join(' ')}
          flows={beside}
          all={all}
          onClose={() => {
            setChosen(new Set())
          }}
        />
      )}
    </div>
  )
}

interface ChipsProps<T extends string | number> {
  readonly title: string
  readonly label: string
  readonly of: ReadonlyMap<T, number>
  readonly chosen: T | null
  readonly onChoose: (chosen: T | null) => void
  readonly write: (choice: T) => ReactNode
}

/** A filter with one choice at most; pressing the chosen one again removes the filter. */
function Chips<T extends string | number>({ title, label, of, chosen, onChoose, write }: ChipsProps<T>) {
  return (
    <span className={styles.chips} role="group" aria-label={label}>
      <span className={styles.chipsTitle}>{title}</span>
      {[...of].map(([choice, found]) => (
        <FilterChip
          key={choice}
          pressed={choice === chosen}
          onPress={() => {
            onChoose(choice === chosen ? null : choice)
          }}
        >
          {write(choice)} <strong>{formatCount(found)}</strong>
        </FilterChip>
      ))}
    </span>
  )
}

function OpenQuestions() {
  const open = useDraft((draft) => draft.topology?.open) ?? []
  if (open.length === 0) return null
  return (
    <section className={styles.questions} aria-label={text.openQuestions}>
      <h2>{text.openQuestions}</h2>
      {open.map(({ id, from, to, question, source }) => (
        <p key={id}>
          <strong>{text.betweenEnds(from, to)}</strong>
          {`${question} `}
          <SourceOf source={source} />
        </p>
      ))}
    </section>
  )
}
