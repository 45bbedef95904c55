/** Owns the topology map of a plan: the map or its list, placing by drag and by key, and the chosen host beside it. */
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
import styles from './topology.module.css'

type Layer = 'flows' | 'findings' | 'addresses' | 'management'
const layers = [
  { name: 'flows', label: 'Flows' },
  { name: 'findings', label: 'Findings' },
  { name: 'addresses', label: 'Addresses' },
  { name: 'management', label: 'Management' },
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
        announce('map', () => 'The map could not be arranged; it stays as it is.')
      },
    )
    return () => {
      over = true
    }
  }, [plain, several, arranging])
  const host = plan.hosts.find((one) => one.name === chosen)
  const names = new Set(plan.hosts.map((one) => one.name))
  const chosenHosts = new Set([...marked].filter((name) => names.has(name)))
  const editMarked = editing && bulk && as === 'list' && chosenHosts.size > 0

  const look = useMemo(
    (): MapHostState => ({
      useHost: planHostAppearance(on.has('findings'), on.has('addresses')),
      useZone: usePlanZoneCounts,
      openZone: {
        label: (n) => `Show ${n} hosts`,
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
              announce('map', () => `${componentTitles[dragged.component]} placed on ${to}`)
            },
          }
        : null,
    }),
    [chosen, edit, editing, inHand, on, planId],
  )

  const take = (component: ComponentName): void => {
    const next = inHand === component ? null : component
    setInHand(next)
    if (next !== null)
      announce('map', () => `Placing ${componentTitles[next]}: go to a host and press Enter. Escape puts it back.`)
  }
  const palette = editing && (
    <div className={styles.palette} role="group" aria-label="Place a component">
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
      <span>
        {inHand === null
          ? 'Drag onto a host, or press one and choose a host.'
          : `Placing ${componentTitles[inHand]}: choose a host. Escape puts it back.`}
      </span>
    </div>
  )
  const tools = (
    <>
      <Choice
        label="Site as"
        of={[
          { name: 'map', label: 'Map' },
          { name: 'list', label: 'List' },
        ]}
        chosen={as}
        onChoose={setAs}
      />
      {as === 'map' && (
        <Switches
          label="Shown on the map"
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
            Arrange
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
            <h2>Which machines are there?</h2>
            <p>Paste names or addresses, one per line. The map draws itself.</p>
            {editing && (
              <button
                type="button"
                className={styles.bigButton}
                onClick={() => {
                  setAdding(true)
                }}
              >
                Paste hosts
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
            look={look}
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

// ELK is large: it comes when somebody asks for it.
async function arrange(map: SiteMap): Promise<SiteMap> {
  return (await import('../canvas/arrange.ts')).arranged(map)
}

function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(one)) next.add(one)
  return next
}

// What was dragged may come from another page: it is read, not believed.
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
