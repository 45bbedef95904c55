/**
 * The network of one lab: every host in a network namespace of its own, on a bridge in the lab's, with one link to
 * the workstation. So a host has its own ports and addresses, and two labs never see each other.
 */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type ProcessMark, isAlive, mark } from './process-tree.ts'
import { readJson, writeJson } from './site.ts'

const run = promisify(execFile)
const claims = join(tmpdir(), 'rollout-lab-networks')
const named = '/run/netns'
const bridge = 'br0'

/** Says in a sentence why hosts cannot have a network of their own here, if they cannot. */
export function networkUnavailable(): string | undefined {
  if (spawnSync('ip', ['-V']).status !== 0) return 'iproute2 is not installed'
  if (spawnSync('nsenter', ['--version']).status !== 0) return 'nsenter (util-linux) is not installed'
  return spawnSync('unshare', ['--net', 'true']).status === 0 ? undefined : 'network namespaces may not be made here'
}

/** Makes the network of a lab and answers with its number, which no other lab on this machine has. */
export async function takeNetwork(): Promise<number> {
  await mkdir(claims, { recursive: true })
  for (let number = 1; number < 255; number++) {
    if (!(await claim(number))) continue
    await remove(number)
    const lab = namespaceOf(number)
    const link = linkOf(number)
    await ip(`netns add ${lab}`)
    await ip(`-n ${lab} link add ${bridge} type bridge`)
    await ip(`-n ${lab} link set ${bridge} up`)
    await ip(`link add ${link} type veth peer name outside netns ${lab}`)
    await ip(`-n ${lab} link set outside master ${bridge} up`)
    await ip(`address add ${workstationOf(number)}/24 dev ${link}`)
    await ip(`link set ${link} up`)
    return number
  }
  throw new Error('No network of 198.18.0.0/16 is free for a lab.')
}

/** Gives the lab's host of that number, from 1 on, its namespace and its address. */
export async function joinNetwork(number: number, host: number): Promise<{ namespace: string; address: string }> {
  const lab = namespaceOf(number)
  const namespace = `${lab}-${host}`
  const address = addressOf(number, host)
  await ip(`netns add ${namespace}`)
  await ip(`-n ${lab} link add host${host} type veth peer name eth0 netns ${namespace}`)
  await ip(`-n ${lab} link set host${host} master ${bridge} up`)
  await ip(`-n ${namespace} link set lo up`)
  await ip(`-n ${namespace} address add ${address}/24 dev eth0`)
  await ip(`-n ${namespace} link set eth0 up`)
  return { namespace, address }
}

/** The supervisor lives longer than the command that made the network. */
export async function handNetwork(number: number, owner: ProcessMark): Promise<void> {
  await writeJson(join(claims, String(number), 'owner.json'), owner)
}

/** Takes a network away, with whatever of it is there. Its hosts must have ended. */
export async function releaseNetwork(number: number): Promise<void> {
  await remove(number)
  await rm(join(claims, String(number)), { recursive: true, force: true })
}

/** The words that run a program in a namespace; without one they stay as they are. */
export function inside(namespace: string | undefined, program: string, words: readonly string[]): [string, string[]] {
  return namespace === undefined
    ? [program, [...words]]
    : ['nsenter', [`--net=${join(named, namespace)}`, program, ...words]]
}

/** This machine's address as the hosts of that lab see it. */
export const workstationOf = (number: number): string => addressOf(number, 254)
export const namespaceOf = (number: number): string => `rollout-lab-${number}`
// The name of an interface has 15 characters at most.
const linkOf = (number: number): string => `rollout-${number}`
// 198.18.0.0/15 is for tests of networks: no machine has such an address.
const addressOf = (number: number, host: number): string => `198.18.${number}.${host}`

async function remove(number: number): Promise<void> {
  const lab = namespaceOf(number)
  for (const name of await readdir(named).catch(() => []))
    if (name === lab || name.startsWith(`${lab}-`)) await ip(`netns delete ${name}`)
  // The kernel takes it away with its other end, but in its own time.
  if (existsSync(`/sys/class/net/${linkOf(number)}`)) await ip(`link delete ${linkOf(number)}`).catch(() => undefined)
}

/** A folder by its number says that a network is taken, and by whom. */
async function claim(number: number): Promise<boolean> {
  const folder = join(claims, String(number))
  const make = () =>
    mkdir(folder).then(
      () => true,
      () => false,
    )
  if (!(await make())) {
    const owner = await readJson<ProcessMark>(join(folder, 'owner.json'))
    if (owner === undefined || (await isAlive(owner))) return false
    // Its lab died without a word. Whoever removes the claim first has it.
    await rm(folder, { recursive: true, force: true })
    if (!(await make())) return false
  }
  await handNetwork(number, await mark(process.pid))
  return true
}

async function ip(words: string): Promise<void> {
  await run('ip', words.split(' '))
}
