/** What is used of MicroPython's package, which comes without types. */
declare module '@micropython/micropython-webassembly-pyscript/micropython.mjs' {
  export function loadMicroPython(options: {
    heapsize?: number
    url?: string
    linebuffer?: boolean
    stdout?: (line: string) => void
    stderr?: (line: string) => void
  }): Promise<{
    runPython(source: string): unknown
    registerJsModule(name: string, module: object): void
  }>
}
