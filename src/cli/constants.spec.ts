/** What the bundler writes in the place of names, and what it leaves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { numbersForNames } from './constants.mjs'

const facts = `
export const FACTS = { sent: 1, lost: -2 } as const
export const TOLD = { here: 'text' } as const
export const BITS = 3
const SIZE = 1 << BITS
export const MASK = SIZE - 1
`
const main = `
import { BITS as WIDTH, FACTS, MASK, TOLD } from './facts.ts'
const LIMIT = 2 * MASK
export const made = (width: number) => [FACTS.sent, 4 - FACTS.lost, WIDTH, MASK, LIMIT, TOLD.here, width]
export const named = { MASK, FACTS: 'FACTS.sent', all: Object.keys(FACTS) }
export type Kind = (typeof FACTS)[keyof typeof FACTS]
`

async function built(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'constants-'))
  try {
    mkdirSync(join(root, 'src'))
    writeFileSync(join(root, 'src/facts.ts'), facts)
    writeFileSync(join(root, 'src/main.ts'), main)
    const result = await build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [numbersForNames()],
      build: {
        write: false,
        minify: false,
        lib: { entry: join(root, 'src/main.ts'), formats: ['es'] },
      },
    })
    const [chunk] = (result as { output: { code: string }[] }[])[0]?.output ?? []
    return chunk?.code ?? ''
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test('given constants of another file, when it is built, then numbers stand for their names and for nothing else', async () => {
  const code = await built()
  const list = /made = \(width\) => \[([^\]]*)\]/.exec(code)?.[1] ?? code
  const items = list.split(',').map((item) => item.trim())
  expect(items).toEqual(['1', '6', '3', '7', '14', 'TOLD.here', 'width'])
  expect(code).toContain('FACTS.sent"')
  expect(code).toContain('Object.keys(FACTS)')
})
