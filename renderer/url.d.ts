/** What the bundler makes of an import that ends in ?url: the address of that file as it is. */
declare module '*?url' {
  const address: string
  export default address
}
