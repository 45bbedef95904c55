/** Texts of the checks of the hosts of a plan, before a survey. */
import type { Advice } from './advice.ts'

export const hostsText = {
  managed: {
    title: 'Installations on managed hosts',
    unmanaged: (component: string, host: string): Advice => ({
      message: `The plan installs ${component} on ${host}, which Rollout does not manage: it opens no session there.`,
      remedy: 'Choose how Rollout reaches the host, or place the component as existing.',
    }),
    pass: 'Everything to install is on managed hosts.',
  },
  credentials: {
    title: 'Credentials of the hosts',
    missing: (host: string, ways: string): Advice => ({
      message: `Rollout reaches ${host} by ${ways}, but the plan names no credential for it.`,
      remedy: 'Choose a credential for the host, or a default credential for the plan.',
    }),
    pass: 'Every host reached over the network has a credential.',
  },
  local: {
    title: 'This workstation as a host',
    twice: (host: string, first: string): Advice => ({
      message: `${host} and ${first} are both this workstation. One machine cannot be two hosts.`,
      remedy: 'Keep one local host and place all its components there.',
    }),
    passNone: 'No host is this workstation.',
    pass: 'One host is this workstation.',
  },
  address: {
    title: 'One address, one host',
    same: (host: string, address: string, other: string): Advice => ({
      message: `${host} and ${other} have the same address ${address}: both names would act on one machine.`,
      remedy: 'Correct one of the addresses, or make it one host.',
    }),
    otherPort: (host: string, address: string, other: string): Advice => ({
      message:
        `${host} and ${other} have the same address ${address} and differ only in the port. ` +
        'Firewall rules cannot tell them apart.',
      remedy: 'Keep it if you forward ports on purpose. Otherwise correct one of the addresses.',
    }),
    pass: 'Every host has an address of its own.',
  },
  sampleAddress: {
    title: 'Sample addresses',
    host: (host: string, address: string): Advice => ({
      message: `${host} still has the sample address ${address}.`,
      remedy: `Enter the real address of ${host}.`,
    }),
    hub: (address: string): Advice => ({
      message: `The Hub still has the sample address ${address}. Studio and Runner need its real one.`,
      remedy: 'Enter the address of the Hub.',
    }),
    pass: 'No sample address is left.',
  },
  unused: {
    title: 'Hosts without a component',
    nothing: (host: string): Advice => ({
      message: `${host} has no component. The rollout does not change it.`,
      remedy: 'Place a component on it, or remove it from the plan.',
    }),
    pass: 'Every host has a component.',
  },
} as const
