/** The command `simulate`: what it prints, and one sentence for each way in which its input can be bad. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { findExample } from '../scenario/examples/index.ts'
import { type Outcome, simulate } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function command(...args: string[]) {
  const printed: string[] = []
  const complaints: string[] = []
  const code = simulate(
    args,
    (line) => printed.push(line),
    (line) => complaints.push(line),
  )
  return { code, printed, complaints }
}

const outcome = (...args: string[]) => JSON.parse(command(...args, '--json').printed[0] ?? '')
const { scenario } = must(findExample('orders'), 'orders')

describe('given a scenario that can run', () => {
  test('when it is run, then each node has a block, and the hash closes the report', () => {
    const { code, printed, complaints } = command('orders')
    expect([code, complaints]).toEqual([0, []])
    for (const { id, kind } of scenario.nodes) {
      expect(printed.some((line) => line.startsWith(id) && line.endsWith(`: ${kind}`))).toBe(true)
    }
    expect(printed.at(-1)).toMatch(/^hash [0-9a-f]{16}$/)
  })

  test('when a node does no work, then nothing is said of its utilisation', () => {
    const { printed } = command('mm1', '--until', '60s')
    const [customers = [], line = [], server = []] = printed
      .join('\n')
      .split('\n\n')
      .slice(1)
      .map((block) => block.split('\n').map((row) => row.trim().split(/ {2,}/)[0]))
    expect(customers).not.toContain('utilisation')
    expect(line).toContain('ready')
    expect(line).not.toContain('utilisation')
    expect(server).toContain('utilisation')
  })

  test('when it is run twice, then all is the same; with another seed the hash is not', () => {
    const first: Outcome = outcome('mm1', '--until', '2m')
    expect(outcome('mm1', '--until', '2m')).toEqual(first)
    expect(outcome('mm1', '--until', '2m', '--seed', '7').hash).not.toBe(first.hash)
  })

  test('when it is run as JSON, then what came in went out or is still there', () => {
    const { nodes, untilMs }: Outcome = outcome('mm1', '--until', '1h')
    const of = (id: string) =>
      must(
        nodes.find(({ node }) => node === id),
        id,
      )
    const { counts, levels } = of('line')
    expect(untilMs).toBe(3_600_000)
    expect(of('customers').counts.published).toBe(counts.enqueued)
    expect(counts.enqueued).toBe(
      (counts.acked ?? 0) + (levels.ready?.now ?? 0) + (levels.unacked?.now ?? 0),
    )
  })

  test('when the same scenario comes from a file, then the run is the same', () => {
    const path = file('orders.json', JSON.stringify(scenario))
    expect(outcome(path)).toEqual(outcome('orders'))
  })
})

describe('given the example M/M/1 at load 0.8', () => {
  test('when its whole day is run, then the mean wait lies in the 99 % interval around ρ / (1 − ρ)', () => {
    const { nodes }: Outcome = outcome('mm1')
    const waiting = must(
      nodes.find(({ node }) => node === 'line'),
      'line',
    ).waiting
    // Daley's closed form of the asymptotic variance of the wait, services of 1 s.
    const rho = 0.8
    const s2 = (rho * (2 + 5 * rho - 4 * rho ** 2 + rho ** 3)) / (1 - rho) ** 4
    const halfWidth = 2.576 * Math.sqrt(s2 / (waiting?.count ?? 0))
    expect(s2).toBeCloseTo(1976, 6)
    expect(halfWidth).toBeLessThan(0.45)
    expect(Math.abs((waiting?.meanMs ?? 0) / 1000 - rho / (1 - rho))).toBeLessThan(halfWidth)
  })
})

describe('given input that cannot be used', () => {
  const wrong = { ...scenario, nodes: [{ ...scenario.nodes[0], kind: 'pigeon' }] }
  const cases: [string, string[], RegExp][] = [
    ['nothing', [], /^Give a scenario file or an example: orders, /],
    [
      'an unknown id',
      ['pigeons'],
      /^pigeons is neither a file .* nor an example; examples: orders/,
    ],
    ['a folder', [folder], /is neither a file that can be read nor an example/],
    ['what is not JSON', [file('text.json', 'orders')], /text\.json is not JSON: /],
    ['an offending field', [file('wrong.json', JSON.stringify(wrong))], /: nodes\[0\]\.kind: /],
    ['a bad seed', ['mm1', '--seed', '1.5'], /^--seed takes a whole number/],
    ['no seed', ['mm1', '--seed'], /^--seed takes .* not nothing\.$/],
    ['a bad time', ['mm1', '--until', '60'], /^--until takes a simulated time such as 60s/],
    ['no time at all', ['mm1', '--until', '0s'], /^--until takes/],
    ['an unknown option', ['mm1', '--fast'], /^There is no option --fast;/],
    ['two scenarios', ['mm1', 'orders'], /^One scenario at a time: mm1 or orders\.$/],
  ]
  test.each(cases)('when there is %s, then exit code 2 and one sentence', (_, args, sentence) => {
    const { code, printed, complaints } = command(...args)
    expect([code, printed]).toEqual([2, []])
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(sentence)
    expect(complaints[0]).not.toContain('\n')
  })
})
