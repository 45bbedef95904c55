/**
 * `npm run lab`: `up --runners 3` starts a lab and prints its plan, `down` removes it, `check` says if one is
 * possible.
 */
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { downLab, labUnavailable, upLab } from './lab.ts'
import { writeLabPlan } from './plan.ts'

const usage = 'usage: npm run lab -- up [--runners N] [--studios N] [--dir DIR] | down [--dir DIR] | check\n'

const { values, positionals } = wordsGiven()

/** The words of the command line; prints the usage and ends where they mean nothing. */
function wordsGiven() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        dir: { type: 'string', default: '.lab' },
        runners: { type: 'string', default: '1' },
        studios: { type: 'string', default: '1' },
      },
    })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(64)
  }
}

function named(role: string, prefix: string, count: string): { name: string; roles: string[] }[] {
  if (!/^\d{1,2}$/.test(count)) throw new Error(`${count} is no number of hosts from 0 to 99`)
  return Array.from({ length: Number(count) }, (_, index) => ({
    name: `${prefix}${String(index + 1).padStart(2, '0')}`,
    roles: [role],
  }))
}

async function up(dir: string): Promise<void> {
  const hosts = [
    { name: 'HUB01', roles: ['hub'] },
    { name: 'DB01', roles: ['postgres'] },
    ...named('studio', 'STUDIO', values.studios),
    ...named('runner', 'RUN', values.runners),
  ]
  const site = await upLab({ dir: join(dir, 'site'), hosts })
  const plan = await writeLabPlan(site, join(dir, 'plan'))
  const secrets = join(dir, 'secrets.json')
  await writeFile(secrets, JSON.stringify(plan.secrets), { mode: 0o600 })
  const here = (path: string) => relative(process.cwd(), path)
  process.stdout.write(await readFile(plan.planFile, 'utf8'))
  process.stderr.write(
    `${hosts.length} lab hosts are up. The plan above is ${here(plan.planFile)}. Roll it out, then take the lab down:\n`,
  )
  process.stderr.write(
    `  npx exekra-rollout run ${here(plan.planFile)} --db ${here(join(dir, 'lab.db'))} --yes --vault-stdin < ${here(secrets)}\n  npm run lab -- down\n`,
  )
}

async function main(): Promise<number> {
  if (values.help === true) {
    process.stdout.write(usage)
    return 0
  }
  const dir = resolve(values.dir)
  switch (positionals[0]) {
    case 'check': {
      const missing = labUnavailable()
      process.stdout.write(`${missing ?? 'a lab can be brought up here'}\n`)
      return missing === undefined ? 0 : 1
    }
    case 'up':
      await up(dir)
      return 0
    case 'down': {
      if (!existsSync(join(dir, 'site'))) process.stderr.write(`There is no lab in ${dir}.\n`)
      await downLab(join(dir, 'site'))
      // The runs' database is the person's; the rest means nothing without the lab.
      for (const ours of ['plan', 'secrets.json']) await rm(join(dir, ours), { recursive: true, force: true })
      return 0
    }
    default:
      process.stderr.write(usage)
      return 64
  }
}

process.exitCode = await main()
