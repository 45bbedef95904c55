/** What a practice site's stand-in installers write while they run, and what their files say of themselves. */
import type { ComponentName } from '../../../domain/base/ids.ts'

export const installerLines: Readonly<Record<ComponentName, readonly string[]>> = {
  postgresql: [
    'Unpacking the database server',
    'Creating the data folder',
    'Writing the configuration',
    'Registering the service',
  ],
  redis: ['Unpacking the queue server', 'Registering the service'],
  hub: [
    'Unpacking the stand-in of the Hub',
    'Checking the connection settings',
    'Preparing the database',
    'Installing the certificate',
    'Registering the service',
    'Starting the service',
  ],
  studio: ['Unpacking the stand-in of Studio', 'Writing shortcuts', 'Recording the product'],
  runner: ['Unpacking the stand-in of the Runner', 'Writing the connection to the Hub', 'Recording the product'],
}

/** The beginning of each file; its hash, and so the hash of every practice plan, follows from these words. */
export const installerHead = (name: string) =>
  `PRACTICE STAND-IN: ${name}\r\nMade by the practice site of Exekra Rollout. This is not a program, not Exekra's software, and installs nothing on a real machine.\r\n`

/** The name of the certificate that signs the Hub's on a practice site. */
export const rootName = 'Practice site root'
