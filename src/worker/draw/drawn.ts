/** What was last drawn and where: it answers clicks, and tests compare it instead of pixels. */
import type { Box } from '../../scenario/shapes.ts'

/** How a message was drawn: as a token, a small one, part of a ribbon, as a quiet mark, or as a card with words. */
export type Form = 'token' | 'ghost' | 'small' | 'dot' | 'ribbon' | 'mark' | 'card'
const FORMS: readonly Form[] = ['token', 'ghost', 'small', 'dot', 'ribbon', 'mark', 'card']

export interface DrawnToken {
  message: number
  form: Form
  /** Flow coordinates, to a hundredth. */
  x: number
  y: number
  /** Index of the node that it lies in, or -1 on a link. */
  node: number
}

export interface DrawnList {
  clear(): void
  add(message: number, form: Form, x: number, y: number, reach: number, node: number): void
  /** A rectangle with words: clicks go to it where there is no token. */
  addCard(message: number, box: Box, node: number): void
  /** The nearest token within `radius` of its edge, else the card that is there. */
  nearest(x: number, y: number, radius: number): DrawnToken | null
  list(): DrawnToken[]
}

export function createDrawnList(): DrawnList {
  let capacity = 1024
  let count = 0
  let places = new Float64Array(capacity * 3)
  let marks = new Int32Array(capacity * 3)
  /** As many as there are nodes, at most. */
  let cards: { token: DrawnToken; box: Box }[] = []

  const grow = () => {
    capacity *= 2
    const [widerPlaces, widerMarks] = [new Float64Array(capacity * 3), new Int32Array(capacity * 3)]
    widerPlaces.set(places)
    widerMarks.set(marks)
    places = widerPlaces
    marks = widerMarks
  }

  const read = (i: number): DrawnToken => ({
    message: marks[i * 3] ?? -1,
    form: FORMS[marks[i * 3 + 1] ?? 0] ?? 'token',
    x: Math.round((places[i * 3] ?? 0) * 100) / 100,
    y: Math.round((places[i * 3 + 1] ?? 0) * 100) / 100,
    node: marks[i * 3 + 2] ?? -1,
  })

  return {
    clear: () => {
      count = 0
      cards = []
    },
    add: (message, form, x, y, reach, node) => {
      if (count === capacity) grow()
      const i = count++ * 3
      places[i] = x
      places[i + 1] = y
      places[i + 2] = reach
      marks[i] = message
      marks[i + 1] = FORMS.indexOf(form)
      marks[i + 2] = node
    },
    addCard: (message, box, node) => {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      cards.push({ token: { message, form: 'card', x, y, node }, box })
    },
    nearest: (x, y, radius) => {
      let best = -1
      let bestDistance = Number.POSITIVE_INFINITY
      for (let i = 0; i < count; i++) {
        const distance = Math.hypot((places[i * 3] ?? 0) - x, (places[i * 3 + 1] ?? 0) - y)
        if (distance > bestDistance || distance > radius + (places[i * 3 + 2] ?? 0)) continue
        if ((marks[i * 3] ?? -1) < 0) continue
        best = i
        bestDistance = distance
      }
      if (best >= 0) return read(best)
      return cards.findLast(({ box }) => isInside(box, x, y))?.token ?? null
    },
    list: () => [
      ...Array.from({ length: count }, (_, i) => read(i)),
      ...cards.map(({ token }) => token),
    ],
  }
}

function isInside(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}
