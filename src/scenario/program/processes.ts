/** The processes as programs write them: by event what is asked for, and what each asking takes of the placed order. */
import { ASK, type Memory, RULES } from '../../clients/processManager/processes.ts'
import type { ProcessName } from '../../clients/processManager/settings.ts'
import type { NodeOf, Scenario } from '../document.ts'
import { outletsOf, type Role } from './plan.ts'

/** An order in which each cell is its own name, so that a command tells where its fields come from. */
const NAMES = {
  order: 'order',
  item: 'item',
  quantity: 'quantity',
  account: 'account',
  total: 'total',
} as unknown as Memory

export interface Asking {
  /** `reserve`, `pay` … */
  name: string
  type: string
  /** Of each field its name, and the cell of the order or, where it is none, the text. */
  fields: { name: string; cell?: string; text?: string }[]
}

/** Everything that can be asked for. */
export const ASKINGS: readonly Asking[] = Object.entries(ASK).map(([name, ask]) => {
  const { type, ...given } = ask(NAMES).command
  const fields = Object.entries(given).map(([field, value]) => {
    const text = String(value)
    return text in NAMES ? { name: field, cell: text } : { name: field, text }
  })
  return { name, type, fields }
})

/** By event what a process asks for. */
export function askedBy(process: ProcessName): (readonly [event: string, ask: string])[] {
  return Object.entries(RULES[process]).flatMap(([event, asks]) =>
    asks.map((ask) => [event, ask] as const),
  )
}

const DOMAINS_ASKED = ['order', 'inventory', 'payments']

/** Who is asked by a process, in the order in which orders go through them. */
export function handlersAsked(
  scenario: Scenario,
  role: Role<'processManager'>,
): NodeOf<'commandHandler'>[] {
  const handlers = outletsOf(scenario, role).flatMap(({ to }) =>
    to.kind === 'commandHandler' ? [to] : [],
  )
  return DOMAINS_ASKED.flatMap(
    (domain) => handlers.findLast((each) => each.domain === domain) ?? [],
  )
}

/** Settings that only a process with a clock can show. */
export function notesOf(manager: NodeOf<'processManager'>): string[] {
  const { process, name, timeoutMs, retries, group } = manager
  const notes: string[] = []
  if (group !== undefined) {
    notes.push(`In the run ${name} is a member of the persistent subscription ${group}.`)
  }
  if (process !== 'mailer') {
    const s = (timeoutMs ?? 2000) / 1000
    notes.push(`In the run a command is sent again after ${s} s, ${retries ?? 5} times at most.`)
  }
  return notes
}
