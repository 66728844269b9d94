/** Programs of event-sourced systems: their deciders decide as the domains do, and a saga's program brings orders to an end. */
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { transformWithOxc } from 'vite'
import { describe, expect, test } from 'vitest'
import type { Command, Domain, DomainEvent } from '../../clients/commandHandler/decider.ts'
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import '../../clients/commandHandler/furtherDomains.ts'
import type { NodeDoc, Scenario, ServiceDoc } from '../document.ts'
import { EXAMPLES, exampleCalled } from '../examples/index.ts'
import type { FurtherDomain } from './domains.ts'
import { generateProgram, type Language, textOf } from './generate.ts'
import { TS_DECIDERS } from './typescript/deciders.ts'
import { capital } from './typescript/text.ts'

function programOf(scenario: Scenario, node: string | null, language: Language): string {
  return textOf(generateProgram(scenario, node, language))
}

interface Written {
  decide(command: Command, state: unknown): DomainEvent[]
  evolve(state: unknown, event: DomainEvent): unknown
}

async function written(domain: FurtherDomain): Promise<Written> {
  const names = `{ decide: decide${capital(domain)}, evolve: evolve${capital(domain)} }`
  const types = 'type Event = { type: string; data: any }\ntype Command = any\n'
  const { code } = await transformWithOxc(`${types}${TS_DECIDERS[domain]}`, 'decider.ts')
  return runInNewContext(`${code.replace(/^export .*$/gm, '')};(${names})`) as Written
}

const order = fc.constantFrom('o1', 'o2')
const few = fc.integer({ min: 1, max: 4 })
/** Commands that are well-formed: whether they can be carried out is another matter. */
const COMMANDS: Record<FurtherDomain, fc.Arbitrary<Record<string, unknown>>> = {
  order: fc.oneof(
    fc.record({
      type: fc.constantFrom('AddItem', 'RemoveItem'),
      item: fc.constantFrom('book', 'pen'),
      quantity: few,
      price: few,
    }),
    fc.record({ type: fc.constant('PlaceOrder'), account: fc.constant('acc1') }),
    fc.record({ type: fc.constantFrom('PlaceOrder', 'ConfirmOrder', 'CancelOrder') }),
  ),
  inventory: fc.oneof(
    fc.record({ type: fc.constant('ReceiveStock'), quantity: few }),
    fc.record({ type: fc.constant('ReserveStock'), order, quantity: few }),
    fc.record({ type: fc.constantFrom('ReleaseStock', 'LoseStock', 'ShipStock'), order }),
  ),
  payments: fc.oneof(
    fc.record({ type: fc.constantFrom('CreateAccount', 'Freeze', 'Unfreeze') }),
    fc.record({ type: fc.constantFrom('Deposit', 'Withdraw'), amount: few }),
    fc.record({ type: fc.constant('Pay'), order, amount: few }),
    fc.record({ type: fc.constant('Refund'), order }),
  ),
  seats: fc.oneof(
    fc.record({ type: fc.constant('OpenShow'), seats: few }),
    fc.record({
      type: fc.constant('BookSeat'),
      seat: few,
      customer: fc.constantFrom('Ann', 'Bob'),
    }),
    fc.record({ type: fc.constant('CancelSeat'), seat: few }),
  ),
}

const OWN: Record<FurtherDomain, Record<string, string>> = {
  order: { order: 'o1' },
  inventory: { item: 'book' },
  payments: { account: 'acc1' },
  seats: { show: 'friday' },
}

test.each(Object.keys(COMMANDS) as FurtherDomain[])(
  'given any commands for %s, then the program decides as the domain does',
  async (name) => {
    const domain: Domain = DOMAINS[name]
    const program = await written(name)
    fc.assert(
      fc.property(fc.array(COMMANDS[name], { maxLength: 25 }), (commands) => {
        let state = domain.initialState()
        let theirs: unknown = null
        for (const given of commands) {
          const command = { ...OWN[name], ...given } as Command
          const decision = domain.decide(command, state)
          let events: DomainEvent[] | null = null
          try {
            events = program.decide(command, theirs)
          } catch {}
          expect(JSON.parse(JSON.stringify(events))).toEqual(
            'events' in decision ? decision.events : null,
          )
          for (const event of events ?? []) {
            state = domain.evolve(state, event)
            theirs = program.evolve(theirs, event)
          }
        }
      }),
      { numRuns: 200 },
    )
  },
)

async function printed(scenario: Scenario): Promise<string[]> {
  const { code } = await transformWithOxc(programOf(scenario, null, 'typescript'), 'program.ts')
  const lines: string[] = []
  const log = (...values: unknown[]) =>
    lines.push(
      values
        .map((each) =>
          each instanceof Object ? [...(each as Map<string, unknown>)].join(' ') : String(each),
        )
        .join(' '),
    )
  runInNewContext(code.replace(/^export .*$/gm, ''), { console: { log }, Map })
  return lines
}

describe('a program of processes', () => {
  test('given a saga, then its program carries both orders out, as nothing comes between', async () => {
    expect((await printed(exampleCalled('order-saga').scenario)).at(-1)).toBe(
      'o1,OrderConfirmed o2,OrderConfirmed',
    )
  })

  test('given two who want one seat, then the second is turned down', async () => {
    const lines = await printed(exampleCalled('seat-booking').scenario)
    expect(lines.join('\n')).toContain('seat 1 is taken by Ann')
    expect(lines.at(-1)).toContain('1,Ann')
  })

  test('given a mailer, then it mails each event once, and goes on from its position', async () => {
    const mails = (await printed(exampleCalled('mailer-replay').scenario)).filter((line) =>
      line.startsWith('Mail: '),
    )
    expect(mails).toHaveLength(4)
  })
})

const OUTBOX = exampleCalled('outbox').scenario

function writing(writes: ServiceDoc['writes']): Scenario {
  const nodes = OUTBOX.nodes.map((node): NodeDoc => {
    return node.kind === 'service' ? { ...node, writes, batch: 7 } : node
  })
  return { ...OUTBOX, nodes }
}

/** The order in which some texts stand in a program. */
function placesOf(text: string, ...parts: string[]): number[] {
  return parts.map((part) => text.indexOf(part))
}

describe('a program of a service', () => {
  test.each<[ServiceDoc['writes'], Language, string[]]>([
    ['databaseFirst', 'typescript', ["'INSERT INTO", 'A crash here', 'sendToQueue']],
    ['brokerFirst', 'typescript', ['sendToQueue', 'A crash here', "'INSERT INTO"]],
    [
      'outbox',
      'typescript',
      ["'BEGIN'", "'COMMIT'", 'LIMIT 7', 'sendToQueue', 'A crash here', 'SET published', '4000'],
    ],
    [
      'cdc',
      'typescript',
      ["'INSERT INTO", 'PgoutputPlugin', 'sendToQueue', 'A crash here', 'acknowledge('],
    ],
    ['databaseFirst', 'python', ["'INSERT INTO", 'A crash here', 'basic_publish']],
    ['brokerFirst', 'python', ['basic_publish', 'A crash here', "'INSERT INTO"]],
    ['outbox', 'python', ['LIMIT 7', 'basic_publish', 'A crash here', 'SET published', 'sleep(4)']],
    [
      'cdc',
      'python',
      ["'INSERT INTO", 'basic_publish', 'A crash here', 'send_feedback', 'start_replication'],
    ],
  ])(
    'given %s in %s, then its writes stand in the order in which a crash can part them',
    (writes, language, parts) => {
      const text = programOf(writing(writes), 'orders-service', language)
      const body = text.slice(text.indexOf('andle'))
      const places = placesOf(
        body.replace(/^import.*$/gm, ''),
        ...parts.filter((part) => part !== 'PgoutputPlugin'),
      )
      expect(Math.min(...places)).toBeGreaterThan(-1)
      expect(places).toEqual([...places].sort((a, b) => a - b))
    },
  )

  test('given any run, then no program says that it runs in the simulation only', () => {
    for (const { scenario } of EXAMPLES) {
      for (const language of ['python', 'typescript'] as const) {
        expect(programOf(scenario, null, language)).not.toContain('simulation only')
      }
    }
  })
})
