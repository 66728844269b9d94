/** Thousands of messages as dots, sorted by hue, so that the pen changes its colour eight times and not thousands. */
import type { Form } from './drawn.ts'
import type { Scene } from './scene.ts'

export interface Dots {
  clear(): void
  add(x: number, y: number, hue: number, message: number): void
  /** `inks` by hue; `size` in flow units. Dots lie on whole pixels: nothing has to be smoothed. */
  draw(scene: Scene, form: Form, size: number, inks: readonly string[]): void
}

/** The smallest that can be seen, in CSS pixels. */
const LEAST_PX = 2.5

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
    draw: (scene, form, wanted, inks) => {
      const { pen, drawn, view } = scene
      const size = Math.max(LEAST_PX / scene.zoom, wanted * scene.scale)
      const scale = view.zoom * view.pixelRatio
      const [left, top] = [view.x * view.pixelRatio, view.y * view.pixelRatio]
      const side = Math.max(1, Math.round(size * scale))
      const half = side / 2
      pen.setTransform(1, 0, 0, 1, 0, 0)
      for (let hue = 0; hue < inks.length; hue++) {
        pen.fillStyle = inks[hue]
        for (let i = 0; i < count; i++) {
          if (hues[i] !== hue) continue
          const [x, y] = [places[i * 2] as number, places[i * 2 + 1] as number]
          pen.fillRect(
            Math.round(x * scale + left - half),
            Math.round(y * scale + top - half),
            side,
            side,
          )
          drawn.add(messages[i] as number, form, x, y, size / 2, -1)
        }
      }
      pen.setTransform(scale, 0, 0, scale, left, top)
    },
  }
}
