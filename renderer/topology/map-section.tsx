/** The topology map of a plan: as a map or a list, with components placed by drag or key and a host panel. */
import { useEffect, useMemo, useState } from 'react'
import { type ComponentName, componentNames } from '../../domain/base/ids.ts'
import { componentTitles } from '../../domain/base/titles.ts'
import { MapCanvas } from '../canvas/map-canvas.tsx'
import type { MapHostState } from '../canvas/map-host-state.tsx'
import { dragType } from '../canvas/map-nodes.tsx'
import { Choice, Switches } from '../canvas/map-tools.tsx'
import type { SiteMap } from '../canvas/map-shapes.ts'
import { siteMap } from '../canvas/site-map.ts'
import { announce } from '../shared/announcer.ts'
import { useDraft, useDraftSession } from '../plan/model/draft.ts'
import { go } from '../shared/route.ts'
import { BulkPanel } from '../plan/hosts/bulk-panel.tsx'
import { place } from '../plan/model/edit.ts'
import { HostPanel } from '../plan/hosts/host-panel.tsx'
import { MapList } from './map-list.tsx'
import { movePlacement } from '../plan/model/move-placement.ts'
import { ImportDialog } from '../plan/hosts/import-dialog.tsx'
import { planHostAppearance, usePlanZoneCounts } from './plan-host-state.ts'
import { useFlowResults } from './use-flow-results.ts'
import toolStyles from '../shared/styles/map-tools.module.css'
import pageStyles from '../shared/styles/page.module.css'
import { mapSectionText as text } from './text.ts'
import styles from './topology.module.css'

type Layer = 'flows' | 'findings' | 'addresses' | 'management'
const layers = [
  { name: 'flows', label: text.flows },
  { name: 'findings', label: text.findings },
  { name: 'addresses', label: text.addresses },
  { name: 'management', label: text.management },
] as const

export function MapSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const topology = useDraft((draft) => draft.topology)
  const editing = useDraft((draft) => draft.editing)
  const [as, setAs] = useState<'map' | 'list'>('map')
  const [on, setOn] = useState<ReadonlySet<Layer>>(new Set(['flows', 'findings', 'addresses']))
  const [chosen, setChosen] = useState<string | null>(null)
  const [inHand, setInHand] = useState<ComponentName | null>(null)
  const resultOf = useFlowResults()
  const [adding, setAdding] = useState(false)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState(false)
  const [arranging, setArranging] = useState(false)
  const [laid, setLaid] = useState<SiteMap | null>(null)
  const management = on.has('management')
  const plain = useMemo(() => siteMap(plan, topology, { management }), [plan, topology, management])
  const several = plan.placements.filter((placement) => placement.component === 'hub').length > 1
  const map = several && arranging && laid ? laid : plain
  useEffect(() => {
    if (!several || !arranging) return
    let over = false
    arrange(plain).then(
      (next) => {
        if (!over) setLaid(next)
      },
      () => {
        announce('map', () => text.arrangeFailed)
      },
    )
    return () => {
      over = true
    }
  }, [plain, several, arranging])
  const host = plan.hosts.find(({ name }) => name === chosen)
  const names = new Set(plan.hosts.map(({ name }) => name))
  const chosenHosts = new Set([...marked].filter((name) => names.has(name)))
  const editMarked = editing && bulk && as === 'list' && chosenHosts.size > 0

  const hostState = useMemo(
    (): MapHostState => ({
      useHost: planHostAppearance(on.has('findings'), on.has('addresses')),
      useZone: usePlanZoneCounts,
      openZone: {
        label: text.openZone,
        act: () => {
          go({ view: 'plan', planId, section: 'hosts' })
        },
      },
      chosen,
      choose: setChosen,
      placing: editing
        ? {
            inHand: inHand === null ? null : JSON.stringify({ component: inHand, from: null }),
            drop(data, to) {
              const dragged = readDragged(data)
              if (!dragged) return
              edit((before) =>
                dragged.from === null
                  ? place(before, to, dragged.component, true)
                  : movePlacement(before, dragged.component, dragged.from, to),
              )
              setInHand(null)
              announce('map', () => text.placed(componentTitles[dragged.component], to))
            },
          }
        : null,
    }),
    [chosen, edit, editing, inHand, on, planId],
  )

  const take = (component: ComponentName): void => {
    const next = inHand === component ? null : component
    setInHand(next)
    if (next !== null) announce('map', () => text.placingByKey(componentTitles[next]))
  }
  const palette = editing && (
    <div className={styles.palette} role="group" aria-label={text.palette}>
      {componentNames.map((component) => (
        <button
          key={component}
          type="button"
          className={styles.piece}
          draggable
          aria-pressed={inHand === component}
          onClick={() => {
            take(component)
          }}
          onDragStart={(event) => {
            event.dataTransfer.setData(dragType, JSON.stringify({ component, from: null }))
            event.dataTransfer.effectAllowed = 'move'
          }}
        >
          {componentTitles[component]}
        </button>
      ))}
      <span>{inHand === null ? text.paletteHint : text.placing(componentTitles[inHand])}</span>
    </div>
  )
  const tools = (
    <>
      <Choice
        label={text.view}
        of={[
          { name: 'map', label: text.map },
          { name: 'list', label: text.list },
        ]}
        chosen={as}
        onChoose={setAs}
      />
      {as === 'map' && (
        <Switches
          label={text.layers}
          of={layers}
          on={on}
          onToggle={(name) => {
            setOn(toggled(on, name))
          }}
        />
      )}
      {as === 'map' && several && (
        <span className={toolStyles.group}>
          <button
            type="button"
            className={toolStyles.toggle}
            aria-pressed={arranging}
            onClick={() => {
              setArranging(!arranging)
            }}
          >
            {text.arrange}
          </button>
        </span>
      )}
    </>
  )
  return (
    <div className={host || editMarked ? pageStyles.withPanel : pageStyles.alone}>
      <main id="main" className={styles.canvasMain} tabIndex={-1} data-region="main">
        {plan.hosts.length === 0 ? (
          <div className={pageStyles.empty}>
            <h2>{text.empty}</h2>
            <p>{text.emptyAbout}</p>
            {editing && (
              <button
                type="button"
                className={styles.bigButton}
                onClick={() => {
                  setAdding(true)
                }}
              >
                {text.addHosts}
              </button>
            )}
          </div>
        ) : as === 'list' ? (
          <>
            <div className={toolStyles.tools}>{tools}</div>
            <MapList
              map={map}
              chosen={chosen}
              marked={chosenHosts}
              onMark={setMarked}
              onEditMarked={() => {
                setBulk(true)
              }}
              onChoose={(name) => {
                setBulk(false)
                setChosen(name)
              }}
            />
          </>
        ) : (
          <MapCanvas
            map={map}
            hostState={hostState}
            showFlows={on.has('flows') || on.has('management')}
            tools={tools}
            onEscape={() => {
              setInHand(null)
            }}
            hint={palette}
            resultOf={resultOf}
          />
        )}
      </main>
      {editMarked ? (
        <BulkPanel
          key={[...chosenHosts].join(' ')}
          names={chosenHosts}
          onClose={() => {
            setBulk(false)
          }}
        />
      ) : (
        host && (
          <HostPanel
            key={host.name}
            host={host}
            onClose={() => {
              setChosen(null)
            }}
          />
        )
      )}
      {adding && (
        <ImportDialog
          dropped={null}
          onClose={() => {
            setAdding(false)
          }}
        />
      )}
    </div>
  )
}

// ELK is large, so it is loaded on demand.
async function arrange(map: SiteMap): Promise<SiteMap> {
  return (await import('../canvas/arrange.ts')).arranged(map)
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}

// Dragged data may come from another page, so it is validated.
function readDragged(data: string): { readonly component: ComponentName; readonly from: string | null } | undefined {
  try {
    const read: unknown = JSON.parse(data)
    if (typeof read !== 'object' || read === null || !('component' in read) || !('from' in read)) return undefined
    const component = componentNames.find((name) => name === read.component)
    return component && (read.from === null || typeof read.from === 'string')
      ? { component, from: read.from }
      : undefined
  } catch {
    return undefined
  }
}
