/** Links and files: what goes in comes out, and whatever else arrives gives one sentence. */
import { readdirSync, readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashText } from '../../base/hash.ts'
import { EXAMPLES, exampleCalled } from '../examples/index.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { exportFile, fileNameOf, importFile } from './file.ts'
import { decodeMoment, encodeMoment, LINK_CHARS_MAX } from './link.ts'
import { MOMENT_VERSION, packMoment, type SharedBranch, type SharedMoment } from './moment.ts'

const orders = exampleCalled('orders')

const crash = { atUs: 2_000_000, do: 'crash', node: 'worker' } as const
const restart = { atUs: 9_000_000, do: 'restart', node: 'worker' } as const

function branch(id: string, parent: string | null, script: SharedBranch['script']): SharedBranch {
  return { id, name: `the ${id}`, parent, forkUs: parent ? 2_000_000 : 0, seed: 1, script }
}

const MOMENT: SharedMoment = {
  app: '0.1.0',
  scenario: orders.scenario,
  exampleId: 'orders',
  branches: [
    branch('main', null, [crash]),
    branch('b2', 'main', [crash, restart]),
    branch('b3', 'b2', [crash, restart, { atUs: 9_500_000, do: 'publish', node: 'shop' }]),
  ],
  branchId: 'b2',
  timeUs: 9_000_000,
  factIndex: 77,
  selection: { type: 'node', id: 'worker' },
  view: { x: 310.5, y: -20, zoom: 0.8 },
  stage: { view: 'lanes', parameter: '0-20000000' },
  condition: 'backlog(orders) > 3',
  watches: ['backlog(orders)', 'unacked(orders)'],
  hash: '0123456789abcdef',
  trail: '0123456789abcdef0123456789ab',
}

async function linkTo(moment: SharedMoment): Promise<string> {
  const encoded = await encodeMoment(moment)
  if (!encoded.ok) throw new Error(encoded.sentence)
  return encoded.fragment
}

/** A link that is right in form, whatever its payload. */
function linkOf(payload: Uint8Array | unknown): string {
  const bytes =
    payload instanceof Uint8Array ? payload : deflateRawSync(Buffer.from(JSON.stringify(payload)))
  const data = toBase64url(bytes)
  return `#m=2.${data.length.toString(36)}.${(hashText(data) >>> 0).toString(36)}.${data}`
}

async function sentenceOf(fragment: string): Promise<string> {
  const decoded = await decodeMoment(fragment)
  return decoded.ok ? 'opened' : decoded.sentence
}

describe('a link', () => {
  it('given a moment with branches, then it comes back whole', async () => {
    expect(await decodeMoment(await linkTo(MOMENT))).toEqual({ ok: true, moment: MOMENT })
  })

  it.each(EXAMPLES.map((example) => [example.id, example] as const))(
    'given the example %s, then its link is shorter than 2000 characters',
    async (_id, { scenario }) => {
      const script = MOMENT.branches[0] as SharedBranch
      const branches = [{ ...script, script: [] }]
      const fragment = await linkTo({ ...MOMENT, scenario, branches, branchId: 'main' })
      expect(fragment).toMatch(/^#m=2\.[0-9a-z]+\.[0-9a-z]+\.[\w-]+$/)
      expect(fragment.length).toBeLessThan(2000)
    },
  )

  it('given branches with a shared beginning, then it is written once', () => {
    const packed = packMoment(MOMENT) as { branches: { shared: number; script: unknown[] }[] }
    expect(packed.branches.map(({ shared, script }) => [shared, script.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ])
  })

  it('given a link cut off anywhere, then it says so or that it is damaged', async () => {
    const fragment = await linkTo(MOMENT)
    const length = fragment.split('.')[3]?.length ?? 0
    expect(await sentenceOf(fragment.slice(0, -100))).toBe(
      `This link was cut off: ${length - 100} of its ${length} characters are there. Copy it again, all of it.`,
    )
    for (let end = 0; end < fragment.length; end += 7) {
      expect(await sentenceOf(fragment.slice(0, end))).toMatch(/Copy it again, all of it\.$/)
    }
  })

  it('given a link with any one character changed, then it is never opened', async () => {
    const fragment = await linkTo(MOMENT)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: fragment.length - 1 }),
        fc.constantFrom(...'Aa0-_.%~\u{1f600}'),
        async (at, letter) => {
          fc.pre(fragment[at] !== letter)
          const changed = fragment.slice(0, at) + letter + fragment.slice(at + 1)
          expect(await sentenceOf(changed)).toMatch(/Copy it again|newer Eventarium/)
        },
      ),
    )
  })

  it('given any text at all, then it answers with a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await sentenceOf(`#m=${text}`)).toMatch(/^This link .*\.$/)
      }),
    )
  })

  it('given any bytes in a well-formed link, then it answers with a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await sentenceOf(linkOf(bytes))).toMatch(/^This link .*\.$/)
      }),
    )
  })

  it('given a link from a newer version, then it says to reload', async () => {
    const newer = (await linkTo(MOMENT)).replace('#m=2.', '#m=3.')
    expect(await sentenceOf(newer)).toBe(
      'This link is from a newer Eventarium. Reload this page to update, then open it.',
    )
    expect(await sentenceOf(linkOf({ ...packMoment(MOMENT), v: 3 }))).toBe(
      'This link cannot be opened. v is 3, of a newer Eventarium; reload this page to update.',
    )
  })

  it('given a link that unfolds to a gigabyte, then it stops at four megabytes', async () => {
    const bomb = linkOf(new Uint8Array(deflateRawSync(Buffer.alloc(64 * 1024 * 1024, 0x20))))
    expect(bomb.length).toBeLessThan(LINK_CHARS_MAX)
    expect(await sentenceOf(bomb)).toBe(
      'This link unfolds to more than 4 MB, which no scenario needs. It is not opened.',
    )
  })

  it('given a moment too large for a link, then it says to save a file', async () => {
    let n = 1
    const noise = () => {
      n = Math.imul(n, 48_271) % 2_147_483_647
      return Math.abs(n).toString(36).repeat(2)
    }
    const script = Array.from({ length: 9000 }, (_, i) => ({
      atUs: i,
      do: 'publish' as const,
      node: 'shop',
      body: noise(),
    }))
    const encoded = await encodeMoment({ ...MOMENT, branches: [branch('b2', null, script)] })
    expect(encoded).toMatchObject({ ok: false })
    expect(encoded.ok ? '' : encoded.sentence).toMatch(
      /^This is too large for a link \(\d+ KB, and a link holds 100 KB\)\. Save it as a file instead\.$/,
    )
  })

  it('given a link longer than the limit, then it is not even read', async () => {
    expect(await sentenceOf(`#m=2.zz.zz.${'A'.repeat(LINK_CHARS_MAX)}`)).toBe(
      'This link is too large to be opened. Ask for it as a file instead.',
    )
  })

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a bad scenario',
      { scenario: { ...orders.scenario, seed: -1 } },
      'scenario is not valid: seed is -1; give a whole number from 0 to 9007199254740991.',
    ],
    [
      'an action on nothing',
      { branches: [{ ...branch('b2', null, []), shared: 0, script: [{ ...crash, node: 'x' }] }] },
      `branches[0].script[0].node is "x", which is no node; give a node's id.`,
    ],
    [
      'branches in a circle',
      {
        branches: [
          { ...branch('a', 'b', []), shared: 0 },
          { ...branch('b', 'a', []), shared: 0 },
        ],
      },
      'branches[0].parent is "b", which leads to no beginning.',
    ],
    [
      'a branch that shares more than there is',
      { branches: [{ ...branch('b2', null, []), shared: 3 }] },
      'branches[0].shared is 3, and its parent has 0 actions.',
    ],
    [
      'a branch that is not there',
      { branchId: 'zz' },
      'branchId is "zz", which is not among the branches.',
    ],
    [
      'a forbidden name',
      JSON.parse('{"selection":{"type":"node","__proto__":{"polluted":1},"id":"x"}}'),
      'selection.__proto__ is a forbidden name; remove it.',
    ],
    [
      'an unknown field',
      { evil: 1 },
      'evil is not a known field; remove it or check its spelling.',
    ],
  ])('given %s, then it says so', async (_what, change, sentence) => {
    const payload = { ...packMoment(MOMENT), ...change }
    expect(await sentenceOf(linkOf(payload))).toBe(`This link cannot be opened. ${sentence}`)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('given branches that double and double, then it stops at the limit', async () => {
    const script = Array.from({ length: 10_000 }, () => ({ ...crash }))
    const branches = [
      { ...branch('b2', null, []), shared: 0, script },
      ...Array.from({ length: 60 }, (_, i) => ({ ...branch(`c${i}`, 'b2', []), shared: 10_000 })),
    ]
    expect(await sentenceOf(linkOf({ ...packMoment(MOMENT), branches }))).toBe(
      'This link cannot be opened. branches hold more than 100000 actions; delete some branches.',
    )
  })
})

describe('links of the past', () => {
  const folder = new URL('./links/', import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

  it('given the folder of samples, then there are some of each version', () => {
    for (let version = 1; version <= MOMENT_VERSION; version++) {
      const own = names.filter((name) => name.startsWith(`v${version}-`))
      expect(own.length).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(names)('given %s, then it opens as what it was', async (name) => {
    const expected = readFileSync(new URL(name.replace('.txt', '.json'), folder), 'utf8')
    const decoded = await decodeMoment(readFileSync(new URL(name, folder), 'utf8').trim())
    expect(decoded).toEqual({ ok: true, moment: JSON.parse(expected) })
  })
})

describe('a file', () => {
  it('given a moment, then it comes back whole', () => {
    expect(importFile(exportFile(MOMENT))).toEqual({ ok: true, moment: MOMENT })
  })

  it('given a bare scenario document, then that is what it is', () => {
    const text = JSON.stringify(orders.scenario)
    expect(importFile(`\uFEFF${text}`)).toEqual({ ok: true, scenario: orders.scenario })
  })

  it.each([
    ['hello', 'This file is not JSON. Choose one that Eventarium saved, or a scenario document.'],
    [
      '{}',
      'This file cannot be opened. format is not that of a scenario; give "eventarium-scenario/1".',
    ],
    ['{"v":2}', 'This file cannot be opened. app is missing; add it.'],
    ['null', 'This file cannot be opened. The document is null; give an object.'],
  ])('given %s, then it says what is wrong', (text, sentence) => {
    expect(importFile(text)).toEqual({ ok: false, sentence })
  })

  it('given a title, then the file’s name fits every system', () => {
    expect(fileNameOf(orders.scenario)).toBe('orders-a-queue-and-one-consumer.eventarium.json')
    expect(fileNameOf({ ...orders.scenario, title: '注文 / 1' })).toBe('1.eventarium.json')
    expect(fileNameOf({ ...orders.scenario, title: '注文' })).toBe('scenario.eventarium.json')
  })
})

describe('base64url', () => {
  it('given any bytes, then they come back, as Node writes them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = toBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64url(text)).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('given the data of a link, then any inflater can read it', async () => {
    const data = (await linkTo(MOMENT)).split('.')[3] as string
    const text = inflateRawSync(Buffer.from(data, 'base64url')).toString()
    expect(JSON.parse(text)).toEqual(packMoment(MOMENT))
  })
})
