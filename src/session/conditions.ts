/** What is asked of the history: one condition, marked on the timeline, the ways to its moments, and the stop. */
import type { StoreApi } from 'zustand/vanilla'
import type { Moment } from '../history/answers.ts'
import type { OtherAnswerer } from './otherConditions.ts'
import type { Conditions, QuestionName, Session, SessionState } from './session.ts'
import { Stopper } from './stopper.ts'
import type { Change } from './undo.ts'

/** After every fact that a run can have. */
const LAST = Number.MAX_SAFE_INTEGER

/** More charts than this leave nothing of the canvas. */
const WATCHES_MAX = 12

/** Whether a condition is about a fold, and so not for the engine. */
function isOther(text: string): boolean {
  return text.startsWith('fold ')
}

/** What the conditions need of the session that they belong to. */
export interface Asker {
  readonly store: StoreApi<SessionState>
  ask: Session['ask']
  playhead: Session['playhead']
  seek(moment: Moment): void
  wake(): void
  /** The document is about to be changed. */
  remember(change: Change): void
}

export class SessionConditions implements Conditions {
  readonly stopper: Stopper
  private answerer: OtherAnswerer | null = null
  private readonly session: Asker

  constructor(session: Asker) {
    this.session = session
    this.stopper = new Stopper(
      (text, from) => session.ask('nextTrue', { text, from }),
      () => session.wake(),
    )
  }

  /** Answers what is not for the engine. Called again when the answers are others. */
  answerWith(answerer: OtherAnswerer): void {
    this.answerer = answerer
    if (isOther(this.session.store.getState().condition)) this.setStopper()
  }

  /** The answer to a question about a condition that is not for the engine; null for every other question. */
  otherwise(name: QuestionName, ask: unknown): Promise<unknown> | null {
    if (name !== 'condition' && name !== 'nextTrue' && name !== 'complete') return null
    if (!isOther((ask as { text: string }).text)) return null
    return import('./otherConditions.ts').then(({ answerOther }) =>
      answerOther(this.answerer, name, ask),
    )
  }

  ask(text: string): void {
    if (text === this.session.store.getState().condition) return
    this.session.remember({ does: text === '' ? 'ask nothing' : `ask ${text}`, of: 'condition' })
    this.session.store.setState(({ stopping }) => ({
      condition: text,
      stopping: stopping && text !== '',
    }))
    this.setStopper()
  }

  stopWhenTrue(stopping: boolean): void {
    if (stopping === this.session.store.getState().stopping) return
    this.session.remember({ does: stopping ? 'stop when true' : 'stop no longer when true' })
    this.session.store.setState({ stopping })
    this.setStopper()
  }

  watch(text: string): void {
    const { watches } = this.session.store.getState()
    if (text === '' || watches.includes(text) || watches.length >= WATCHES_MAX) return
    this.session.remember({ does: `chart ${text}` })
    this.session.store.setState({ watches: [...watches, text] })
  }

  unwatch(text: string): void {
    const { watches } = this.session.store.getState()
    if (!watches.includes(text)) return
    this.session.remember({ does: `chart ${text} no longer` })
    this.session.store.setState({ watches: watches.filter((watch) => watch !== text) })
  }

  watchEarlier(text: string): void {
    const { watches } = this.session.store.getState()
    const at = watches.indexOf(text)
    if (at < 1) return
    this.session.remember({ does: `move the chart of ${text} up`, of: `chart ${text}` })
    const others = watches.filter((watch) => watch !== text)
    const next = [...others.slice(0, at - 1), text, ...others.slice(at - 1)]
    this.session.store.setState({ watches: next })
  }

  async goTo(which: 'first' | 'previous' | 'next' | 'last'): Promise<boolean> {
    const { session } = this
    const { condition } = session.store.getState()
    if (condition === '') return false
    session.store.setState({ playing: false })
    const from = which === 'first' ? -1 : which === 'last' ? LAST : session.playhead().factIndex
    const back = which === 'previous' || which === 'last'
    const { at } = await session.ask('nextTrue', { text: condition, from, back })
    if (at) session.seek({ factIndex: at.factIndex })
    return at !== null
  }

  /** Stops by the condition that is there now. */
  setStopper(): void {
    const { condition, stopping } = this.session.store.getState()
    this.stopper.set(stopping && condition !== '' ? condition : null)
  }
}
