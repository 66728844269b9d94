/** Files that the build turns into addresses. */
declare module '*.woff2?url' {
  const address: string
  export default address
}
declare module '*?worker&url' {
  const address: string
  export default address
}
/** Files whose names match, taken in by the build. */
interface ImportMeta {
  glob<T>(
    patterns: readonly string[],
    options: { eager: true; import: 'default' },
  ): Record<string, T>
}
