/** What holds in a bank whatever its tellers send and whoever crashes, is cut off or is slow. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../../brokers/eventstore/eventLog.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { COMMAND_HANDLER_FACTS, type SnapshotRow } from '../../../clients/commandHandler/facts.ts'
import { ReadModel } from '../../../clients/projection/readModel.ts'
import { BankRun, bank } from '../../../testing/bank.ts'
import type { Action, ActionBody } from '../../document.ts'
import { World } from '../../world.ts'

const CLIENTS = ['accounts0', 'accounts1', 'balance', 'statement', 'relay']
const LINKS = ['accounts0-store', 'accounts1-store', 'store-balance', 'store-relay']
const END_MS = 6000
const REST_MS = 4000

const command = fc.oneof(
  fc.constant('{"type":"CreateAccount","account":"acc1"}'),
  fc
    .tuple(fc.constantFrom('Deposit', 'Withdraw'), fc.integer({ min: -1, max: 9 }))
    .map(([type, amount]) => `{"type":"${type}","account":"acc1","amount":${amount}}`),
)

const body: fc.Arbitrary<ActionBody> = fc.oneof(
  fc
    .constantFrom(...CLIENTS)
    .chain((node) =>
      fc.constantFrom<ActionBody>(
        { do: 'crash', node },
        { do: 'crash', node },
        { do: 'restart', node },
        { do: 'slow', node, factor: 5 },
      ),
    ),
  fc
    .constantFrom(...LINKS)
    .chain((link) =>
      fc.constantFrom<ActionBody>(
        { do: 'cut', link },
        { do: 'mend', link },
        { do: 'latency', link, ms: 90 },
        { do: 'latency', link, ms: 0 },
      ),
    ),
)

const action: fc.Arbitrary<Action> = fc
  .tuple(fc.integer({ min: 0, max: REST_MS * 1000 }), body)
  .map(([atUs, act]) => ({ ...act, atUs }))

/** Two tellers, troubles, and then time in which everything works again. */
const anyRun = fc.record({
  seed: fc.nat(),
  latencyMs: fc.constantFrom(0, 7, 40),
  tellers: fc.tuple(...[0, 1].map(() => fc.array(command, { minLength: 1, maxLength: 15 }))),
  troubles: fc.array(action, { maxLength: 12 }),
})

function play({ troubles, ...options }: typeof anyRun extends fc.Arbitrary<infer T> ? T : never) {
  const atUs = REST_MS * 1000
  const mended = LINKS.map((link): Action => ({ atUs, do: 'mend', link }))
  const restarted = CLIENTS.map((node): Action => ({ atUs, do: 'restart', node }))
  const scenario = bank({ ...options, everyMs: 200, durationMs: END_MS })
  const script = [...troubles, ...mended, ...restarted]
  return { run: new BankRun(scenario, script), scenario, script }
}

const RUNS = { numRuns: 60 }

describe('given two tellers on one account and any troubles', () => {
  test('then versions have no gap, the balance is never negative and no update is lost', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run } = play(options)
        expect(run.events().map(({ version }) => version)).toEqual(run.events().map((_, i) => i))
        const accounts = run.events().filter(({ type }) => type === 'AccountCreated')
        expect(accounts.length).toBeLessThanOrEqual(1)
        for (const balance of run.balances()) expect(balance).toBeGreaterThanOrEqual(0)
        const { facts, messages } = run.world.records
        const causes = run.events().map(({ message }) => messages.parent(message))
        expect(new Set(causes).size).toBe(causes.length)
        for (const at of run.facts(COMMAND_HANDLER_FACTS.accepted)) {
          expect(causes).toContain(facts.message(at))
        }
      }),
      RUNS,
    )
  })

  test('then each command that came in was accepted, rejected or lost, once', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run } = play(options)
        for (const teller of [0, 1]) {
          const { node, received, finished } = run.handler(teller)
          const ends = [
            COMMAND_HANDLER_FACTS.accepted,
            COMMAND_HANDLER_FACTS.rejected,
            COMMAND_HANDLER_FACTS.lost,
          ].flatMap((kind) => run.facts(kind))
          const { facts } = run.world.records
          const mine = ends.filter((at) => facts.node(at) === node).map((at) => facts.message(at))
          expect(new Set(mine).size).toBe(mine.length)
          expect(mine.length).toBe(received)
          expect(finished).toBe(received)
        }
      }),
      RUNS,
    )
  })

  test('then at every moment a projection is the fold of the prefix before its position, and ends complete', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run, scenario } = play(options)
        const viewed = new BankRun(scenario, [], run.world.records)
        const projection = viewed.projection('balance')
        const { facts } = run.world.records
        let applied = 0
        for (let at = 0; at < facts.count; at++) {
          viewed.world.sim.applyFact(at)
          if (facts.node(at) !== projection.node || facts.kind(at) !== CLIENT_FACTS.processed)
            continue
          expect(facts.message(at)).toBe(run.store.log.messageAt(applied))
          applied++
          expect(projection.position).toBe(applied)
          const plain = new ReadModel('balance', (from, to) => run.store.log.events(from, to))
          expect(projection.rows(9)).toEqual(plain.rows(applied, 9))
          expect(projection.rows(9)[0]?.balance).toBe(run.balances()[applied - 1])
        }
        for (const id of ['balance', 'statement'] as const) {
          expect(run.projection(id).position).toBe(run.store.count)
        }
      }),
      RUNS,
    )
  })

  test('then the relay publishes each event at least once, and none before those before it', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run } = play(options)
        let highest = -1
        for (const position of run.relayed()) {
          expect(position).toBeLessThanOrEqual(highest + 1)
          highest = Math.max(highest, position)
        }
        expect(highest).toBe(run.store.count - 1)
        expect(run.relay().position).toBe(run.store.count)
      }),
      RUNS,
    )
  })

  test('then the fold of the facts is the live state, and a checkpoint restores it', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run, scenario } = play(options)
        const state = run.world.save()
        const viewed = new World(scenario, run.world.records)
        const { count } = run.world.records.facts
        const half = count >> 1
        for (let at = 0; at < half; at++) viewed.sim.applyFact(at)
        const restored = new World(scenario, run.world.records)
        restored.restore(viewed.save())
        expect(fieldsOf(restored)).toEqual(fieldsOf(viewed))
        for (const world of [viewed, restored]) {
          for (let at = half; at < count; at++) world.sim.applyFact(at)
          expect(world.save()).toEqual(state)
        }
      }),
      RUNS,
    )
  })

  test('then with snapshots the same events are written as without, and each snapshot is the fold up to its version', () => {
    fc.assert(
      fc.property(anyRun, fc.integer({ min: 1, max: 4 }), (options, snapshotEvery) => {
        const { run, scenario, script } = play(options)
        const nodes = scenario.nodes.map((node) =>
          node.kind === 'commandHandler' ? { ...node, snapshotEvery } : node,
        )
        const kept = new BankRun({ ...scenario, nodes }, script)
        const written = ({ type, data, recordedUs }: RecordedEvent) => ({ type, data, recordedUs })
        expect(kept.events().map(written)).toEqual(run.events().map(written))
        const taken = kept.facts(COMMAND_HANDLER_FACTS.snapshotTaken)
        for (const at of taken) {
          const { records } = kept.world
          const { version, state } = records.rowAt<SnapshotRow>(records.facts.aux(at))
          expect(JSON.parse(state)).toEqual({ balance: run.balances()[version] })
        }
      }),
      RUNS,
    )
  })

  test('then the same scenario, script and seed give the same facts', () => {
    fc.assert(
      fc.property(anyRun, (options) => {
        const { run, scenario, script } = play(options)
        const again = new BankRun(scenario, script)
        const { facts } = run.world.records
        expect(again.world.records.facts.count).toBe(facts.count)
        expect(again.world.save()).toEqual(run.world.save())
      }),
      { numRuns: 10 },
    )
  })
})

/** Every plain field of every part: what a checkpoint leaves out shows here. */
function fieldsOf(world: World): unknown[] {
  return world.sim.parts.map((part) =>
    Object.entries(part ?? {}).filter(([, value]) =>
      ['number', 'boolean', 'string'].includes(typeof value),
    ),
  )
}
