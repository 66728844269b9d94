/** Thousands of messages as dots, sorted by hue, so that the pen changes its colour eight times and not thousands. */
import { hueOf } from './inks.ts'
import type { Scene } from './scene.ts'

const HUES = 8

export interface Dots {
  clear(): void
  add(x: number, y: number, hue: number, message: number): void
  draw(scene: Scene): void
}

export function createDots(): Dots {
  let capacity = 4096
  let places = new Float64Array(capacity * 2)
  let hues = new Uint8Array(capacity)
  let messages = new Int32Array(capacity)
  let count = 0

  const grow = () => {
    capacity *= 2
    const [widerPlaces, widerHues] = [new Float64Array(capacity * 2), new Uint8Array(capacity)]
    const widerMessages = new Int32Array(capacity)
    widerPlaces.set(places)
    widerHues.set(hues)
    widerMessages.set(messages)
    places = widerPlaces
    hues = widerHues
    messages = widerMessages
  }

  return {
    clear: () => {
      count = 0
    },
    add: (x, y, hue, message) => {
      if (count === capacity) grow()
      places[count * 2] = x
      places[count * 2 + 1] = y
      hues[count] = hue & 7
      messages[count] = message
      count++
    },
    draw: (scene) => {
      const { pen, inks, drawn } = scene
      const size = Math.max(2.5 / scene.zoom, 6 * scene.scale)
      for (let hue = 0; hue < HUES; hue++) {
        pen.fillStyle = hueOf(inks, hue)
        for (let i = 0; i < count; i++) {
          if (hues[i] !== hue) continue
          const [x, y] = [places[i * 2] ?? 0, places[i * 2 + 1] ?? 0]
          pen.fillRect(x - size / 2, y - size / 2, size, size)
          drawn.add(messages[i] ?? -1, 'dot', x, y, size / 2, -1)
        }
      }
    },
  }
}
