/** The log keeps a few hundred lines of a run of any length, complete, each once. */
import { describe, expect, it } from 'vitest'
import { SCAN_MAX } from '../history/answers.ts'
import type { FactLine } from '../session/session.ts'
import {
  AHEAD,
  currentPosition,
  type FactWindow,
  LINES_MAX,
  nextQuestion,
  PAGE,
  windowAround,
  withEarlier,
  withLater,
} from './factWindow.ts'

const MILLION = 1_000_000

/** Every third fact of a run, as a filter would leave them. */
function matching(from: number, to: number): FactLine[] {
  const lines: FactLine[] = []
  for (let index = Math.ceil(from / 3) * 3; index < to; index += 3) {
    lines.push({
      index,
      timeUs: index * 10,
      node: 'n',
      kind: 'k',
      message: -1,
      sentence: '',
      tone: 'normal',
    })
  }
  return lines
}
const earlierThan = (index: number, limit: number) => matching(0, index).slice(-limit)
const laterThan = (index: number, limit: number, count: number) =>
  matching(index, Math.min(count, index + limit * 3 + 3)).slice(0, limit)

function around(index: number, count: number): FactWindow {
  return windowAround(index, earlierThan(index, PAGE), laterThan(index, AHEAD, count), count)
}

function expectComplete(window: FactWindow) {
  expect(window.lines).toEqual(matching(window.from, window.to))
}

describe('a window into a million facts', () => {
  it('given the middle of the run, then it holds a page before and a few lines after the playhead', () => {
    const window = around(500_000, MILLION)
    expect(window.lines).toHaveLength(PAGE + AHEAD)
    expectComplete(window)
    expect(nextQuestion(window, 500_000, MILLION)).toBeNull()
  })

  it('given the start or the end of the run, then it reaches to the first or the last fact', () => {
    expect(around(6, MILLION).from).toBe(0)
    expect(around(MILLION, MILLION).to).toBe(MILLION)
    expect(nextQuestion(around(0, MILLION), 0, MILLION)).toBeNull()
    expect(nextQuestion(around(MILLION, MILLION), MILLION, MILLION)).toBeNull()
  })

  it('given pages added at either edge, then it stays complete and never exceeds its limit', () => {
    let window = around(500_000, MILLION)
    for (let page = 0; page < 5; page += 1) {
      window = withLater(window, laterThan(window.to, PAGE, MILLION), PAGE, MILLION)
      expectComplete(window)
      expect(window.lines.length).toBeLessThanOrEqual(LINES_MAX)
    }
    for (let page = 0; page < 9; page += 1) {
      window = withEarlier(window, earlierThan(window.from, PAGE), PAGE)
      expectComplete(window)
      expect(window.lines.length).toBeLessThanOrEqual(LINES_MAX)
    }
  })

  it('given a playhead outside, then it is asked for anew; near an edge, then only what is missing', () => {
    const window = around(500_000, MILLION)
    expect(nextQuestion(window, window.to + 1, MILLION)).toBe('around')
    expect(nextQuestion(window, window.from - 1, MILLION)).toBe('around')
    expect(nextQuestion(window, window.to - 3, MILLION)).toBe('later')
    expect(nextQuestion(window, window.from + 3, MILLION)).toBe('earlier')
  })

  it('given a playhead anywhere in the window, then what is asked for settles it for good', () => {
    for (let offset = 0; offset < 330; offset += 7) {
      let window = around(500_000, MILLION)
      const playhead = window.from + offset
      for (let asked = 0; asked < 3; asked += 1) {
        const next = nextQuestion(window, playhead, MILLION)
        if (next === 'around') window = around(playhead, MILLION)
        if (next === 'earlier') window = withEarlier(window, earlierThan(window.from, PAGE), PAGE)
        if (next === 'later')
          window = withLater(window, laterThan(window.to, PAGE, MILLION), PAGE, MILLION)
      }
      expect(nextQuestion(window, playhead, MILLION)).toBeNull()
    }
  })

  it('given no match in as many facts as one answer looks at, then it asks on from there to the ends of the run', () => {
    let window = windowAround(500_000, [], [], MILLION)
    expect(window).toEqual({ lines: [], from: 500_000 - SCAN_MAX, to: 500_000 + SCAN_MAX })
    expect(nextQuestion(window, 500_000, MILLION)).toBe('earlier')
    window = withEarlier(window, [], PAGE)
    expect(nextQuestion(window, 500_000, MILLION)).toBe('later')
    window = withLater(window, [], PAGE, MILLION)
    expect(window).toEqual({ lines: [], from: 0, to: MILLION })
    expect(nextQuestion(window, 500_000, MILLION)).toBeNull()
  })

  it('given a run that grew during the question, then no line is asked for twice', () => {
    const first = windowAround(1000, [], laterThan(1000, AHEAD, 1060), 1020)
    const window = withLater(first, laterThan(first.to, PAGE, 1300), PAGE, 1300)
    const indexes = window.lines.map((line) => line.index)
    expect(new Set(indexes).size).toBe(indexes.length)
  })

  it('given a run that has grown, then a window at its old end asks for more', () => {
    const window = around(1000, 1000)
    expect(nextQuestion(window, 1000, 1000)).toBeNull()
    expect(nextQuestion(window, 1000, 5000)).toBe('later')
  })
})

describe('the current line', () => {
  it('is the last one that has happened at the playhead', () => {
    const lines = matching(0, 12)
    expect(currentPosition(lines, 0)).toBe(-1)
    expect(currentPosition(lines, 1)).toBe(0)
    expect(currentPosition(lines, 3)).toBe(0)
    expect(currentPosition(lines, 4)).toBe(1)
    expect(currentPosition(lines, 99)).toBe(3)
  })
})
