/**
 * The engine's side of the wall: holds the runs that are open, computes them ahead in short slices, answers
 * questions about them and paints moments of them. It is the same in a worker and on the page.
 */
import { must } from '../base/assert.ts'
import type { History } from '../history/history.ts'
import { Runs } from '../history/runs.ts'
import { type Answer, answerOf, isInSteps } from './answers/index.ts'
import { loadFonts } from './draw/fonts.ts'
import type { Surface } from './draw/pen.ts'
import { hasFamilies, loadFamilies } from './families.ts'
import { OpenRun } from './openRun.ts'
import type { Layer, Moment, Reply, Request, RunId, View } from './protocol.ts'

/** The engine gives way after so many milliseconds, so that a seek never waits longer than a frame. */
const SLICE_MS = 4
/** While somebody looks around (a moment was drawn less than so long ago), slices are shorter: the next one follows. */
const LOOKING_MS = 100
const LOOKING_SLICE_MS = 2
const SLICE_FACTS = 2_000
const PROGRESS_MS = 100

/** What the host needs of where it runs. */
export interface Place {
  post(reply: Reply): void
  /** Calls back soon, after what is waiting has had its turn. */
  soon(callback: () => void): void
  /** A clock for slices; never for what is computed. */
  nowMs(): number
}

/** A request as the host takes it: on the page the canvas is the page's own. */
export type Taken = Request | { run: RunId; type: 'surface'; layer: Layer; canvas: Surface | null }

type Ask = Extract<Request, { type: 'ask' }>

/** Work that is done a bit at a time. */
interface Job {
  /** The runs that it is about. */
  histories: Set<History>
  /** Does a bit; returns whether there is more. */
  next(): boolean
}

export class Host {
  private readonly runs = new Runs()
  private readonly opened = new Map<RunId, OpenRun>()
  /** Answers under way. Each gets a slice in turn, and so does each run that is not computed yet. */
  private answers: Job[] = []
  /** Questions whose answer is being loaded. */
  private readonly loading = new Set<Pick<Job, 'histories'>>()
  /** Requests that wait until a family is loaded. */
  private delayed: Taken[] | null = null
  private turn = 0
  private lastProgressMs = 0
  private lastDrawMs = Number.NEGATIVE_INFINITY
  private pumping = false
  private readonly place: Place

  constructor(place: Place) {
    this.place = place
    loadFonts().then(
      () => {
        for (const run of this.opened.values()) run.repaint()
      },
      () => {},
    )
  }

  /**
   * Takes a request. Our own faults come back as `broken`, bad questions as `failed`. A run of a family
   * that is not here yet is opened when it has come, and what is said meanwhile waits for it.
   */
  handle(request: Taken): void {
    if (this.delayed) this.delayed.push(request)
    else if (request.type === 'open' && !hasFamilies(request.order.scenario)) this.delay(request)
    else this.handleNow(request)
  }

  private delay(request: Extract<Request, { type: 'open' }>): void {
    this.delayed = [request]
    const resume = (handle: (request: Taken) => void) => {
      const delayed = this.delayed ?? []
      this.delayed = null
      for (const each of delayed) handle(each)
    }
    loadFamilies(request.order.scenario).then(
      () => resume((each) => this.handle(each)),
      // Without its family the run says what is missing; the others are handled all the same.
      () => resume((each) => this.handleNow(each)),
    )
  }

  private handleNow(request: Taken): void {
    try {
      this.take(request)
    } catch (error) {
      if (request.type === 'ask') this.fail(request.id, error)
      else this.place.post({ type: 'broken', run: request.run, sentence: sentenceOf(error) })
    }
  }

  private take(request: Taken): void {
    const run = this.opened.get(request.run) ?? new OpenRun()
    this.opened.set(request.run, run)
    switch (request.type) {
      case 'open':
        run.open(this.runs.open(request.order))
        this.runs.trim(this.inUse())
        this.compute()
        this.tell(true)
        this.pump()
        return
      case 'ask':
        this.answer(request, run)
        return
      case 'surface':
        if (request.layer === 'lanes') run.lanes.paintOn(request.canvas)
        else run.paintOn(request.canvas)
        return
      case 'geometry':
        run.geometry = request.geometry
        return
      case 'look':
        run.look = request.look
        return
      case 'draw':
        this.draw(request.run, run, request.moment, request.view)
        return
      case 'close':
        this.opened.delete(request.run)
        this.runs.trim(this.inUse())
        return
    }
  }

  /** Runs that are looked at or asked about. */
  private inUse(): Set<History> {
    const jobs = [...this.answers, ...this.loading]
    const inUse = new Set(jobs.flatMap(({ histories }) => [...histories]))
    for (const { history } of this.opened.values()) if (history) inUse.add(history)
    return inUse
  }

  private draw(id: RunId, run: OpenRun, moment: Moment, view: View): void {
    // What is asked for beyond what is computed is computed first, as far as a slice goes.
    if (run.history && !run.history.hasReached(moment)) this.slice(computing(run.history))
    const reached = run.paint(moment, view)
    this.lastDrawMs = this.place.nowMs()
    if (reached) this.place.post({ type: 'drawn', run: id, ...reached, view })
  }

  private answer(request: Ask, run: OpenRun): void {
    const { id, name } = request
    const history = must(run.history, 'an open run')
    const answer = answerOf(name)
    if (typeof answer === 'function') {
      this.give(answer, request, run, history)
      return
    }
    const loading = { histories: new Set([history]) }
    this.loading.add(loading)
    answer
      .then((loaded) => this.give(loaded, request, run, history))
      .catch((error: unknown) => this.fail(id, error))
      .finally(() => this.loading.delete(loading))
  }

  /** Answers a question about the run that was open when it was asked. */
  private give(answer: Answer, request: Ask, run: OpenRun, history: History): void {
    const { id, ask } = request
    const { painter, lanes, look } = run
    const histories = new Set([history])
    const beside = (other: RunId) => {
      const found = this.opened.get(other)?.history ?? undefined
      if (found) histories.add(found)
      return found
    }
    const given = answer({ history, painter, lanes, look, beside }, ask)
    if (!isInSteps(given)) {
      this.place.post({ type: 'answer', id, answer: given })
      return
    }
    const next = () => {
      try {
        const { done, value } = given.next()
        if (done) this.place.post({ type: 'answer', id, answer: value })
        return !done
      } catch (error) {
        this.fail(id, error)
        return false
      }
    }
    // Most answers need one step. What needs more waits for its turn, behind the seeks that came meanwhile.
    if (!next()) return
    this.answers.push({ histories, next })
    this.pump()
  }

  private fail(id: number, error: unknown): void {
    this.place.post({ type: 'failed', id, sentence: sentenceOf(error) })
  }

  /** Works at one job for a slice; returns whether there is more of it. */
  private slice(job: Job): boolean {
    const { place } = this
    const nowMs = place.nowMs()
    const isLooking = nowMs - this.lastDrawMs < LOOKING_MS
    const until = nowMs + (isLooking ? LOOKING_SLICE_MS : SLICE_MS)
    do if (!job.next()) return false
    while (place.nowMs() < until)
    return true
  }

  /** One slice for the job whose turn it is; returns whether any is left. */
  private compute(): boolean {
    const runs = this.unfinished().map(computing)
    // The run itself has two turns for each of an answer: what is asked of a long one is not to hold it up.
    const jobs = [...runs, ...this.answers, ...(this.answers.length > 0 ? runs : [])]
    const job = jobs[this.turn++ % jobs.length]
    if (!job) return false
    const isLeft = this.slice(job)
    if (!isLeft) this.answers = this.answers.filter((answer) => answer !== job)
    return isLeft || jobs.length > 1
  }

  private unfinished(): History[] {
    const unfinished = new Set<History>()
    for (const { history } of this.opened.values()) {
      if (history && !history.done) unfinished.add(history)
    }
    return [...unfinished]
  }

  private pump(): void {
    if (this.pumping) return
    this.pumping = true
    const turn = () => {
      let more = false
      try {
        more = this.compute()
      } catch (error) {
        for (const run of this.opened.keys()) {
          this.place.post({ type: 'broken', run, sentence: sentenceOf(error) })
        }
      }
      this.tell(!more)
      if (more) this.place.soon(turn)
      else this.pumping = false
    }
    this.place.soon(turn)
  }

  /** Tells the page how far the runs are: now and then, and when there is nothing left to do. */
  private tell(now: boolean): void {
    const nowMs = this.place.nowMs()
    if (!now && nowMs - this.lastProgressMs < PROGRESS_MS) return
    this.lastProgressMs = nowMs
    for (const [run, open] of this.opened) {
      const progress = open.news()
      if (progress) this.place.post({ type: 'progress', run, progress })
    }
  }
}

function computing(history: History): Job {
  return { histories: new Set([history]), next: () => history.advance(SLICE_FACTS) }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
