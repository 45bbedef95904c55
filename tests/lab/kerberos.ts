/**
 * Builds the optional package kerberos where npm put its sources, without a network: npm runs no install scripts here.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '..', '..', 'node_modules')
const sources = join(modules, 'kerberos')

/** What is missing to build it, in words; undefined where it can be built. */
export function kerberosUnbuildable(): string | undefined {
  if (process.platform !== 'linux') return 'the lab builds kerberos on Linux only'
  if (!existsSync(sources)) return 'npm has left out the optional package kerberos'
  if (!existsSync('/usr/bin/g++')) return 'g++ is not installed'
  return existsSync('/usr/include/gssapi/gssapi.h') ? undefined : 'libkrb5-dev is not installed'
}

/** Builds it, unless it is there: the sources of its binding.gyp for Linux, against Node-API, which every Node from 20.3 on has. */
export async function buildKerberos(): Promise<void> {
  const release = join(sources, 'build', 'Release')
  const target = join(release, 'kerberos.node')
  if (existsSync(target)) return
  await mkdir(release, { recursive: true })
  const part = join(release, `part-${process.pid}.node`)
  try {
    await run(
      '/usr/bin/g++',
      [
        '-shared',
        '-fPIC',
        '-O1',
        '-std=c++17',
        '-DNODE_GYP_MODULE_NAME=kerberos',
        '-DBUILDING_NODE_EXTENSION',
        '-DKERBEROS_USE_RTLD=1',
        '-I',
        join(modules, 'node-api-headers', 'include'),
        '-I',
        join(modules, 'node-addon-api'),
        join(sources, 'src', 'kerberos.cc'),
        ...['base64', 'kerberos_gss', 'kerberos_unix'].map((name) => join(sources, 'src', 'unix', `${name}.cc`)),
        '-ldl',
        '-o',
        part,
      ],
      { timeout: 120_000 },
    )
    // Renamed into place, so that nobody loads a half-written one.
    await rename(part, target)
  } finally {
    await rm(part, { force: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const missing = kerberosUnbuildable()
  if (missing === undefined) await buildKerberos()
  process.stdout.write(`${missing ?? sources}\n`)
  process.exitCode = missing === undefined ? 0 : 1
}
