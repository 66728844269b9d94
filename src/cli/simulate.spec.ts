/** The command `simulate`: what it prints, and one sentence for each way in which its input can be bad. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { History } from '../history/history.ts'
import { hashOfRun } from '../history/runHash.ts'
import { findExample } from '../scenario/examples/index.ts'
import { exportFile } from '../scenario/share/file.ts'
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

describe('given what the page saved, with its branches', () => {
  const crash = { atUs: 5_000_000, do: 'crash', node: 'worker' } as const
  const main = { id: 'main', name: 'main', parent: null, forkUs: 0, seed: 1, script: [] }
  const b2 = { ...main, id: 'b2', name: 'crash worker', parent: 'main', script: [crash] }
  const b3 = { ...b2, id: 'b3', name: 'other dice', seed: 9 }
  const moment = {
    ...{ app: '0.1.0', scenario, exampleId: 'orders', branches: [main, b2, b3], branchId: 'b2' },
    ...{ timeUs: 6_000_000, factIndex: 40, selection: null, view: null, stage: null },
    ...{ condition: '', watches: [], hash: '', trail: '' },
  }
  const saved = file('saved.json', exportFile(moment))

  test('when it is run, then the branch that was seen is, with its script', () => {
    const history = new History(scenario, b2.script, { seed: 1 })
    while (history.advance()) {}
    const { branch, hash }: Outcome = outcome(saved)
    expect(branch).toBe('crash worker')
    expect(hash).toBe(hashOfRun(history.live.records))
    expect(command(saved).printed[0]).toContain('· branch crash worker · seed 1 ·')
  })

  test('when another branch is asked for by id or name, then that one is run', () => {
    expect(outcome(saved, '--branch', 'main').hash).toBe(outcome('orders').hash)
    expect(outcome(saved, '--branch', 'other dice')).toEqual(outcome(saved, '--branch', 'b3'))
    expect(outcome(saved, '--branch', 'b3').seed).toBe(9)
    expect(outcome(saved, '--branch', 'b3', '--seed', '1').hash).toBe(outcome(saved).hash)
  })

  test('when a file holds the moment of an old link, then its branch is run', () => {
    const path = 'src/scenario/share/links/v1-orders-crash-in-the-past.json'
    const sample = JSON.parse(readFileSync(path, 'utf8'))
    const again = file('sample.json', exportFile(sample))
    expect(outcome(again).branch).toBe(
      sample.branches.find(({ id }: { id: string }) => id === sample.branchId).name,
    )
  })

  test.each<[string, string[], RegExp]>([
    [
      'an unknown branch',
      [saved, '--branch', 'b9'],
      /has no branch b9; its branches: main \(main\), b2 /,
    ],
    [
      'no branch',
      [saved, '--branch'],
      /^--branch takes the id or name of a branch, not nothing\.$/,
    ],
    [
      'a branch of an example',
      ['orders', '--branch', 'main'],
      /without branches; leave --branch out\.$/,
    ],
    [
      'a script that acts on nothing',
      [
        file(
          'ghost.json',
          exportFile({
            ...moment,
            branches: [{ ...b2, script: [{ ...crash, node: 'ghost' }], parent: null }],
          }),
        ),
      ],
      /: branches\[0\]\.script\[0\]\.node: .*ghost/,
    ],
  ])('when there is %s, then exit code 2 and one sentence', (_, args, sentence) => {
    const { code, complaints } = command(...args)
    expect(code).toBe(2)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(sentence)
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
