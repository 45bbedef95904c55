/** Owns the type of CSS modules: class names by the name they have in the file. A test holds every name used to one that is written. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export { classes as default }
}
declare module '*.css'
declare module '*.svg?raw' {
  const text: string
  export { text as default }
}
