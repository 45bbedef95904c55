/** Owns the lab's command line: `up --runners 3 [--studios 1] --dir DIR` prints the site, `down --dir DIR` takes it away. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { downLab, labUnavailable, upLab } from './lab.ts'

const usage = 'usage: up --dir DIR [--runners N] [--studios N] [--no-hub] | down --dir DIR | check\n'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dir: { type: 'string' }, runners: { type: 'string', default: '1' }, studios: { type: 'string', default: '0' }, 'no-hub': { type: 'boolean', default: false } },
})

function named(role: string, count: string): { name: string; roles: string[] }[] {
  return Array.from({ length: Number(count) }, (_, index) => ({ name: `${role}${String(index + 1).padStart(2, '0')}`, roles: [role] }))
}

async function main(): Promise<number> {
  const command = positionals[0]
  if (command === 'check') {
    const missing = labUnavailable()
    process.stdout.write(`${missing ?? 'a lab can be brought up here'}\n`)
    return missing === undefined ? 0 : 1
  }
  if (values.dir === undefined || (command !== 'up' && command !== 'down')) {
    process.stderr.write(usage)
    return 64
  }
  const dir = resolve(values.dir)
  if (command === 'down') {
    await downLab(dir)
    return 0
  }
  const hub = values['no-hub'] ? [] : [{ name: 'hub01', roles: ['hub', 'postgres', 'redis'] }]
  const site = await upLab({ dir, hosts: [...hub, ...named('studio', values.studios), ...named('runner', values.runners)] })
  process.stdout.write(`${JSON.stringify(site, null, 2)}\n`)
  return 0
}

process.exitCode = await main()
