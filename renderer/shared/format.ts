/** How times, durations and hashes are written in the window. */
import { formatText } from './text.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** 14:32:18, local time; `at` in milliseconds since 1970. */
export function formatTime(at: number): string {
  return `${formatMinute(at)}:${two(new Date(at).getSeconds())}`
}

/** 14:32, local time; `at` in milliseconds since 1970. */
export function formatMinute(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** 14:32:18.204 */
export function formatTimeMs(at: number): string {
  return `${formatTime(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`
}

/** 14:32 today, 14 Nov 2026 on any other day than that of `now`. */
export function formatWhen(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? formatText.today(formatMinute(at))
    : day.format(at)
}

/** 14 Nov 2026 14:32:18, local time. */
export function formatDateTime(at: number): string {
  return `${day.format(at)} ${formatTime(at)}`
}

/** 1:12, or 1:30:16 from an hour on; of milliseconds. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** 18 min, under a minute, 2 h 5 min; of milliseconds. */
export function formatDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return formatText.underAMinute
  return minutes < 60 ? formatText.minutes(minutes) : formatText.hours(Math.floor(minutes / 60), minutes % 60)
}

/** about 18 min, or under a minute; of milliseconds that are an estimate. */
export function formatApproximate(ms: number): string {
  const duration = formatDuration(ms)
  return duration === formatText.underAMinute ? duration : formatText.about(duration)
}

/** 9f2c…41ab */
export function shortHash(hash: string): string {
  return hash.length > 8 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash
}

/** windows-server-2022 as Windows Server 2022; "Not stated" for undefined. */
export function systemName(os: string | undefined): string {
  if (os === undefined) return formatText.notStated
  return os
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
