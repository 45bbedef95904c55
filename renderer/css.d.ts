/** The type of CSS modules: class names as written in the file. A test checks that every name used exists. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export { classes as default }
}
declare module '*.css'
declare module '*.svg?raw' {
  const text: string
  export { text as default }
}
