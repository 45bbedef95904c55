/** The panel below the hosts: output of a step or of all hosts, the log of the run, and its problems. */
import { Button, Input, Select } from '@fluentui/react-components'
import {
  ArrowDown20Regular,
  ArrowDownload20Regular,
  ChevronDown20Regular,
  ChevronUp20Regular,
  Search20Regular,
  TextWrap20Regular,
} from '@fluentui/react-icons'
import { useState } from 'react'
import { laneAt } from '../../../domain/run/run.ts'
import { eventLine } from './event-line.ts'
import { troubled } from '../hosts/host-status.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { formatTime } from '../../shared/format.ts'
import { readStored, writeStored } from '../../shared/browser-storage.ts'
import { useViewState } from '../session/view-state.ts'
import { type RunPicture, useRun, useSession } from '../session/run-store.ts'
import { AllOutput } from './all-output.tsx'
import { RunLog } from './run-log.tsx'
import { RunProblems } from './run-problems.tsx'
import { StepOutput } from './step-output.tsx'
import type { LinesOf } from './use-host-names.ts'
import { panelText } from './text.ts'
import styles from './output-panel.module.css'

const tabs = ['output', 'log', 'problems'] as const
type Tab = (typeof tabs)[number]
type OutputOf = LinesOf | 'step'
const wrapKey = 'rollout.wrap'

export function OutputPanel({ lane }: { readonly lane: number }) {
  const open = useViewState((view) => view.outputOpen)
  const picked = useViewState((view) => view.picked)
  const ofPicked = useViewState((view) => view.logOfPicked)
  const [tab, setTab] = useState<Tab>('log')
  const [find, setFind] = useState('')
  const [follow, setFollow] = useState(true)
  const [chosenOnly, setChosenOnly] = useState(false)
  const [outputOf, setOutputOf] = useState<OutputOf>('step')
  const [wrap, setWrap] = useState(() => readStored(wrapKey) === 'true')
  const { store } = useSession()
  const host = useRun(({ state }) => laneAt(state, lane).host)
  const length = useRun((picture) => picture.length)
  const problems = useRun(({ state }) => troubled(state).length)
  const hosts: LinesOf = ofPicked && picked.size > 0 ? 'picked' : chosenOnly ? 'chosen' : 'all'
  const choose = (value: string): void => {
    useViewState.setState({ logOfPicked: value === 'picked' })
    setChosenOnly(value === 'chosen')
  }
  const output = outputOf === 'picked' && picked.size === 0 ? 'all' : outputOf
  const listing = { find, follow, onFollow: setFollow, wrap }
  const counts: Record<Tab, string> = {
    output: '',
    log: formatCount(length),
    problems: problems === 0 ? '' : formatCount(problems),
  }
  return (
    <section
      className={`${styles.panel} ${open ? styles.open : ''}`}
      aria-label={panelText.region}
      data-region="output"
      tabIndex={-1}
    >
      <div className={styles.bar}>
        <Button
          appearance="subtle"
          size="small"
          icon={open ? <ChevronDown20Regular /> : <ChevronUp20Regular />}
          aria-label={open ? panelText.close : panelText.open}
          aria-expanded={open}
          title={panelText.openKeys}
          onClick={() => {
            useViewState.setState({ outputOpen: !open })
          }}
        />
        <div className={styles.tabs} role="group" aria-label={panelText.tabGroup}>
          {tabs.map((offered) => (
            <button
              key={offered}
              type="button"
              aria-pressed={open && tab === offered}
              onClick={() => {
                setTab(offered)
                useViewState.setState({ outputOpen: true })
              }}
            >
              {panelText.tabs[offered]} <span>{counts[offered]}</span>
            </button>
          ))}
        </div>
        {open ? <span className={styles.space} /> : <LastLine />}
        {open && tab === 'log' && (
          <Select
            size="small"
            className={styles.hosts}
            aria-label={panelText.logHosts}
            value={hosts}
            onChange={(_, { value }) => {
              choose(value)
            }}
          >
            <option value="all">{panelText.allHosts}</option>
            <option value="chosen">{host}</option>
            {picked.size > 0 && <option value="picked">{panelText.selected(picked.size)}</option>}
          </Select>
        )}
        {open && tab === 'output' && (
          <Select
            size="small"
            className={styles.hosts}
            aria-label={panelText.outputOf}
            value={output}
            onChange={(_, { value }) => {
              setOutputOf(value as OutputOf)
            }}
          >
            <option value="step">{panelText.thisStep}</option>
            <option value="chosen">{host}</option>
            {picked.size > 0 && <option value="picked">{panelText.selected(picked.size)}</option>}
            <option value="all">{panelText.allHosts}</option>
          </Select>
        )}
        {open && tab !== 'problems' && (
          <>
            <Input
              size="small"
              className={styles.find}
              data-find
              contentBefore={<Search20Regular />}
              placeholder={panelText.find}
              aria-label={panelText.find}
              title={panelText.findKeys}
              value={find}
              onChange={(_, { value }) => {
                setFind(value)
              }}
            />
            <Button
              size="small"
              appearance={follow ? 'outline' : 'subtle'}
              icon={<ArrowDown20Regular />}
              aria-pressed={follow}
              onClick={() => {
                setFollow(!follow)
              }}
            >
              {panelText.follow}
            </Button>
            <Button
              size="small"
              appearance={wrap ? 'outline' : 'subtle'}
              icon={<TextWrap20Regular />}
              aria-label={panelText.wrap}
              title={panelText.wrap}
              aria-pressed={wrap}
              onClick={() => {
                writeStored(wrapKey, String(!wrap))
                setWrap(!wrap)
              }}
            />
          </>
        )}
        {open && tab === 'log' && (
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowDownload20Regular />}
            aria-label={panelText.saveLog}
            title={panelText.saveLog}
            onClick={() => {
              saveLog(store.getState())
            }}
          />
        )}
      </div>
      {open && tab === 'log' && <RunLog hosts={hosts} host={host} {...listing} />}
      {open &&
        tab === 'output' &&
        (output === 'step' ? (
          <StepOutput lane={lane} {...listing} />
        ) : (
          <AllOutput hosts={output} host={host} {...listing} />
        ))}
      {open && tab === 'problems' && <RunProblems />}
    </section>
  )
}

/** The newest line of the log, shown while the panel is closed. */
function LastLine() {
  const text = useRun(({ state, log, length }) => {
    const event = log[length - 1]
    if (!event) return ''
    const { host, text: line } = eventLine(state.index, event)
    return `${formatTime(event.at)} ${host} ${line}`
  })
  return <span className={styles.last}>{text}</span>
}

function saveLog({ state, log, length, runId }: RunPicture): void {
  const text = log
    .slice(0, length)
    .map((event) => {
      const { host, kind, text: line } = eventLine(state.index, event)
      return `${new Date(event.at).toISOString()}\t${host}\t${kind}\t${line}`
    })
    .join('\n')
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `run-${runId}.log.txt`
  link.click()
  URL.revokeObjectURL(url)
}
