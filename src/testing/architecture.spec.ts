/** Reads every file of src and holds it against the rules of the house, and shows that the rules can be broken. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  arrows,
  importsAgainstTheArrows,
  impurities,
  type Source,
  untidiness,
} from './architecture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const sources: Source[] = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({
    path: file.slice(root.length).replaceAll('\\', '/'),
    text: readFileSync(file, 'utf8'),
  }))

describe('the house', () => {
  it('has no room without a rule', () => {
    const rooms = readdirSync(join(root, 'src')).filter((name) => name !== 'README.md')
    expect(rooms.filter((room) => arrows[room] === undefined)).toEqual([])
  })

  it('imports only along the arrows', () => {
    expect(sources.flatMap(importsAgainstTheArrows)).toEqual([])
  })

  it('keeps dice, clocks, locales and inexact arithmetic out of the pure rooms', () => {
    expect(sources.flatMap(impurities)).toEqual([])
  })

  it('has files that say what they are and can be read in one sitting', () => {
    expect(sources.flatMap(untidiness)).toEqual([])
  })
})

describe('the check on imports', () => {
  const broken: Array<[path: string, text: string, target: string]> = [
    ['src/base/a.ts', "import { b } from '../engine/b.ts'", 'src/engine/b.ts'],
    ['src/base/a.ts', "import type { B } from '../engine/b.ts'", 'src/engine/b.ts'],
    ['src/engine/a.ts', "export { b } from '../brokers/amqp/b.ts'", 'src/brokers/amqp/b.ts'],
    ['src/engine/a.ts', "export * from '../brokers/b.ts'", 'src/brokers/b.ts'],
    ['src/brokers/amqp/a.ts', "const b = await import('../../clients/b.ts')", 'src/clients/b.ts'],
    ['src/history/a.ts', "type B = import('../session/b.ts').B", 'src/session/b.ts'],
    ['src/history/a.ts', "import { useState } from 'react'", 'react'],
    ['src/scenario/a.ts', "import { readFileSync } from 'node:fs'", 'node:fs'],
    ['src/scenario/a.ts', "import traces from '../../traces.json'", 'traces.json'],
    ['src/worker/a.ts', "import '../canvas/b.ts'", 'src/canvas/b.ts'],
    ['src/session/a.ts', "import { b } from '../engine/b.ts'", 'src/engine/b.ts'],
    ['src/canvas/a.tsx', "import { b } from '../timeline/b.tsx'", 'src/timeline/b.tsx'],
    ['src/canvas/a.tsx', "import { type B, c } from '../engine/b.ts'", 'src/engine/b.ts'],
    ['src/timeline/a.tsx', "import { Handle } from '@xyflow/react'", '@xyflow/react'],
    ['src/ui/a.tsx', "import { b } from '../session/b.ts'", 'src/session/b.ts'],
    ['src/embed/a.ts', "new Worker(new URL('../worker/b.ts', import.meta.url))", 'src/worker/b.ts'],
    ['src/cli/a.ts', "import { b } from '../app/b.ts'", 'src/app/b.ts'],
    ['src/app/a.ts', "import { b } from '../testing/b.ts'", 'src/testing/b.ts'],
    ['src/app/a.ts', 'const b = await import(name)', 'what only the run decides'],
  ]
  it.each(broken)('sees that %s breaks the rules with %s', (path, text, target) => {
    expect(importsAgainstTheArrows({ path, text })).toEqual([`${path} may not import ${target}`])
  })

  const kept: Array<[path: string, text: string]> = [
    ['src/clients/consumer/a.ts', "import { b } from '../../brokers/amqp/b.ts'"],
    ['src/scenario/a.ts', "import * as v from 'valibot'"],
    ['src/canvas/a.tsx', "import type { B } from '../engine/b.ts'"],
    ['src/canvas/a.tsx', "import { type B, type C } from '../engine/b.ts'"],
    ['src/session/a.ts', "new Worker(new URL('../worker/b.ts', import.meta.url))"],
    ['src/engine/a.spec.ts', "import { b } from '../testing/b.ts'"],
    ['src/app/a.ts', "// import { b } from '../testing/b.ts'"],
  ]
  it.each(kept)('lets %s have %s', (path, text) => {
    expect(importsAgainstTheArrows({ path, text })).toEqual([])
  })
})

describe('the check on pure rooms', () => {
  it.each([
    ['Math.random()', 'Math.random'],
    ['Math.log(2)', 'Math.log'],
    ["Math['exp'](2)", 'Math.(computed)'],
    ['const { sin } = Math', 'Math'],
    ['Date.now()', 'Date'],
    ['const now = performance.now()', 'performance'],
    ['(1).toLocaleString()', 'toLocaleString'],
    ["'a'.localeCompare('b')", 'localeCompare'],
    ['new Intl.NumberFormat()', 'Intl'],
    ["console.log('seen')", 'console'],
    ['setTimeout(() => {}, 1)', 'setTimeout'],
    ['const kept = { Date }', 'Date'],
    ['const power = 2 ** 10', '**'],
    ['let power = 2; power **= 10', '**='],
  ])('sees %s', (text, what) => {
    expect(impurities({ path: 'src/engine/a.ts', text })).toEqual([
      `src/engine/a.ts:1 uses ${what}`,
    ])
  })

  it.each([
    'const half = Math.floor(5 / 2) + Math.sqrt(2)',
    'const units = { Date: 1, performance: 2 }; units.Date + units.performance',
    'interface Times { Date: number }',
    "// Math.random() is a clock's cousin\nconst text = 'Date.now()'",
  ])('lets it have %s', (text) => {
    expect(impurities({ path: 'src/engine/a.ts', text })).toEqual([])
  })

  it('leaves the page its clock', () => {
    expect(impurities({ path: 'src/session/a.ts', text: 'performance.now()' })).toEqual([])
  })
})

describe('the check on tidiness', () => {
  it('sees a file without an opening comment', () => {
    const text = 'export const a = 1\n'
    expect(untidiness({ path: 'src/base/a.ts', text })).toHaveLength(1)
    expect(untidiness({ path: 'src/base/a.ts', text: `/** One. */\n${text}` })).toEqual([])
  })

  it('sees a file of more than 500 lines', () => {
    const lines = (count: number) => `// Many lines.\n${'let a\n'.repeat(count - 1)}`
    expect(untidiness({ path: 'src/base/a.ts', text: lines(501) })).toHaveLength(1)
    expect(untidiness({ path: 'src/base/a.ts', text: lines(500) })).toEqual([])
  })
})
