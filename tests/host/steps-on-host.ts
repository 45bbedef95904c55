/** The site of the suite of steps on an owner's host: what of it may be asked there, and where the host finds something that answers. */
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import type { Session } from '../../main/engine/ports.ts'
import { engineSite } from '../suites/steps/engine-site.ts'
import { stepHelpFor } from '../suites/steps/step-help.ts'
import { ask, type HostUnderTest } from '../suites/transport/host-under-test.ts'
import type { SiteUnderSteps, StepHelp } from '../suites/steps/site-under-steps.ts'
import type { Target } from './target.ts'

/** A site on that host, below its work folder. `powershell` is a full path on the host. */
export async function stepsOnHost(
  { host, credential, transport }: Target,
  under: HostUnderTest,
  powershell: string,
): Promise<{ readonly site: SiteUnderSteps; readonly help: StepHelp; close(): Promise<void> }> {
  const slash = under.windows ? '\\' : '/'
  const workFolder = `${under.workFolder}${slash}steps`
  const noEndpoints = await noWayBack(under.session)
  const site = await engineSite({
    host: { ...host, workFolder },
    transport,
    credential,
    powershell,
    windows: under.windows,
    workFolder,
    flows: await flowsOn(under.session, await managementPort(under)),
    firewall: under.firewall === true,
    signatures: under.windows,
    ...(noEndpoints === undefined ? {} : { noEndpoints }),
  })
  const { help, close } = stepHelpFor(site)
  return { site, help, close }
}

/** The port of the host that we speak to, as one that surely answers on the host itself. */
async function managementPort({ session }: HostUnderTest): Promise<number> {
  const { listening } = await ask(session, 'Get-HostFacts', {})
  for (const port of listening) {
    const { outcome } = await ask(session, 'Test-NetworkPath', { Address: '127.0.0.1', Port: port, TimeoutMs: 3_000 })
    if (outcome === 'open') return port
  }
  throw new Error('The host listens on no port of its own.')
}

async function flowsOn(session: Session, open: number): Promise<SiteUnderSteps['flows']> {
  for (let port = 45_470; port < 45_500; port++) {
    const { outcome } = await ask(session, 'Test-NetworkPath', { Address: '127.0.0.1', Port: port, TimeoutMs: 10_000 })
    if (outcome === 'refused')
      return { open: { address: '127.0.0.1', port: open }, refused: { address: '127.0.0.1', port } }
  }
  throw new Error('The host refuses no connection to itself.')
}

// Endpoints of the suite are servers of this process on 127.0.0.1: only a host that is this machine reaches them.
async function noWayBack(session: Session): Promise<string | undefined> {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.on('error', () => undefined).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await ask(session, 'Test-NetworkPath', { Address: '127.0.0.1', Port: port, TimeoutMs: 3_000 })
  } finally {
    server.close()
  }
  return connections > 0 ? undefined : 'the host is not this machine, so it does not reach an endpoint of the suite'
}
