/**
 * The built-in processes: what each makes of an event. A saga that is orchestrated is one process that sends
 * every command; the same choreographed are four policies, each with its own rules and no view of the whole.
 * Money and goods may be given back up to the point of no return, which is the shipment; after it the saga
 * only goes forward. A refund that is refused ends nothing: it is asked for again when its time is over.
 */
import type { EventLog, FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfAll } from '../../brokers/eventstore/folds.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import type { Source } from '../../brokers/eventstore/source.ts'
import type { Command } from '../commandHandler/decider.ts'
import type { CommandHandlerSettings } from '../commandHandler/settings.ts'
import type { ProcessName } from './settings.ts'

type Domain = CommandHandlerSettings['domain']

/** A command, and the domain that decides on it. */
export interface Intent {
  to: Domain
  command: Command
}

/** What a process knows of one order. */
export interface Memory {
  order: string
  item: string
  quantity: number
  account: string
  total: number
  /** Types of the events that have happened to it. */
  seen: readonly string[]
}

interface Event {
  type: string
  data: unknown
}

export interface Process {
  /** Whether an event has an effect of its own: a mail. */
  isEffect(event: Event): boolean
  /** What follows on an event. */
  react(event: Event, memory: Memory): Intent[]
}

/** What each command needs of the order. */
export const ASK: Readonly<Record<string, (memory: Memory) => Intent>> = {
  reserve: ({ order, item, quantity }) => ({
    to: 'inventory',
    command: { type: 'ReserveStock', item, order, quantity },
  }),
  release: ({ order, item }) => ({
    to: 'inventory',
    command: { type: 'ReleaseStock', item, order },
  }),
  ship: ({ order, item }) => ({ to: 'inventory', command: { type: 'ShipStock', item, order } }),
  pay: ({ order, account, total }) => ({
    to: 'payments',
    command: { type: 'Pay', account, order, amount: total },
  }),
  refund: ({ order, account }) => ({
    to: 'payments',
    command: { type: 'Refund', account, order },
  }),
  confirm: ({ order }) => ({ to: 'order', command: { type: 'ConfirmOrder', order } }),
  cancel: ({ order }) => ({
    to: 'order',
    command: { type: 'CancelOrder', order, reason: 'it could not be carried out' },
  }),
}

type Rules = Readonly<Record<string, readonly (keyof typeof ASK)[]>>

/** By event: the commands that follow. Compensations run backwards: refund, release, cancel. */
const SAGA: Rules = {
  OrderPlaced: ['reserve'],
  StockReserved: ['pay'],
  StockRefused: ['cancel'],
  OrderPaid: ['ship'],
  PaymentRefused: ['release'],
  StockShipped: ['confirm'],
  ShipmentRefused: ['refund'],
  OrderRefunded: ['release'],
  StockReleased: ['cancel'],
}

/** What each process asks for, by event. The mailer asks for nothing: it has an effect of its own. */
export const RULES: Readonly<Record<ProcessName, Rules>> = {
  mailer: {},
  orderSaga: SAGA,
  stockPolicy: {
    OrderPlaced: ['reserve'],
    PaymentRefused: ['release'],
    OrderRefunded: ['release'],
  },
  paymentPolicy: {
    StockReserved: ['pay'],
    ShipmentRefused: ['refund'],
  },
  shippingPolicy: { OrderPaid: ['ship'] },
  orderPolicy: {
    StockRefused: ['cancel'],
    StockReleased: ['cancel'],
    StockShipped: ['confirm'],
  },
}

const MAILER: Process = { isEffect: () => true, react: () => [] }

const PROCESSES: Record<ProcessName, Process> = {
  mailer: MAILER,
  orderSaga: following(RULES.orderSaga),
  stockPolicy: following(RULES.stockPolicy),
  paymentPolicy: following(RULES.paymentPolicy),
  shippingPolicy: following(RULES.shippingPolicy),
  orderPolicy: following(RULES.orderPolicy),
}

export function processOf(name: ProcessName): Process {
  return PROCESSES[name]
}

/** The order that an event is about, `''` if it is about none. */
export function orderOf({ data }: Event): string {
  const { order } = (data ?? {}) as { order?: unknown }
  return typeof order === 'string' ? order : ''
}

/** What is known of an order after one more event of it. */
export function remember(memory: Memory, event: Event): Memory {
  const seen = memory.seen.includes(event.type) ? memory.seen : [...memory.seen, event.type]
  if (event.type !== 'OrderPlaced') return { ...memory, seen }
  const { item = '', quantity = 0, account = '', total = 0 } = event.data as Partial<Memory>
  return { ...memory, item, quantity, account, total, seen }
}

/** What is known of each order, as a fold of all events that it is subscribed to. */
export function memoriesOf(
  log: EventLog,
  source?: Source,
): PrefixFold<Map<string, Memory>, FoldedEvent> {
  return foldOfAll<Map<string, Memory>>(
    log,
    {
      initialState: () => new Map(),
      evolve: (known, event) => {
        const order = orderOf(event)
        if (order !== '') known.set(order, remember(known.get(order) ?? nothingOf(order), event))
        return known
      },
      copy: (known) => new Map(known),
    },
    source,
  )
}

export function nothingOf(order: string): Memory {
  return { order, item: '', quantity: 0, account: '', total: 0, seen: [] }
}

/** The domain that decides on a command. */
export function domainOf({ type }: Command): Domain {
  if (type.endsWith('Stock')) return 'inventory'
  return type.endsWith('Order') ? 'order' : 'payments'
}

/** Whether the event ends what the command was sent for, so that it need not be sent again. */
export function isAnswerTo(command: Command, event: Event): boolean {
  return (ANSWERS[command.type] ?? []).includes(event.type)
}

/** What ends the wait for each command. */
export const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  ReserveStock: ['StockReserved', 'StockRefused'],
  ReleaseStock: ['StockReleased'],
  ShipStock: ['StockShipped', 'ShipmentRefused'],
  Pay: ['OrderPaid', 'PaymentRefused'],
  Refund: ['OrderRefunded'],
  ConfirmOrder: ['OrderConfirmed'],
  CancelOrder: ['OrderCancelled'],
}

function askFor(ask: string, memory: Memory): Intent {
  return (ASK[ask] as (memory: Memory) => Intent)(memory)
}

/** Nothing is asked for that has happened: events may be seen twice, and commands crossed. */
function isAnswered({ type }: Command, { seen }: Memory): boolean {
  return (ANSWERS[type] ?? []).some((answer) => seen.includes(answer))
}

function following(rules: Rules): Process {
  return {
    isEffect: () => false,
    react: (event, memory) => {
      if (memory.item === '') return []
      const intents = (rules[event.type] ?? []).map((ask) => askFor(ask, memory))
      return intents.filter(({ command }) => !isAnswered(command, memory))
    },
  }
}
