/** What is said of files of this workstation that cannot be read. */
export const fileText = {
  missing: (path: string) => `There is no file ${path}. Check its name and its folder.`,
  folder: (path: string) => `${path} is a folder. Name the file in it.`,
  denied: (path: string) => `You may not read ${path}. Get the right to read it, or name a copy that you may read.`,
  other: (path: string, reason: string) => `Rollout cannot read ${path}: ${reason}`,
  tooLarge: (path: string, bytes: number, limit: number) =>
    `${path} has ${Math.round(bytes / 1e6)} MB. A plan has at most ${Math.round(limit / 1e6)} MB.`,
  notText: (path: string) => `${path} is not text in UTF-8 or UTF-16. Save it as UTF-8.`,
} as const

/** Where a problem of a whole plan file is shown. */
export const wholeFile = '(the file)'

/** The parts of the program that are built from source, as the sentences name them. */
export const partTitles = {
  renderer: 'user interface',
  main: 'desktop program',
  preload: 'bridge to the windows',
} as const

export const buildText = {
  building: (part: string) => `Building the ${part}. This takes some seconds and is done once.`,
} as const
