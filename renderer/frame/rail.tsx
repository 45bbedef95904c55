/** The rail: the journey of a plan, or the places of the home page. */
import {
  Bot20Regular,
  BoxToolbox20Regular,
  Certificate20Regular,
  Organization20Regular,
  TopSpeed20Regular,
  ChevronLeft16Regular,
  ClipboardTaskListLtr20Regular,
  DesktopPulse20Regular,
  Flow20Regular,
  DocumentCheckmark20Regular,
  History20Regular,
  GridDots20Regular,
  Home20Regular,
  Key20Regular,
  PanelLeft20Regular,
  Play20Regular,
  QuestionCircle20Regular,
  PlayCircle20Regular,
  Server20Regular,
  Settings20Regular,
  Signature20Regular,
  TaskListSquareLtr20Regular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { type Status, statusWords } from '../status/status.ts'
import { type Overview, newestRun, type PlanEntry, useOverview } from '../shared/overview-store.ts'
import { address, type PlanSection, type Route } from '../shared/route.ts'
import { useDraftMarks } from '../plan/model/draft-marks.ts'
import { useSurvey } from '../survey/survey-store.ts'
import { formatCount } from '../../domain/base/plural.ts'
import { helpText } from '../help/text.ts'
import { toggleHelp, useHelp } from '../help/help-store.ts'
import { runStatus } from '../shared/run-status.ts'
import { railText } from './text.ts'
import styles from './rail.module.css'

interface Item {
  readonly label: string
  readonly icon: FluentIcon
  readonly href: string
  readonly current: boolean
  readonly count?: number | undefined
  readonly mark?: Status | undefined
}

export function Rail({
  route,
  planId,
  open,
  onToggle,
}: {
  readonly route: Route
  readonly planId: string | null
  readonly open: boolean
  readonly onToggle: () => void
}) {
  const home = useOverview((store) => store.home)
  const plan = home?.plans.find((entry) => entry.planId === planId)
  const helpOpen = useHelp((help) => help.open)
  return (
    <nav
      className={`${styles.rail} ${open ? '' : styles.slim}`}
      aria-label={planId === null ? railText.places : railText.journey}
      data-region="rail"
      tabIndex={-1}
    >
      <button
        type="button"
        className={styles.item}
        onClick={onToggle}
        aria-expanded={open}
        aria-label={railText.label}
        title={railText.hint}
      >
        <PanelLeft20Regular />
      </button>
      {planId === null ? (
        <HomeItems route={route} home={home} open={open} />
      ) : (
        <PlanItems route={route} planId={planId} plan={plan} home={home} open={open} />
      )}
      <span className={styles.space} />
      <button
        type="button"
        className={styles.item}
        aria-expanded={helpOpen}
        aria-label={open ? undefined : helpText.title}
        title={helpText.railHint}
        onClick={() => {
          toggleHelp(true)
        }}
      >
        <QuestionCircle20Regular aria-hidden="true" />
        {open && <span className={styles.label}>{helpText.title}</span>}
      </button>
      <RailItem
        open={open}
        item={{
          label: railText.settings,
          icon: Settings20Regular,
          href: address({ view: 'settings', part: 'vault' }),
          current: route.view === 'settings',
        }}
      />
    </nav>
  )
}

function HomeItems({
  route,
  home,
  open,
}: {
  readonly route: Route
  readonly home: Overview | null
  readonly open: boolean
}) {
  return (
    <ul>
      <li>
        <RailItem
          open={open}
          item={{
            label: railText.sites,
            icon: Home20Regular,
            href: address({ view: 'home' }),
            current: route.view === 'home',
            count: home?.plans.length,
          }}
        />
      </li>
      <li>
        <RailItem
          open={open}
          item={{
            label: railText.runs,
            icon: PlayCircle20Regular,
            href: address({ view: 'runs' }),
            current: route.view === 'runs',
            count: home?.runs.length,
          }}
        />
      </li>
      <li>
        <RailItem
          open={open}
          item={{
            label: railText.audit,
            icon: ClipboardTaskListLtr20Regular,
            href: address({ view: 'audit' }),
            current: route.view === 'audit',
          }}
        />
      </li>
    </ul>
  )
}

function PlanItems({
  route,
  planId,
  plan,
  home,
  open,
}: {
  readonly route: Route
  readonly planId: string
  readonly plan: PlanEntry | undefined
  readonly home: Overview | null
  readonly open: boolean
}) {
  const marks = useDraftMarks((store) => (store.planId === planId ? store : null))
  const survey = useSurvey(({ of, result, hosts }): Status =>
    of?.planId !== planId || !result
      ? 'planned'
      : result.status === 'running'
        ? 'running'
        : result.status === 'failed'
          ? 'failed'
          : hosts.size < result.total
            ? 'unknown'
            : 'done',
  )
  const run = newestRun(home, planId)
  const section = (name: PlanSection, icon: FluentIcon, extra: Pick<Item, 'count' | 'mark'> = {}) => (
    <li>
      <RailItem
        open={open}
        item={{
          label: helpText.views[name].title,
          icon,
          href: address({ view: 'plan', planId, section: name }),
          current: route.view === 'plan' && route.section === name,
          ...extra,
        }}
      />
    </li>
  )
  const locked = plan?.revisions.at(-1)?.state === 'locked'
  const rollout: Item = {
    label: helpText.views.rollout.title,
    icon: Play20Regular,
    href: run ? address({ view: 'run', runId: run.runId }) : address({ view: 'plan', planId, section: 'rollout' }),
    current: route.view === 'run' || (route.view === 'plan' && route.section === 'rollout'),
    mark: run ? runStatus(run, home) : 'planned',
  }
  return (
    <>
      <a className={styles.back} href={address({ view: 'home' })} aria-label={railText.sites}>
        <ChevronLeft16Regular />
        {open && <span>{railText.sites}</span>}
      </a>
      {open && plan && (
        <p className={styles.plan}>
          <strong>{plan.name}</strong>
          <span>{plan.site}</span>
        </p>
      )}
      <Heading open={open}>{railText.headings.plan}</Heading>
      <ul>
        {section('layout', Organization20Regular)}
        {section('hosts', Server20Regular, { count: plan?.hosts })}
        {section('map', Flow20Regular)}
        {section('connections', Certificate20Regular)}
        {section('environments', Bot20Regular, { count: plan?.runners })}
        {section('installers', BoxToolbox20Regular)}
        {section('policy', TopSpeed20Regular)}
        {section('licence', Key20Regular)}
      </ul>
      <Heading open={open}>{railText.headings.review}</Heading>
      <ul>
        {section('findings', TaskListSquareLtr20Regular, marks ? { count: marks.findings, mark: marks.worst } : {})}
        {section('firewall', GridDots20Regular, { count: marks?.flows ?? undefined })}
        {section('review', Signature20Regular, { mark: locked ? 'pass' : 'planned' })}
      </ul>
      <Heading open={open}>{railText.headings.prove}</Heading>
      <ul>{section('survey', DesktopPulse20Regular, { mark: survey })}</ul>
      <Heading open={open}>{railText.headings.run}</Heading>
      <ul>
        <li>
          <RailItem open={open} item={rollout} />
        </li>
      </ul>
      <Heading open={open}>{railText.headings.handOver}</Heading>
      <ul>
        {section('dossier', DocumentCheckmark20Regular, {
          mark: run?.status === 'finished' && run.outcome !== 'cancelled' ? runStatus(run, home) : 'planned',
        })}
        {section('history', History20Regular)}
      </ul>
    </>
  )
}

function Heading({ open, children }: { readonly open: boolean; readonly children: string }) {
  return open ? <h2 className={styles.heading}>{children}</h2> : <span className={styles.rule} />
}

function RailItem({ item, open }: { readonly item: Item; readonly open: boolean }) {
  const Icon = item.icon
  const spoken = [
    item.label,
    item.mark === undefined ? '' : statusWords[item.mark],
    item.count === undefined ? '' : String(item.count),
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <a
      className={styles.item}
      href={item.href}
      aria-current={item.current ? 'page' : undefined}
      aria-label={open ? undefined : spoken}
      title={open ? undefined : item.label}
    >
      <Icon aria-hidden="true" />
      {open && <span className={styles.label}>{item.label}</span>}
      {item.mark !== undefined && (
        <span className={styles.mark}>
          {open ? (
            <StatusGlyph status={item.mark} label={statusWords[item.mark]} />
          ) : (
            <StatusGlyph status={item.mark} size={11} />
          )}
        </span>
      )}
      {open && item.count !== undefined && <span className={styles.count}>{formatCount(item.count)}</span>}
    </a>
  )
}
