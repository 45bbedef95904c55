/** Shows where a site stands on the map: every host once, nothing over anything else, and nothing that jumps because something was added. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../domain/plan/plan.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { pathOf } from '../../../renderer/canvas/map-edges.ts'
import type { MapZone, SiteMap } from '../../../renderer/canvas/map-shapes.ts'
import { nextStop } from '../../../renderer/canvas/nearest.ts'
import { shortNames, siteMap } from '../../../renderer/canvas/site-map.ts'
import { mapRows, type MapSort } from '../../../renderer/topology/map-rows.ts'
import { editHost, place } from '../../../renderer/plan/model/edit.ts'
import { movePlacement } from '../../../renderer/plan/model/move-placement.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'
import { catalogue } from '../../builders/judge.ts'
import { enterprisePlan, pilotPlan } from '../../builders/plan.ts'

const mapOf = (plan: Plan, management = false): SiteMap => siteMap(plan, topologyOf(plan, catalogue), { management })
const apart = (a: MapZone, b: MapZone): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

describe('the list beside the map', () => {
  it('has every host of the map once, sorted by any column, filtered by what any column holds', () => {
    const map = mapOf(enterprisePlan({ runners: 12, studios: 2 }))
    const names = (...more: [MapSort, string?]) =>
      mapRows(
        map,
        new Map([
          ['RUN007', 'block'],
          ['RUN010', 'warn'],
        ]),
        ...more,
      ).map((row) => row.name)
    const all = map.zones.flatMap((zone) => zone.hosts)
    expect(names({ by: 'zone', descending: false })).toEqual(all)
    for (const by of ['name', 'components', 'flows', 'findings'] as const) {
      expect(names({ by, descending: false }).toSorted(), by).toEqual(all.toSorted())
      expect(names({ by, descending: true }).toSorted(), by).toEqual(all.toSorted())
    }
    expect(
      names({ by: 'name', descending: false })
        .filter((name) => name.startsWith('RUN'))
        .slice(8, 11),
    ).toEqual(['RUN009', 'RUN010', 'RUN011'])
    expect(names({ by: 'findings', descending: false }).slice(0, 2)).toEqual(['RUN007', 'RUN010'])
    expect(names({ by: 'flows', descending: false })[0]).toBe('HUB01')
    expect(names({ by: 'zone', descending: false }, 'run01').toSorted()).toEqual(['RUN010', 'RUN011', 'RUN012'])
    expect(names({ by: 'zone', descending: false }, 'db01:5432')).toEqual(['HUB01'])
  })
})

describe('the site map', () => {
  it('of any plan: every host of the plan is in exactly one zone, zones lie apart, drawn hosts lie inside their zone', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.boolean(), (plan, management) => {
        const map = mapOf(plan, management)
        const listed = map.zones.flatMap((zone) => zone.hosts)
        expect(listed.filter((name) => plan.hosts.some((host) => host.name === name)).toSorted()).toEqual(
          plan.hosts.map((host) => host.name).toSorted(),
        )
        expect(new Set(listed).size).toBe(listed.length)
        map.zones.forEach((zone, i) => {
          for (const other of map.zones.slice(i + 1))
            expect(apart(zone, other), `${zone.id} and ${other.id}`).toBe(true)
        })
        for (const host of map.hosts.filter((one) => one.shape !== 'counted')) {
          const zone = map.zones.find((one) => one.id === host.zone)!
          expect(
            host.x >= 0 && host.y >= 0 && host.x + host.width <= zone.width && host.y + host.height <= zone.height,
            host.name,
          ).toBe(true)
        }
      }),
    )
  })

  it('is the same however hosts and placements are ordered', () => {
    const plan = enterprisePlan()
    expect(mapOf({ ...plan, hosts: plan.hosts.toReversed(), placements: plan.placements.toReversed() })).toEqual(
      mapOf(plan),
    )
  })

  it('draws each allowed path between two machines exactly once, and no other', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const topology = topologyOf(plan, catalogue)
        const map = siteMap(plan, topology, { management: true })
        const drawn = map.edges
          .flatMap((edge) => edge.flows)
          .map((flow) => flow.id)
          .toSorted()
        const servers = new Set(map.zones.flatMap((zone) => zone.hosts))
        expect(drawn).toEqual(
          topology.flows
            .filter((flow) => flow.verdict === 'allow' && !flow.sameHost && servers.has(flow.to))
            .map((flow) => flow.id)
            .toSorted(),
        )
      }),
    )
  })

  it('joins the flows of a zone under one label, and those of servers each by itself', () => {
    expect(mapOf(enterprisePlan({ runners: 6, studios: 2 })).edges.map((edge) => [edge.label, edge.count])).toEqual([
      ['TCP 5432', 1],
      ...Array.from({ length: 4 }, () => ['HTTPS 4545', 2]),
      ['TCP 6379', 1],
    ])
  })

  it('of a pilot has one card for Hub and PostgreSQL, with both components and their ports', () => {
    const hub = mapOf(pilotPlan()).hosts.find((host) => host.name === 'HUB01')
    expect(hub?.components.map(({ title, port }) => [title, port])).toEqual([
      ['Hub', 4545],
      ['PostgreSQL 16', 5432],
    ])
  })

  it('counts where there are too many to draw, and still knows every host', () => {
    const map = mapOf(enterprisePlan({ runners: 1000 }))
    expect(map.zones.filter((zone) => zone.shape === 'counts').flatMap((zone) => zone.hosts)).toHaveLength(1000)
    expect(map.hosts.filter((host) => host.shape === 'tile')).toHaveLength(0)
  })

  it('shows a host with nothing on it, so that something can be put there', () => {
    const plan = enterprisePlan()
    const bare = { ...plan, placements: plan.placements.filter((placement) => placement.host !== 'RUN001') }
    expect(mapOf(bare).zones.find((zone) => zone.hosts.includes('RUN001'))?.title).toBe('No component placed')
  })

  it('moves nothing in other rows when a host at the end of a zone goes', () => {
    const before = mapOf(enterprisePlan({ runners: 9 }))
    const after = mapOf(enterprisePlan({ runners: 8 }))
    for (const host of after.hosts)
      expect(
        before.hosts.find((one) => one.name === host.name),
        host.name,
      ).toMatchObject({ x: host.x, y: host.y, zone: host.zone })
  })
})

describe('short names on tiles', () => {
  it.each([
    [
      ['ACC-RN-P01', 'ACC-RN-P02'],
      ['P01', 'P02'],
    ],
    [
      ['RUN001', 'RUN012'],
      ['001', '012'],
    ],
    [
      ['ACC-RN-P10', 'ACC-RN-P11'],
      ['P10', 'P11'],
    ],
    [['only-one'], ['…ly-one']],
    [
      ['alpha', 'beta'],
      ['alpha', 'beta'],
    ],
  ])('%j', (names, short) => {
    expect(names.map(shortNames(names))).toEqual(short)
  })
})

describe('arrow keys on the map', () => {
  const stops = [
    { id: 'a', x: 0, y: 0 },
    { id: 'b', x: 60, y: 0 },
    { id: 'c', x: 0, y: 50 },
    { id: 'far', x: 500, y: 40 },
  ]
  it.each([
    ['a', 'ArrowRight', 'b'],
    ['a', 'ArrowDown', 'c'],
    ['b', 'ArrowRight', 'far'],
    ['far', 'ArrowLeft', 'b'],
    ['c', 'ArrowUp', 'a'],
    ['a', 'ArrowLeft', undefined],
    ['far', 'Home', 'a'],
    ['a', 'End', 'far'],
    [null, 'ArrowDown', 'a'],
    ['a', 'x', undefined],
  ])('from %s by %s to %s', (from, key, to) => {
    expect(nextStop(stops, from, key)?.id).toBe(to)
  })

  it('reach every host from every other', () => {
    const map = mapOf(enterprisePlan({ runners: 30, studios: 3 }))
    const zones = new Map(map.zones.map((zone) => [zone.id, zone]))
    const all = map.hosts.map((host) => ({
      id: host.name,
      x: zones.get(host.zone)!.x + host.x + host.width / 2,
      y: zones.get(host.zone)!.y + host.y + host.height / 2,
    }))
    const reached = new Set([all[0]!.id])
    const queue = [all[0]!.id]
    for (let here = queue.pop(); here !== undefined; here = queue.pop())
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const next = nextStop(all, here, key)
        if (next && !reached.has(next.id)) {
          reached.add(next.id)
          queue.push(next.id)
        }
      }
    expect(reached.size).toBe(all.length)
  })
})

describe('a component that is moved', () => {
  it('keeps how it is provisioned and its environment, and joins one that is there', () => {
    const plan = enterprisePlan({ runners: 2 })
    const moved = movePlacement(plan, 'runner', 'RUN001', 'STUDIO01')
    expect(
      moved.placements.filter((one) => one.component === 'runner').map(({ host, environment }) => [host, environment]),
    ).toContainEqual(['STUDIO01', plan.placements.find((one) => one.host === 'RUN001')?.environment])
    expect(
      movePlacement(moved, 'runner', 'STUDIO01', 'RUN002').placements.filter((one) => one.component === 'runner'),
    ).toHaveLength(1)
    expect(movePlacement(plan, 'runner', 'RUN001', 'NOWHERE')).toBe(plan)
    expect(movePlacement(plan, 'hub', 'RUN001', 'RUN002')).toBe(plan)
  })

  it('is put by an edit of the same kind as the form makes', () => {
    const plan = enterprisePlan()
    expect(place(plan, 'RUN001', 'studio', true).placements.at(-1)).toEqual({
      component: 'studio',
      host: 'RUN001',
      provision: 'install',
    })
    expect(
      editHost(plan, 'RUN001', { address: '10.9.9.9' }).hosts.find((host) => host.name === 'RUN001')?.address,
    ).toBe('10.9.9.9')
  })
})

describe('a drawn path', () => {
  it('begins and ends at its points, with corners rounded and never beyond the middle of a stretch', () => {
    expect(
      pathOf([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 4 },
      ]),
    ).toBe('M0,0L14,0Q20,0 20,2L20,4')
    expect(pathOf([])).toBe('')
  })
})
