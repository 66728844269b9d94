/**
 * The desk: the one session of the full canvas, what lies on it, and the keeping of it. What a person
 * changes becomes work of their own under its own address; opening something else puts that away, never
 * over it.
 */
import { createStore } from 'zustand/vanilla'
import type { Inset } from '../canvas/fit.ts'
import type { Scenario } from '../scenario/document.ts'
import { applyEdit } from '../scenario/edit.ts'
import { loadExample } from '../scenario/examples/load.ts'
import { decodeMoment } from '../scenario/share/link.ts'
import {
  packMoment,
  type SharedMoment,
  type SharedView,
  unpackMoment,
} from '../scenario/share/moment.ts'
import { createSession } from '../session/create.ts'
import type { LiveSession } from '../session/react.tsx'
import type { Branch, View } from '../session/session.ts'
import { offerToEmbedders } from './embedders.ts'
import { keepVisit, readVisit } from './keep/visit.ts'
import { newWorkId, readWork, saveLastSeen, saveWork } from './keep/works.ts'
import { emptyScenario, hashedMoment, openMoment, sharedView, verifyMoment } from './moment.ts'
import { momentOf } from './momentNow.ts'
import { type Route, renameTo, workAddress } from './route.ts'
import { sharedStage, showShared, stageView } from './run/stageView.ts'

/** Work is written at most this often while something changes. */
const saveEveryMs = 1_500

/** What a person sets up around a run, which leaves the run as it is. */
const SET_UP = ['selection', 'condition', 'stopping', 'watches', 'playing'] as const

export interface DeskState {
  /** The address whose content lies here; '' before the first. */
  fragment: string
  /** Another number whenever something else was opened. */
  opening: number
  /** Why the address could not be opened; what lay here still does. */
  problem: string | null
  /** Something to know about what lies here, such as a hash that differs. */
  notice: string | null
  /** Where to look first, if what was opened says so. */
  view: SharedView | null
}

export interface Desk {
  readonly session: LiveSession
  readonly store: ReturnType<typeof createDeskStore>
  /** Opens what an address names, unless it lies here already. */
  open(route: Route, fragment: string, start?: Start): Promise<void>
  /** Opens something that has no address yet: a file, an empty canvas. It becomes work at once. */
  openOwn(content: { moment: SharedMoment } | { scenario: Scenario }): void
  dismissNotice(): void
  /** Told by the canvas whether its view is one that a person chose. */
  readonly noteMoved: (moved: boolean) => void
  /** Told what panels cover of the canvas: its middle is that of the rest. */
  noteCovered(covered: Inset): void
  /** The moment with its hash, ready to be shared. */
  moment(): Promise<SharedMoment>
  /** Writes at once what is not written yet. */
  flush(): void
}

/** How an example begins: where its miniature stood, and whether it goes on from there. */
export interface Start {
  timeUs: number
  playing: boolean
}

/** How a moment is looked at. */
type Seen = Pick<SharedMoment, 'view' | 'stage'>

const createDeskStore = () =>
  createStore<DeskState>(() => ({
    fragment: '',
    opening: 0,
    problem: null,
    notice: null,
    view: null,
  }))

let onlyDesk: Desk | null = null

/** The desk, made when it is first needed: home alone does without. */
export function desk(): Desk {
  onlyDesk ??= new SessionDesk()
  return onlyDesk
}

class SessionDesk implements Desk {
  readonly session = createSession({ scenario: emptyScenario, applyEdit })
  readonly store = createDeskStore()
  private workId: string | null = null
  private untouched: { scenario: Scenario; branches: Branch[] } | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private storageFull = false
  private drawnView: View | null = null
  private viewMoved = false
  private covered: Inset = { left: 0, right: 0, top: 0, bottom: 0 }

  constructor() {
    offerToEmbedders(this.session)
    // Conditions about a fold wake what folds; from then on that answers them itself.
    const room = async () => (await import('../fold/room.ts')).foldRoomOf(this.session)
    this.session.conditions.answerWith({
      whenTrue: async (text) => (await room()).whenTrue(text),
      offered: async (text) => (await room()).offered(text),
    })
    this.session.store.subscribe((state, before) => {
      const { scenario, branches } = state
      if (this.untouched === null) return
      const changed = scenario !== before.scenario || branches !== before.branches
      if (changed && scenario === this.untouched.scenario && branches === this.untouched.branches) {
        return
      }
      if (changed) this.becomeWork()
      if (changed || state.timeUs !== before.timeUs) this.saveSoon()
      if (SET_UP.some((each) => state[each] !== before[each])) this.keepVisit()
    })
    stageView.subscribe(() => this.keepVisit())
    this.session.onView((view) => {
      // Behind another view the canvas has no size; the camera stays the one it was left with.
      if (view.width > 0) this.drawnView = view
    })
    addEventListener('pagehide', () => this.flush())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.flush()
    })
  }

  async open(route: Route, fragment: string, start?: Start): Promise<void> {
    if (fragment === this.store.getState().fragment) {
      this.store.setState({ problem: null })
      return
    }
    switch (route.screen) {
      case 'home':
        return
      case 'run':
        return this.openExample(route.exampleId, fragment, start ?? startAt(route.atUs))
      case 'claim':
        return this.openClaim(route.claimId, fragment)
      case 'work':
        return this.openWork(route.workId, fragment)
      case 'moment':
        return this.openLink(route.fragment)
      case 'lost':
        return this.refuse(
          'This address leads nowhere in Eventarium. Begin at home, or copy it again.',
        )
    }
  }

  openOwn(content: { moment: SharedMoment } | { scenario: Scenario }): void {
    const fragment = workAddress(newWorkId())
    this.putAway()
    if ('moment' in content) openMoment(this.session, content.moment)
    else this.session.open(content.scenario)
    this.lay(fragment, 'moment' in content ? content.moment : null)
    this.workId = fragment.slice(workAddress('').length)
    history.pushState(null, '', fragment)
    renameTo(fragment)
    this.flush()
    if ('moment' in content) this.verify(content.moment)
  }

  noteCovered(covered: Inset): void {
    this.covered = covered
  }

  readonly noteMoved = (moved: boolean): void => {
    this.viewMoved = moved
  }

  moment(): Promise<SharedMoment> {
    return hashedMoment(this.session, this.chosenView())
  }

  dismissNotice(): void {
    this.store.setState({ notice: null })
  }

  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { fragment } = this.store.getState()
    if (fragment === '') return
    const moment = momentOf(this.session, this.chosenView())
    const title = moment.scenario.title
    saveLastSeen({ fragment, title, timeUs: moment.timeUs })
    this.keepVisit()
    if (this.workId === null) return
    const kept = saveWork(this.workId, moment, packMoment(moment))
    if (!kept && !this.storageFull) {
      this.store.setState({
        notice: 'This browser keeps no more of your work. Save it as a file to have it again.',
      })
    }
    this.storageFull = !kept
  }

  private keepVisit(): void {
    if (this.untouched === null) return
    const { fragment } = this.store.getState()
    const { playing, selection, condition, stopping, watches } = this.session.store.getState()
    const { timeUs, factIndex } = this.session.playhead()
    const stood = { timeUs: Math.round(timeUs), ...(!playing && { factIndex }) }
    const asked = { selection, condition, stopping, watches }
    keepVisit({ fragment, ...stood, playing, ...asked, stage: sharedStage() })
  }

  /** A fitted view is not worth sharing: it is fitted anew on another screen. */
  private chosenView(): SharedView | null {
    return this.viewMoved && this.drawnView ? sharedView(this.drawnView, this.covered) : null
  }

  private async openExample(id: string, fragment: string, start: Start): Promise<void> {
    const example = await loadExample(id)
    if (location.hash !== fragment) return
    if (!example) {
      this.refuse(`There is no example called “${id}”. Choose one of those at home.`)
      return
    }
    this.putAway()
    const visit = readVisit(fragment)
    this.session.open(example.scenario, { exampleId: id, ...start, ...visit })
    this.lay(fragment, visit)
  }

  private async openClaim(id: string, fragment: string): Promise<void> {
    const { loadClaimRun } = await import('./claimRun.ts')
    const run = await loadClaimRun(id)
    if (location.hash !== fragment) return
    if (!run) {
      this.refuse('There is no such statement in the comparison. Choose one at home.')
      return
    }
    this.putAway()
    const visit = readVisit(fragment)
    this.session.open(run.scenario, { ...run.options, ...visit })
    this.lay(fragment, visit)
    this.store.setState({ notice: `“${run.claim.cell}”: ${run.claim.verdict}` })
  }

  private openWork(id: string, fragment: string): void {
    const kept = readWork(id)
    if (kept === undefined) {
      this.refuse(
        'This work is not kept in this browser. It stays where it was made, or in a file.',
      )
      return
    }
    const read = unpackMoment(kept)
    if (!read.ok) {
      this.refuse(`This work cannot be opened. ${read.sentence}`)
      return
    }
    this.putAway()
    const { moment } = read
    // Another window may have changed what the work asks since; whether to stop belongs to the condition.
    const visit = readVisit(fragment)
    const stopping = visit?.condition === moment.condition && visit.stopping
    openMoment(this.session, moment, { ...moment, stopping })
    this.lay(fragment, moment)
    this.workId = id
    this.verify({ ...moment, hash: '' })
  }

  private async openLink(fragment: string): Promise<void> {
    const decoded = await decodeMoment(fragment)
    if (location.hash !== fragment) return
    if (!decoded.ok) {
      this.refuse(decoded.sentence)
      return
    }
    this.putAway()
    const visit = readVisit(fragment)
    openMoment(this.session, decoded.moment, visit ?? undefined)
    this.lay(fragment, { ...decoded.moment, ...(visit && { stage: visit.stage }) })
    this.verify(decoded.moment)
  }

  private verify(moment: SharedMoment): void {
    const { opening } = this.store.getState()
    verifyMoment(this.session, moment).then(
      (notice) => {
        if (this.store.getState().opening === opening && notice) this.store.setState({ notice })
      },
      // A session that is broken says so itself.
      () => {},
    )
  }

  private refuse(problem: string): void {
    this.session.pause()
    this.store.setState({ problem })
  }

  /** What lies here is written before something else takes its place. */
  private putAway(): void {
    this.flush()
    this.workId = null
    this.untouched = null
  }

  private lay(fragment: string, seen: Partial<Seen> | null = null): void {
    const { scenario, branches } = this.session.store.getState()
    showShared(seen?.stage ?? null)
    this.untouched = { scenario, branches }
    this.store.setState(({ opening }) => ({
      fragment,
      opening: opening + 1,
      problem: null,
      notice: null,
      view: seen?.view ?? null,
    }))
  }

  private becomeWork(): void {
    if (this.workId !== null) return
    this.workId = newWorkId()
    const fragment = workAddress(this.workId)
    this.store.setState({ fragment })
    renameTo(fragment)
  }

  private saveSoon(): void {
    this.timer ??= setTimeout(() => this.flush(), saveEveryMs)
  }
}

function startAt(atUs: number | null): Start {
  return { timeUs: atUs ?? 0, playing: atUs === null && !prefersStillness() }
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
