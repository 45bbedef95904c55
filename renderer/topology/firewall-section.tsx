/** Owns the firewall matrix: every path the site needs with what a survey has proven of it, filtered, as a list or as a grid, and handed out for those who open the paths. */
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
import { Waiting } from '../shared/components/waiting.tsx'
import { csvText } from '../plan/hosts/csv/rows.ts'
import { formatCount, plural } from '../../domain/base/plural.ts'
import { formatWhen } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { go } from '../shared/route.ts'
import { focusedPart, focusField } from '../navigation/field-focus.ts'
import { statusOfProof } from './flow-results.ts'
import { FirewallGrid } from './firewall-grid.tsx'
import { FirewallList } from './firewall-list.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { useProvenFlows } from './use-flow-results.ts'
import { seenPaths } from '../plan/model/finding-location.ts'
import pageStyles from '../shared/styles/page.module.css'
import styles from './topology.module.css'

const everything: FlowFilter = { role: null, port: null, state: null }

export function FirewallSection() {
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const revision = useDraft((draft) => draft.revision.revision)
  const proven = useProvenFlows()
  const [filter, setFilter] = useState(everything)
  const [as, setAs] = useState<'list' | 'grid'>('list')
  // A finding may have led here, to the path that it is about.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(focusedPart(seenPaths.flow(''))))
  const all = useMemo(() => (proven ? crossing(proven) : null), [proven])
  const shown = useMemo(() => (all ? filterFlows(plan, all, filter) : []), [plan, all, filter])
  const facets = useMemo(() => (all ? facetsOf(plan, all, filter) : null), [plan, all, filter])
  if (!all || !facets)
    return (
      <main id="main" tabIndex={-1} data-region="main">
        <Waiting>Drawing the matrix</Waiting>
      </main>
    )
  // What is beside the matrix goes on as the survey does; what is gone from it is not shown.
  const beside = shown.filter(({ flow }) => chosen.has(flow.id))
  const tested = all.flatMap(({ proof }) => proof.at ?? [])
  const fileName = `${plan.name.replace(/[^\p{L}\p{N}]+/gu, '-')}-r${revision}-firewall`
  return (
    <div className={beside.length > 0 ? pageStyles.withPanel : pageStyles.alone}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <div className={styles.toolBox}>
          <div className={styles.toolLine}>
            <span role="status">{`${shown.length === all.length ? plural(all.length, 'path') : `${formatCount(shown.length)} of ${plural(all.length, 'path')}`}, ${tested.length === 0 ? 'none tested yet' : `${formatCount(tested.length)} tested, last ${formatWhen(Math.max(...tested), Date.now())}`}`}</span>
            <span className={pageStyles.space} />
            <Choice
              label="Matrix as"
              of={[
                { name: 'list', label: 'List' },
                { name: 'grid', label: 'Grid' },
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
                Survey to test
              </Button>
            )}
            <CopyButton size="small" text={() => csvText(matrixTable(plan, shown))}>
              Copy CSV
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
              Save as text
            </Button>
          </div>
          <Chips
            label="Result"
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
              label="Role"
              of={facets.roles}
              chosen={filter.role}
              onChoose={(role) => {
                setFilter({ ...filter, role })
              }}
              write={(role) => roleTitles[role]}
            />
            <Chips
              label="Port"
              of={facets.ports}
              chosen={filter.port}
              onChoose={(port) => {
                setFilter({ ...filter, port })
              }}
              write={(port) => `TCP ${port}`}
            />
          </div>
        </div>
        {all.length === 0 ? (
          <p className={pageStyles.none}>
            No path crosses the network yet. Place Hub, Studio and Runner on hosts, and the matrix draws itself.
          </p>
        ) : shown.length === 0 ? (
          <p className={pageStyles.none}>
            No path fits all of these.{' '}
            <Button
              size="small"
              onClick={() => {
                setFilter(everything)
              }}
            >
              Show all paths
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
  readonly label: string
  readonly of: ReadonlyMap<T, number>
  readonly chosen: T | null
  readonly onChoose: (chosen: T | null) => void
  readonly write: (one: T) => ReactNode
}

/** One of the choices, or none of them: pressed again it lets all through. */
function Chips<T extends string | number>({ label, of, chosen, onChoose, write }: ChipsProps<T>) {
  return (
    <span className={styles.chips} role="group" aria-label={`Filter by ${label.toLowerCase()}`}>
      <span className={styles.chipsTitle}>{label}</span>
      {[...of].map(([one, found]) => (
        <button
          key={one}
          type="button"
          className={pageStyles.chip}
          aria-pressed={one === chosen}
          onClick={() => {
            onChoose(one === chosen ? null : one)
          }}
        >
          {write(one)} <strong>{formatCount(found)}</strong>
        </button>
      ))}
    </span>
  )
}

function OpenQuestions() {
  const open = useDraft((draft) => draft.topology?.open) ?? []
  if (open.length === 0) return null
  return (
    <section className={styles.questions} aria-label="Open questions">
      <h2>Only you can say</h2>
      {open.map((one) => (
        <p key={one.id}>
          <strong>{`${one.from} to ${one.to}: `}</strong>
          {`${one.question} `}
          <SourceOf source={one.source} />
        </p>
      ))}
    </section>
  )
}
