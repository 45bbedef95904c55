/** The life of one lab host: it boots, carries out requested restarts, and ends. */
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { firstFirewall, putIntoForce } from './firewall.ts'
import { killTree } from './process-tree.ts'
import { releasePrefix } from './prefix.ts'
import { type BootRecord, type HostRecord, bootFile, readJson, writeJson } from './site.ts'
import { runningSsh, sshPort, startSsh } from './ssh-server.ts'
import { boot, stopServer } from './wine.ts'

export class HostLife {
  readonly host: HostRecord
  readonly #state: string
  #ssh: ChildProcess | undefined
  #firewall: string | undefined

  constructor(host: HostRecord) {
    this.host = host
    this.#state = join(host.driveC, 'LabState')
  }

  async start(): Promise<void> {
    const before = await readJson<BootRecord>(bootFile(this.host))
    const boots = (before?.boots ?? 0) + 1
    const bootTime = new Date().toISOString()
    await mkdir(this.#state, { recursive: true })
    await rm(join(this.#state, 'restart.request'), { force: true })
    await writeJson(join(this.#state, 'host.json'), {
      name: this.host.name.toUpperCase(),
      address: this.host.address,
      bootTime,
      boots,
    })
    const firewall = join(this.#state, 'firewall.json')
    if (!existsSync(firewall)) await writeJson(firewall, firstFirewall(sshPort))
    await this.followFirewall()
    await boot(this.host)
    this.#ssh = await startSsh(this.host)
    await this.#note({ boots, ready: true, bootTime, problem: null })
  }

  /** True when somebody on the host asked for a restart: Restart-Computer, or an installer that ends with 1641. */
  get restartAsked(): boolean {
    return existsSync(join(this.#state, 'restart.request'))
  }

  /** Puts into force what the host's firewall cmdlets have recorded since. */
  async followFirewall(): Promise<void> {
    this.#firewall = await putIntoForce(this.host, this.#firewall)
  }

  async restart(): Promise<void> {
    const before = await readJson<BootRecord>(bootFile(this.host))
    await this.#note({ boots: before?.boots ?? 0, ready: false, bootTime: before?.bootTime ?? '', problem: null })
    await this.#stop()
    await this.start()
  }

  async end(): Promise<void> {
    await this.#stop()
    await releasePrefix(this.host.prefix)
  }

  async fail(problem: unknown): Promise<void> {
    await this.#note({
      boots: 0,
      ready: false,
      bootTime: '',
      problem: problem instanceof Error ? problem.message : String(problem),
    })
  }

  async #stop(): Promise<void> {
    const ssh = this.#ssh?.pid ?? (await runningSsh(this.host.folder))
    if (ssh !== undefined) await killTree(ssh)
    this.#ssh = undefined
    await stopServer(this.host)
  }

  async #note(record: BootRecord): Promise<void> {
    await writeJson(bootFile(this.host), record)
  }
}
