/**
 * Makes a session: the store that React reads, the engine behind it, and the one animation-frame loop
 * that moves the playhead. While playing, the store changes at most four times a second.
 */
import { createStore } from 'zustand/vanilla'
import { must } from '../base/assert.ts'
import { usFromMs } from '../base/time.ts'
import type { ActionBody, Scenario } from '../scenario/document.ts'
import type { Edit } from '../scenario/edit.ts'
import { EngineClient, type RunClient } from '../worker/client.ts'
import type {
  Geometry,
  Look,
  Moment,
  Progress,
  QuestionName,
  Questions,
  View,
} from '../worker/protocol.ts'
import { actOn, branchOf, firstBranch, rerunOf, withoutBranch } from './branches.ts'
import { changeOf, isBesideTheRun } from './changes.ts'
import { SessionConditions } from './conditions.ts'
import { FrameFeed } from './frameFeed.ts'
import { actionText, nameOf } from './names.ts'
import type { LiveSession } from './react.tsx'
import type { Branch, Selection, Session, SessionOptions, SessionState } from './session.ts'
import {
  type Document,
  documentOf,
  firstState,
  isSelectionThere,
  NOTHING,
  openedState,
} from './state.ts'
import { type Change, Undo } from './undo.ts'

/** A frame that comes late (a hidden tab, a busy page) moves the playhead by no more than this. */
const FRAME_MAX_MS = 100

/** Names of the runs of an engine: the first session's, then those beside it. */
const FIRST_RUN = 'main'

export function createSession(options: SessionOptions): LiveSession {
  return new EngineSession(options)
}

class EngineSession implements LiveSession {
  readonly store
  private readonly engine: RunClient
  private readonly loop: boolean
  private readonly applyEdit: SessionOptions['applyEdit']
  private readonly actElsewhere: SessionOptions['act']
  private playheadUs = 0
  private factIndex = 0
  /** The moment to draw next; null when what is drawn is what there is to see. */
  private wanted: Moment | null = { atUs: 0 }
  private drawing = false
  /** The moment whose drawing is under way or was last done, and where that drawing stands. */
  private asked: Moment = { atUs: 0 }
  private drawn = { timeUs: 0, factIndex: 0 }
  private view: View | null = null
  private look: Look | null = null
  /** How far each branch was seen; what follows sees the same branches. */
  private readonly reached: Map<string, number>
  private readonly listeners = new Set<(timeUs: number, factIndex: number) => void>()
  private readonly viewListeners = new Set<(view: View) => void>()
  private request = 0
  private lastTickMs = -1
  private readonly feed = new FrameFeed(() => this.takeFrame())
  private readonly undos = new Undo<Document>()
  private readonly canvases = new WeakSet<HTMLCanvasElement>()
  /** Whose playhead this one's follows, and which follow this one's. */
  private readonly leader: EngineSession | null
  private readonly followers = new Set<EngineSession>()
  readonly conditions: SessionConditions

  constructor(options: SessionOptions, leader: EngineSession | null = null, runId = FIRST_RUN) {
    const { scenario } = options
    this.leader = leader
    this.reached = leader?.reached ?? new Map()
    this.actElsewhere = options.act
    this.loop = options.loop ?? false
    this.applyEdit = options.applyEdit
    const main = options.branch ?? firstBranch(scenario)
    this.store = createStore<SessionState>(() => firstState(options, main))
    this.conditions = new SessionConditions(this)
    const engine = leader?.engine.engine ?? new EngineClient()
    this.engine = engine.run(runId, {
      progress: (progress) => this.onProgress(progress),
      drawn: (drawn) => this.onDrawn(drawn),
      broken: (sentence) => this.store.setState({ broken: sentence, playing: false }),
    })
    this.run()
    this.wake()
  }

  open(scenario: Scenario, options: Parameters<Session['open']>[1] = {}): void {
    this.undos.clear()
    if (!this.leader) this.reached.clear()
    this.store.setState(openedState(scenario, options))
    this.conditions.setStopper()
    this.run()
    if (options.factIndex !== undefined) this.seek({ factIndex: options.factIndex })
    else this.seek({ atUs: options.timeUs ?? 0 })
    this.sendLook()
  }

  play(): void {
    if (this.atEnd()) this.seek({ atUs: 0 })
    this.lastTickMs = -1
    this.conditions.stopper.forget()
    this.store.setState({ playing: true })
    this.wake()
  }

  pause(): void {
    this.store.setState({ playing: false })
    this.feed.now()
    for (const follower of this.followers) follower.feed.now()
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause()
    else this.play()
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed: Math.min(1000, Math.max(0.1, speed)) })
  }

  seek(moment: Moment): void {
    this.conditions.stopper.forget()
    if ('atUs' in moment) {
      const atUs = Math.min(Math.max(0, Math.round(moment.atUs)), this.endUs())
      this.playheadUs = atUs
      this.wanted = { atUs }
    } else {
      this.factIndex = Math.max(0, moment.factIndex)
      this.wanted = moment
    }
    // The first of a frame is drawn at once, so that it is there when the frame is; later ones wait for the next.
    if (this.request === 0) this.show()
    this.wake()
  }

  async step(facts: number): Promise<void> {
    this.store.setState({ playing: false })
    const { factIndex } = await this.ask('step', { from: this.factIndex, steps: facts })
    this.seek({ factIndex })
  }

  act(body: ActionBody, where?: string): string {
    const { branches, branchId, scenario } = this.store.getState()
    if (this.actElsewhere) {
      this.actElsewhere(body)
      return branchId
    }
    this.remember({ does: actionText(body, scenario) })
    const atUs = this.playheadUs
    const id = where ?? branchId
    const reachedUs = this.reached.get(id) ?? 0
    const named = (node: string) => nameOf(scenario, node) || node
    const next = actOn(branches, id, atUs, reachedUs, body, named)
    this.reached.set(next.branchId, atUs)
    this.store.setState({ branches: next.branches })
    if (id !== branchId) return next.branchId
    this.store.setState({ branchId: next.branchId, pointedAt: [] })
    this.run()
    this.seek({ atUs })
    return next.branchId
  }

  switchBranch(id: string): void {
    if (id === this.store.getState().branchId) return
    this.store.setState({ branchId: id, pointedAt: [] })
    this.run()
    this.seek({ atUs: this.playheadUs })
  }

  renameBranch(id: string, name: string): void {
    const trimmed = name.trim().slice(0, 60)
    if (trimmed === '') return
    const before = branchOf(this.store.getState().branches, id).name
    if (trimmed === before) return
    this.remember({ does: `rename ${before} to ${trimmed}` })
    this.store.setState(({ branches }) => ({
      branches: branches.map((b) => (b.id === id ? { ...b, name: trimmed } : b)),
    }))
  }

  rerunBranch(id: string): void {
    const { branches } = this.store.getState()
    this.remember({ does: `run ${branchOf(branches, id).name} with another seed` })
    const next = rerunOf(branches, id)
    this.store.setState({ branches: next.branches })
    this.switchBranch(next.branchId)
  }

  earlier(): { scenario: Scenario; branch: Branch } | null {
    const { scenario, branches } = this.store.getState()
    const before = this.undos.findLast((document) => {
      const { script, seed } = branchOf(document.branches, document.branchId)
      const isThere = branches.some((branch) => branch.script === script && branch.seed === seed)
      return document.scenario !== scenario || !isThere
    })
    if (!before) return null
    return { scenario: before.scenario, branch: branchOf(before.branches, before.branchId) }
  }

  deleteBranch(id: string): void {
    const { branches, branchId } = this.store.getState()
    const gone = branchOf(branches, id)
    if (gone.parent === null) return
    this.remember({ does: `delete ${gone.name}` })
    this.store.setState({ branches: withoutBranch(branches, id) })
    if (branchId === id) this.switchBranch(gone.parent)
  }

  edit(edit: Edit): void {
    const { scenario } = this.store.getState()
    const edited = must(this.applyEdit, 'a session that can be edited')(scenario, edit)
    if (!edited.ok) throw new Error(edited.sentence)
    if (JSON.stringify(edited.scenario) === JSON.stringify(scenario)) return
    this.remember(changeOf(edit, scenario))
    this.takeScenario(edited.scenario, !isBesideTheRun(edit))
  }

  undo(): void {
    const before = this.undos.undo(documentOf(this.store.getState()))
    if (before) this.restore(before)
  }

  redo(): void {
    const after = this.undos.redo(documentOf(this.store.getState()))
    if (after) this.restore(after)
  }

  select(selection: Selection): void {
    this.store.setState({ selection })
    this.sendLook()
  }

  ask<N extends QuestionName>(name: N, ask: Questions[N]['ask']): Promise<Questions[N]['answer']> {
    const other = this.conditions.otherwise(name, ask)
    return other ? (other as Promise<Questions[N]['answer']>) : this.engine.ask(name, ask)
  }

  playhead(): { timeUs: number; factIndex: number } {
    return { timeUs: this.playheadUs, factIndex: this.factIndex }
  }

  onTick(listener: (timeUs: number, factIndex: number) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  onView(listener: (view: View) => void): () => void {
    this.viewListeners.add(listener)
    return () => this.viewListeners.delete(listener)
  }

  attachCanvas(canvas: HTMLCanvasElement): () => void {
    // A canvas can be handed over once; one that comes back (a remount) is the engine's already.
    if (!this.canvases.has(canvas)) {
      this.canvases.add(canvas)
      this.engine.surface(canvas)
    }
    this.redraw()
    return () => {}
  }

  attachLanes(canvas: HTMLCanvasElement): () => void {
    this.engine.surface(canvas, 'lanes')
    return () => this.engine.letGo('lanes')
  }

  setGeometry(geometry: Geometry): void {
    this.engine.geometry(geometry)
    this.redraw()
  }

  setView(view: View): void {
    this.view = view
    this.redraw()
  }

  setLook(look: Omit<Look, 'selectedNode' | 'selectedMessage'>): void {
    this.look = { ...look, selectedNode: null, selectedMessage: null }
    this.sendLook()
  }

  close(): void {
    cancelAnimationFrame(this.request)
    this.request = -1
    this.listeners.clear()
    this.feed.stop()
    this.engine.close()
    if (this.leader) this.leader.followers.delete(this)
    else this.engine.engine.close()
  }

  beside(name: string, options: SessionOptions): LiveSession {
    const follower = new EngineSession(options, this, name)
    this.followers.add(follower)
    follower.seek({ atUs: this.playheadUs })
    return follower
  }

  private endUs(): number {
    return usFromMs(this.store.getState().scenario.durationMs)
  }

  /** Whether nothing is left to play: the end, or where the run stopped before it. */
  private atEnd(): boolean {
    const { done, stopped, computedUs } = this.store.getState().progress
    return this.playheadUs >= (done && stopped ? computedUs : this.endUs())
  }

  /** Opens the present branch's run in the engine. */
  private run(): void {
    const { scenario, branches, branchId } = this.store.getState()
    const { seed, script } = branchOf(branches, branchId)
    this.store.setState({ progress: NOTHING })
    this.conditions.stopper.forget()
    this.engine.open({ scenario, script, seed })
  }

  inOneStep(does: string, change: () => void): void {
    this.undos.inOneStep(does, change)
  }

  remember(change: Change): void {
    this.undos.remember(documentOf(this.store.getState()), change, performance.now())
    this.tellUndo()
  }

  private tellUndo(): void {
    const { undoes, redoes } = this.undos
    this.store.setState({ undoes, redoes })
  }

  private restore(document: Document): void {
    this.store.setState(document)
    this.tellUndo()
    this.conditions.setStopper()
    if (!isSelectionThere(this.store.getState())) this.select(null)
    this.run()
    this.seek({ atUs: this.playheadUs })
  }

  private takeScenario(scenario: Scenario, rerun: boolean): void {
    const { scenario: before, branches } = this.store.getState()
    const seeded =
      scenario.seed === before.seed
        ? branches
        : branches.map((b) => (b.seed === before.seed ? { ...b, seed: scenario.seed } : b))
    this.store.setState({ scenario, branches: seeded })
    if (!rerun) return
    this.run()
    this.seek({ atUs: this.playheadUs })
  }

  private sendLook(): void {
    if (!this.look) return
    const { selection } = this.store.getState()
    this.engine.look({
      ...this.look,
      selectedNode: selection?.type === 'node' ? selection.id : null,
      selectedMessage: selection?.type === 'message' ? selection.id : null,
    })
    this.redraw()
  }

  private onProgress(progress: Progress): void {
    this.store.setState({ progress })
    // What was asked for beyond the computed edge may be there now.
    if (this.wanted === null && !this.store.getState().playing) this.redraw()
  }

  /** Draws the same moment again: as it was asked for, since a fact may share its microsecond with others. */
  private redraw(): void {
    this.wanted ??= this.asked
    this.wake()
  }

  wake(): void {
    if (this.request === 0) this.request = requestAnimationFrame((ms) => this.tick(ms))
  }

  private tick(nowMs: number): void {
    this.request = 0
    const { playing, speed } = this.store.getState()
    if (playing) this.move(nowMs, speed)
    this.show()
    if (this.store.getState().playing) this.wake()
  }

  /** Draws what is wanted. Those that follow are drawn with it; a fact has its time only once it is drawn here. */
  private show(): void {
    const { wanted } = this
    if (wanted && 'atUs' in wanted) for (const follower of this.followers) follower.follow(wanted)
    this.drawWanted()
  }

  private follow(moment: { atUs: number }): void {
    this.seek(moment)
    this.drawWanted()
  }

  /** Whether time passes here. */
  private get isPlaying(): boolean {
    return (this.leader ?? this).store.getState().playing
  }

  private drawWanted(): void {
    if (this.wanted !== null && !this.drawing) {
      this.drawing = true
      this.engine.draw(this.wanted, this.view ?? NO_VIEW)
      this.asked = this.wanted
      this.wanted = null
    }
  }

  /** The wall clock decides how far the playhead goes, never what happens. */
  private move(nowMs: number, speed: number): void {
    const passedMs = this.lastTickMs < 0 ? 0 : Math.min(FRAME_MAX_MS, nowMs - this.lastTickMs)
    this.lastTickMs = nowMs
    if (!this.mayMove()) return
    const { progress } = this.store.getState()
    const edgeUs = progress.done && !progress.stopped ? this.endUs() : progress.computedUs
    const next = this.playheadUs + Math.round(passedMs * 1000 * speed)
    const limitUs = this.conditions.stopper.limitUs(this.playheadUs)
    this.playheadUs = Math.min(next, Math.max(edgeUs, this.playheadUs), limitUs)
    const stopAt = this.conditions.stopper.stopAt(this.playheadUs)
    if (stopAt) {
      this.store.setState({ playing: false })
      this.seek({ factIndex: stopAt.factIndex })
      return
    }
    this.wanted = { atUs: this.playheadUs }
    const over = progress.done && this.playheadUs >= edgeUs
    if (over && this.loop) this.playheadUs = 0
    else if (over) this.store.setState({ playing: false })
  }

  /** Whether it is known how far playing may go; asks, once the playhead stands where it was put. */
  private mayMove(): boolean {
    const { stopper } = this.conditions
    if (stopper.isKnown) stopper.prepare(this.factIndex, this.playheadUs)
    else if (!this.drawing && this.wanted === null) stopper.prepare(this.factIndex, this.playheadUs)
    return stopper.isKnown
  }

  private onDrawn(drawn: { timeUs: number; factIndex: number; view: View }): void {
    this.drawing = false
    const { branchId } = this.store.getState()
    const playing = this.isPlaying
    this.factIndex = drawn.factIndex
    this.drawn = { timeUs: drawn.timeUs, factIndex: drawn.factIndex }
    // Only a fact has to tell when it happened; a time that was asked for stays the playhead's.
    const free = this.wanted === null || 'factIndex' in this.wanted
    if (!playing && free && 'factIndex' in this.asked) this.playheadUs = drawn.timeUs
    this.reached.set(branchId, Math.max(this.reached.get(branchId) ?? 0, drawn.timeUs))
    if ('factIndex' in this.asked) {
      for (const follower of this.followers) follower.follow({ atUs: drawn.timeUs })
    }
    for (const listener of this.viewListeners) listener(drawn.view)
    for (const listener of this.listeners) listener(this.playheadUs, this.factIndex)
    this.feed.soon()
    if (this.wanted !== null) this.wake()
  }

  /** Brings the store to where the playhead is. */
  private async takeFrame(): Promise<void> {
    const { selection } = this.store.getState()
    const message = selection?.type === 'message' ? selection.id : -1
    // Of what is drawn: the playhead may have been put elsewhere since, and a time belongs to its fact.
    const { drawn } = this
    try {
      const { frame, looks } = await this.ask('frame', { factIndex: drawn.factIndex, message })
      // A run that was opened since may not have come that far.
      const timeUs = frame.factIndex === drawn.factIndex ? drawn.timeUs : frame.timeUs
      this.store.setState({
        frame: { ...frame, timeUs },
        looks: new Map(looks.map((look) => [look.id, look])),
        timeUs,
        factIndex: frame.factIndex,
      })
    } catch (error) {
      this.store.setState({ broken: String(error) })
    }
  }
}

const NO_VIEW: View = { x: 0, y: 0, zoom: 1, width: 0, height: 0, pixelRatio: 1 }
