/** All checks, in the order in which a reviewer would ask. */
import type { Check } from '../check-context.ts'
import { administrator } from './administrator.ts'
import { architecture } from './architecture.ts'
import { certificatePinned } from './certificate-pinned.ts'
import { certificateStrategy } from './certificate-strategy.ts'
import { certificateTrust } from './certificate-trust.ts'
import { clientMachines } from './client-machines.ts'
import { clock } from './clock.ts'
import { databaseReachable } from './database-reachable.ts'
import { dedicatedDatabase } from './dedicated-database.ts'
import { dedicatedRunners } from './dedicated-runners.ts'
import { duplicateAddress } from './duplicate-address.ts'
import { environmentsUsed } from './environments.ts'
import { firewallRulesDerivable } from './firewall-rules.ts'
import { freeDisk } from './free-disk.ts'
import { hostCredentials } from './host-credentials.ts'
import { hostManaged } from './host-managed.ts'
import { hostName } from './host-name.ts'
import { hubAddress } from './hub-address.ts'
import { hubOs } from './hub-os.ts'
import { hubOsSeen } from './hub-os-seen.ts'
import { hubPlaced } from './hub-placed.ts'
import { installerMissing } from './installer-missing.ts'
import { licenceNetwork } from './licence-network.ts'
import { licenceRunners } from './licence-runners.ts'
import { loadBalancer } from './load-balancer.ts'
import { localHost } from './local-host.ts'
import { mediaHash } from './media-hash.ts'
import { mediaPresent } from './media-present.ts'
import { mediaSigner } from './media-signer.ts'
import { osMatches } from './os-matches.ts'
import { pendingReboot } from './pending-reboot.ts'
import { pilotSize } from './pilot-size.ts'
import { placeholderAddress } from './placeholder-address.ts'
import { portClash } from './port-clash.ts'
import { portInUse } from './port-in-use.ts'
import { postgresqlVersion } from './postgresql-version.ts'
import { powershellVersion } from './powershell-version.ts'
import { productionRedis } from './production-redis.ts'
import { redisPlacement } from './redis-placement.ts'
import { runnerInbound } from './runner-inbound.ts'
import { secretsSpelledOut } from './secrets-spelled-out.ts'
import { serviceExists } from './service-exists.ts'
import { singleHub } from './single-hub.ts'
import { survey } from './survey.ts'
import { uncPaths } from './unc-paths.ts'
import { unusedHost } from './unused-host.ts'
import { waves } from './waves.ts'

export const allChecks: readonly Check[] = [
  // The Hub, its database and Redis.
  hubPlaced,
  singleHub,
  hubOs,
  hubAddress,
  postgresqlVersion,
  databaseReachable,
  redisPlacement,

  // The certificate and the firewall.
  certificateStrategy,
  certificatePinned,
  certificateTrust,
  firewallRulesDerivable,

  // Machines: the documented layouts and their optional prerequisites.
  clientMachines,
  productionRedis,
  dedicatedDatabase,
  loadBalancer,
  dedicatedRunners,
  pilotSize,
  runnerInbound,
  portClash,

  // Environments and the licence.
  environmentsUsed,
  licenceNetwork,
  licenceRunners,

  // Installers and their media.
  installerMissing,
  mediaPresent,
  mediaHash,
  mediaSigner,
  uncPaths,
  secretsSpelledOut,

  // Hosts, and how the rollout treats them.
  hostManaged,
  hostCredentials,
  localHost,
  duplicateAddress,
  placeholderAddress,
  unusedHost,
  waves,

  // What the survey reported.
  survey,
  hubOsSeen,
  osMatches,
  hostName,
  administrator,
  powershellVersion,
  architecture,
  pendingReboot,
  clock,
  freeDisk,
  portInUse,
  serviceExists,
]
