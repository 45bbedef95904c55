/** Owns the panel below: output of the chosen step or of all hosts, the log of the run, and its problems. */
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
import styles from './output-panel.module.css'

const tabs = ['output', 'log', 'problems'] as const
type Tab = (typeof tabs)[number]
type OutputOf = LinesOf | 'step'
const wrapKey = 'rollout.wrap'

export function OutputPanel({ lane }: { readonly lane: number }) {
  const open = useViewState((place) => place.outputOpen)
  const picked = useViewState((place) => place.picked)
  const ofPicked = useViewState((place) => place.logOfPicked)
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
  const titles: Record<Tab, string> = { output: 'Output', log: 'Log', problems: 'Problems' }
  const counts: Record<Tab, string> = {
    output: '',
    log: formatCount(length),
    problems: problems === 0 ? '' : formatCount(problems),
  }
  return (
    <section
      className={`${styles.panel} ${open ? styles.open : ''}`}
      aria-label="Output"
      data-region="output"
      tabIndex={-1}
    >
      <div className={styles.bar}>
        <Button
          appearance="subtle"
          size="small"
          icon={open ? <ChevronDown20Regular /> : <ChevronUp20Regular />}
          aria-label={open ? 'Close output' : 'Open output'}
          aria-expanded={open}
          title="Ctrl+J"
          onClick={() => {
            useViewState.setState({ outputOpen: !open })
          }}
        />
        <div className={styles.tabs} role="group" aria-label="What is shown below">
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={open && tab === one}
              onClick={() => {
                setTab(one)
                useViewState.setState({ outputOpen: true })
              }}
            >
              {titles[one]} <span>{counts[one]}</span>
            </button>
          ))}
        </div>
        {open ? <span className={styles.space} /> : <LastLine />}
        {open && tab === 'log' && (
          <Select
            size="small"
            className={styles.hosts}
            aria-label="Hosts in the log"
            value={hosts}
            onChange={(_, { value }) => {
              choose(value)
            }}
          >
            <option value="all">All hosts</option>
            <option value="chosen">{host}</option>
            {picked.size > 0 && <option value="picked">{`${picked.size} selected`}</option>}
          </Select>
        )}
        {open && tab === 'output' && (
          <Select
            size="small"
            className={styles.hosts}
            aria-label="Output of"
            value={output}
            onChange={(_, { value }) => {
              setOutputOf(value as OutputOf)
            }}
          >
            <option value="step">This step</option>
            <option value="chosen">{host}</option>
            {picked.size > 0 && <option value="picked">{`${picked.size} selected`}</option>}
            <option value="all">All hosts</option>
          </Select>
        )}
        {open && tab !== 'problems' && (
          <>
            <Input
              size="small"
              className={styles.find}
              data-find
              contentBefore={<Search20Regular />}
              placeholder="Find in output"
              aria-label="Find in output"
              title="Ctrl+F"
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
              Follow
            </Button>
            <Button
              size="small"
              appearance={wrap ? 'outline' : 'subtle'}
              icon={<TextWrap20Regular />}
              aria-label="Wrap lines"
              title="Wrap lines"
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
            aria-label="Save the log as text"
            title="Save the log as text"
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

/** The newest line of the log, while the panel is closed. */
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
