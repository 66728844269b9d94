/** Files that the build turns into addresses. */
declare module '*.woff2?url' {
  const address: string
  export default address
}
declare module '*?worker&url' {
  const address: string
  export default address
}
