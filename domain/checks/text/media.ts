/** Texts of the checks of installers, their media and what they are given. */
import { plural } from '../../base/plural.ts'
import type { Advice } from './advice.ts'

export const mediaText = {
  installerMissing: {
    title: 'How each component is installed',
    missing: (component: string, why: string): Advice => ({
      message: `The plan does not describe how to install ${component}. ${why}`,
      remedy:
        `Describe the installer of ${component}: your file with its arguments, or instructions for an installation ` +
        'by hand. If it is installed already, place it as existing.',
    }),
    pass: 'Every component to install has an installer or instructions.',
  },
  present: {
    title: 'Media on the workstation',
    unread: (files: number): Advice => ({
      message: `Rollout has not checked yet whether the ${files === 1 ? 'file of the media is' : `${plural(files, 'file')} of the media are`} on this workstation.`,
      remedy: 'Choose the folder of the media, or run the check on the computer that has them.',
    }),
    unknown: (file: string): Advice => ({
      message: `Rollout has not checked whether ${file} is on this workstation.`,
      remedy: 'Choose the folder of the media, or run the check on the computer that has them.',
    }),
    missing: (file: string): Advice => ({
      message: `The file ${file} is not on this workstation.`,
      remedy: 'Put the file there, or correct its path. A path is absolute or relative to the plan.',
    }),
    pass: (files: number) =>
      files === 1
        ? 'The file of the media is on this workstation.'
        : `All ${plural(files, 'file')} of the media are on this workstation.`,
  },
  hash: {
    title: 'SHA-256 of the media',
    unpinned: (file: string, found: string | null | undefined): Advice => ({
      message:
        `The plan does not name the SHA-256 of ${file}, so Rollout cannot verify the file on a host.` +
        (found
          ? ` The file on this workstation has ${found}. Compare it with the value that its publisher names.`
          : ''),
      remedy: 'Enter the SHA-256 of the file.',
    }),
    unread: (file: string): Advice => ({
      message: `Rollout did not compute the SHA-256 of ${file}, so it cannot tell whether this is the file of the plan.`,
      remedy: 'Run the check again on the computer that has the media.',
    }),
    wrong: (file: string, found: string, wanted: string): Advice => ({
      message: `${file} is not the file of the plan: its SHA-256 is ${found}, the plan names ${wanted}.`,
      remedy:
        'Download the file again from its publisher, or correct the plan if somebody changed the file on purpose.',
    }),
    pass: (files: number) =>
      files === 1
        ? 'The file of the media has the SHA-256 of the plan.'
        : `All ${plural(files, 'file')} of the media have the SHA-256 of the plan.`,
    passUnread: 'The plan names the SHA-256 of every file of the media. Rollout has not checked the files themselves.',
  },
  signer: {
    title: 'Signer of the installers',
    unpinned: (file: string): Advice => ({
      message:
        `The plan does not name the signer of ${file}. The hash shows that it is this file, not who made it. ` +
        "No page says who signs Exekra's installers.",
      remedy:
        "Open the file's digital signature and enter the thumbprint of its certificate as the signer, " +
        'or accept the hash alone.',
    }),
    pass: 'The plan names the signer of every installer.',
  },
  share: {
    title: 'No network share in an installer',
    inText: (where: string, text: string): Advice => ({
      message:
        `${where} names a network share (${text}). A session on a host cannot use its sign-in for a second machine ` +
        '(the double hop), so the share refuses it.',
      remedy: 'Add the file as a further file of the installer. Rollout sends it to the same folder, {media}.',
    }),
    file: (file: string): Advice => ({
      message: `${file} is on a network share. Rollout sends media only from the workstation's own disk, where it checked them.`,
      remedy: 'Copy the file to the workstation and correct its path.',
    }),
    pass: 'No installer, file or environment value points to a network share.',
  },
  secret: {
    title: 'No secret in plain text',
    found: (where: string): Advice => ({
      message: `${where} looks like a secret. Many people read a plan, and process lists show arguments.`,
      remedy: 'Store it in the vault and give it to the installer as an environment value of kind secret.',
    }),
    pass: 'No argument, environment value or instruction looks like a secret.',
  },
} as const
