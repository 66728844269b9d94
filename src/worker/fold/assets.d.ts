/** Addresses of WebAssembly files of the build. */
declare module '*/wasm?url' {
  const address: string
  export default address
}
declare module '*.wasm?url' {
  const address: string
  export default address
}
