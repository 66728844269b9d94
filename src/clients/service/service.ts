/**
 * A service with a database and a broker to write to: the two-write problem. A crash between the writes leaves
 * a row that nobody is told of, or a message about a row that is not there. With an outbox, or by reading the
 * database's own log, there is one write, and relays publish (`relays.ts`).
 */
import type { IntColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet, TERMS } from '../client.ts'
import { publishTo } from '../publish.ts'
import { SERVICE_FACTS } from './facts.ts'
import { Relays } from './relays.ts'
import type { ServiceSettings } from './settings.ts'

const WRITE_MS = 100
const RESTART_MS = 1000

const PHASES = ['idle', 'working', 'writing'] as const
const TIMER = { work: 0, second: 1, restart: 4 } as const

export class Service extends Client<ServiceSettings> {
  phase: (typeof PHASES)[number] = 'idle'
  /** Commands that came in, and those that it is done with. */
  received = 0
  finished = 0
  /** Rows in its database; with an outbox as many messages are in that. */
  rows = 0
  /** Messages that it has published. */
  announced = 0
  startedUs = 0
  endsUs = 0
  outlets: readonly Outlet[] = []
  readonly relays: Relays
  private draws = 0
  private duration = INSTANT
  private readonly random: Random
  private readonly serviceUs: IntColumn
  private readonly commands: IntColumn
  /** By row: its command. By announcement: its command. */
  readonly rowCommands: IntColumn
  readonly announcedCommands: IntColumn

  constructor(sim: Simulation, node: number, id: string, settings: ServiceSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.relays = new Relays(sim, this)
    this.random = sim.random(`${id}/service`)
    this.serviceUs = sim.records.ints(node, 'serviceUs')
    this.commands = sim.records.ints(node, 'command')
    this.rowCommands = sim.records.ints(node, 'rowCommand')
    this.announcedCommands = sim.records.ints(node, 'announcedCommand')
  }

  /** Its relays begin to look into the outbox. */
  start(): void {
    this.relays.start()
  }

  /** A command arrives. */
  receive(command: number): void {
    if (this.isCrashed) {
      this.sim.emit(this, SERVICE_FACTS.unheard, command, -1)
      return
    }
    this.commands.put(this.received, command)
    this.sim.emit(this, CLIENT_FACTS.received, command, -1)
    this.next()
  }

  /** The broker has a message that one of its relays has published. */
  receiveConfirm(message: number, isStored: boolean, pipe: number): void {
    if (!this.isCrashed && isStored) this.relays.receiveConfirm(message, pipe)
  }

  due(kind: number, life: number): void {
    if (Relays.isTimer(kind)) this.relays.due(kind, life)
    else if (life !== this.life) return
    else if (kind === TIMER.restart) this.restart()
    else if (this.isCrashed) return
    else if (kind === TIMER.work) this.writeFirst()
    else this.writeSecond()
  }

  /** The command that it works on, -1 if none. */
  current(): number {
    return this.phase === 'idle' ? -1 : this.commands.get(this.finished)
  }

  /** Calls `visit` for each command that waits, oldest first. */
  eachWaiting(visit: (command: number) => void): void {
    const first = this.phase === 'idle' ? this.finished : this.finished + 1
    for (let i = first; i < this.received; i++) visit(this.commands.get(i))
  }

  /** Rows that nobody was told of, and messages about rows that are not there. Both matter only once it rests. */
  mismatches(): { missing: number; ghosts: number; twice: number } {
    const told = new Map<number, number>()
    for (let i = 0; i < this.announced; i++) {
      const command = this.announcedCommands.get(i)
      told.set(command, (told.get(command) ?? 0) + 1)
    }
    let missing = 0
    let twice = 0
    for (let row = 0; row < this.rows; row++) {
      const times = told.get(this.rowCommands.get(row)) ?? 0
      if (times === 0) missing++
      if (times > 1) twice++
      told.delete(this.rowCommands.get(row))
    }
    return { missing, ghosts: told.size, twice }
  }

  /** How often others were told of a command. */
  timesTold(command: number): number {
    let times = 0
    for (let i = 0; i < this.announced; i++) if (this.announcedCommands.get(i) === command) times++
    return times
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case CLIENT_FACTS.received:
        this.received++
        break
      case CLIENT_FACTS.started:
        this.phase = 'working'
        this.startedUs = this.sim.nowUs
        this.endsUs = this.sim.nowUs + this.serviceUs.get(this.draws)
        this.draws++
        break
      case SERVICE_FACTS.rowSaved:
        this.rowCommands.put(this.rows, message)
        this.rows++
        if (this.phase === 'working') this.phase = 'writing'
        break
      case SERVICE_FACTS.announced:
        this.announcedCommands.put(this.announced, message)
        this.announced++
        this.relays.announced(message)
        // A relay publishes while a command is at work; only where the broker comes first this is its first write.
        if (this.phase === 'working' && this.settings.writes === 'brokerFirst')
          this.phase = 'writing'
        break
      case SERVICE_FACTS.finished:
      case SERVICE_FACTS.lost:
        this.finished++
        this.phase = 'idle'
        break
      default:
        if (kind === SERVICE_FACTS.relayCrashed || kind === SERVICE_FACTS.competitorCrashed)
          this.crashPoint = 0
        this.relays.apply(kind, aux)
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'idle'
    this.received = io.int(this.received)
    this.finished = io.int(this.finished)
    this.rows = io.int(this.rows)
    this.announced = io.int(this.announced)
    this.startedUs = io.int(this.startedUs)
    this.endsUs = io.int(this.endsUs)
    this.draws = io.int(this.draws)
    this.relays.archive(io)
  }

  protected override onCrash(): void {
    while (this.finished < this.received) {
      this.sim.emit(this, SERVICE_FACTS.lost, this.commands.get(this.finished), -1)
    }
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onResume(): void {
    this.next()
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  /** One of its relays publishes a row. */
  announceRow(row: number): void {
    this.announce(this.rowCommands.get(row))
  }

  /** How long something takes that one of its relays does. */
  relayUs(us: number): number {
    return this.slowedUs(us)
  }

  private next(): void {
    if (this.phase !== 'idle' || this.isPaused || this.finished >= this.received) return
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.serviceUs.put(this.draws, us)
    this.sim.emit(this, CLIENT_FACTS.started, this.commands.get(this.finished), -1)
    this.sim.after(us, this, TIMER.work, this.life)
  }

  private writeFirst(): void {
    if (this.phase !== 'working' || this.crashesAt('beforeEffect')) return
    const command = this.current()
    if (this.settings.writes === 'brokerFirst') this.announce(command)
    else this.sim.emit(this, SERVICE_FACTS.rowSaved, command, this.rows)
    if (this.crashesAt('afterEffect') || this.crashesBetween()) return
    if (this.relays.exists) this.finish(command)
    else this.sim.after(this.ms(this.settings.writeMs ?? WRITE_MS), this, TIMER.second, this.life)
  }

  private writeSecond(): void {
    if (this.phase !== 'writing') return
    const command = this.current()
    const { writes } = this.settings
    if (writes === 'databaseFirst') this.announce(command)
    else if (writes === 'brokerFirst')
      this.sim.emit(this, SERVICE_FACTS.rowSaved, command, this.rows)
    // Two writes are done: what a relay would publish is published.
    if (this.rows > this.relays.marked) this.sim.emit(this, SERVICE_FACTS.marked, -1, this.rows)
    if (!this.crashesAt('afterAck')) this.finish(command)
  }

  private finish(command: number): void {
    this.sim.emit(this, SERVICE_FACTS.finished, command, -1)
    this.relays.rowSaved()
    this.next()
  }

  private announce(command: number): void {
    const { messages, strings } = this.sim.records
    const message = messages.add(this.sim.nowUs, {
      template: strings.id(this.bodyOf(command)),
      ordinal: this.announced + 1,
      key: messages.key(command),
      props: -1,
      parent: command,
      source: this.node,
    })
    this.sim.emit(this, SERVICE_FACTS.announced, command, message)
    publishTo(this, this.outlets, message, this.relays.awaitsConfirms ? TERMS.confirm : 0)
  }

  private bodyOf(command: number): string {
    const { output = '{body}', writes } = this.settings
    const body = output.replaceAll('{body}', this.sim.records.body(command))
    return writes === 'cdc' ? JSON.stringify({ op: 'insert', after: parsed(body) }) : body
  }

  /** It was made to die between its writes now and then, and starts again by itself. */
  private crashesBetween(): boolean {
    const { crashEvery = 0, restartAfterMs = RESTART_MS } = this.settings
    if (this.relays.exists || crashEvery === 0 || (this.finished + 1) % crashEvery !== 0)
      return false
    this.crash()
    this.sim.after(this.ms(restartAfterMs), this, TIMER.restart, this.life)
    return true
  }

  private ms(ms: number): number {
    return this.slowedUs(usFromMs(ms))
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
