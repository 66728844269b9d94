/**
 * The money that customers have asked to move: commands to accounts that are on their way, at work or lost. What is
 * refused was never owed; what became an event is the store's.
 */
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { readCommand } from '../../clients/commandHandler/decider.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import type { World } from '../../scenario/world.ts'

const SIGN: Record<string, number> = { Deposit: 1, Withdraw: -1 }
/** Domains whose commands name an amount that they move. */
const MONEY: ReadonlySet<string> = new Set(['account', 'payments'])

export class AskedMoney {
  /** What the open commands come to. */
  amount = 0
  /** By command: by how much it is to change a balance. */
  readonly open = new Map<number, number>()
  /** Each command that was opened or closed, oldest first. */
  private readonly steps: { fact: number; command: number; by: number; isOpen: boolean }[] = []
  /** Links on which commands go to accounts. */
  private readonly links: ReadonlySet<string>
  private readonly world: World

  constructor(world: World, store: string) {
    this.world = world
    const { nodes, links } = world.scenario
    const handlers = nodes.filter(
      (node) =>
        node.kind === 'commandHandler' &&
        MONEY.has(node.domain) &&
        links.some(({ from, to }) => from === node.id && to === store),
    )
    const ids = new Set(handlers.map(({ id }) => id))
    this.links = new Set(links.filter(({ to }) => ids.has(to)).map(({ id }) => id))
  }

  /** Returns whether something else is asked for now. */
  look(kind: number, message: number, aux: number, factIndex: number): boolean {
    switch (kind) {
      case CLIENT_FACTS.published:
        return aux !== -1 && this.links.has(this.world.owner(aux)) && this.ask(message, factIndex)
      case COMMAND_HANDLER_FACTS.accepted:
      case COMMAND_HANDLER_FACTS.rejected:
        return this.close(message, factIndex)
      default:
        return false
    }
  }

  /** The event that the command has become is in the store. */
  appended(log: EventLog, position: number, factIndex: number): boolean {
    return this.close(log.event(position).causation, factIndex)
  }

  /** Takes back what facts from this one on have brought. */
  undo(factIndex: number): void {
    for (let step = this.steps.at(-1); step && step.fact >= factIndex; step = this.steps.at(-1)) {
      this.steps.pop()
      const { command, by, isOpen } = step
      if (isOpen) this.open.delete(command)
      else this.open.set(command, by)
      this.amount += isOpen ? -by : by
    }
  }

  private ask(command: number, fact: number): boolean {
    const taken = readCommand(this.world.records.body(command))
    if (!('command' in taken)) return false
    const { type, amount } = taken.command
    const by = (SIGN[type] ?? 0) * (typeof amount === 'number' && amount > 0 ? amount : 0)
    if (by === 0) return false
    this.open.set(command, by)
    this.amount += by
    this.steps.push({ fact, command, by, isOpen: true })
    return true
  }

  private close(command: number, fact: number): boolean {
    const by = this.open.get(command)
    if (by === undefined) return false
    this.open.delete(command)
    this.amount -= by
    this.steps.push({ fact, command, by, isOpen: false })
    return true
  }
}
