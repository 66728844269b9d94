/** The view in which the whole drawing is seen, and a layer that catches up with the view. */
import { describe, expect, it } from 'vitest'
import { fitBoxes, titleScale } from './fit.ts'
import { catchUp } from './lag.ts'

const box = { x: 100, y: 50, width: 800, height: 200 }

describe('fitting', () => {
  it('given a wide drawing, then it fills the width and is centred', () => {
    const { x, y, zoom } = fitBoxes([box], 500, 400, 50, 2)
    expect(zoom).toBe(0.5)
    expect(100 * zoom + x).toBe(50)
    expect(150 * zoom + y).toBe(200)
  })

  it('given a small drawing, then it is not enlarged beyond the limit', () => {
    expect(fitBoxes([box], 5000, 4000, 50, 1.4).zoom).toBe(1.4)
  })

  it('given nothing, then the middle is shown', () => {
    expect(fitBoxes([], 500, 400, 50, 2)).toEqual({ x: 250, y: 200, zoom: 1 })
  })
})

describe('names', () => {
  it('given a view from far away, then they grow, within limits', () => {
    expect(titleScale(1)).toBe(1)
    expect(titleScale(0.6)).toBeCloseTo(1.3)
    expect(titleScale(0.1)).toBe(1.9)
  })
})

describe('a layer drawn under an older view', () => {
  it('given the same view, then it is left alone', () => {
    expect(catchUp({ x: 3, y: 4, zoom: 1 }, { x: 3, y: 4, zoom: 1 })).toBe('')
  })

  it('given a pan, then it is moved by as much', () => {
    expect(catchUp({ x: 3, y: 4, zoom: 1 }, { x: 13, y: -6, zoom: 1 })).toBe(
      'translate(10px, -10px) scale(1)',
    )
  })

  it('given a zoom, then a point of the drawing lies where the view has it', () => {
    const [drawn, now] = [
      { x: 10, y: 20, zoom: 1 },
      { x: 30, y: 0, zoom: 2 },
    ]
    const numbers = catchUp(drawn, now).match(/-?[\d.]+/g)
    const [left = 0, , scale = 0] = numbers?.map(Number) ?? []
    const point = 70
    expect((point * drawn.zoom + drawn.x) * scale + left).toBe(point * now.zoom + now.x)
  })
})
