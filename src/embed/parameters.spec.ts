/** Authors write these by hand: what can be read is taken, what cannot is left at its usual value. */
import { describe, expect, test } from 'vitest'
import { readParameters } from './parameters.ts'

describe('given the address of a figure', () => {
  test('without parameters it starts by itself, at normal speed, in the theme of the page', () => {
    expect(readParameters('', '')).toEqual({
      moment: null,
      exampleId: null,
      atUs: null,
      speed: 1,
      autoplay: true,
      theme: 'auto',
    })
  })

  test('everything that it can say is taken', () => {
    const search = '?example=orders&t=12.4&speed=0.5&autoplay=0&theme=dark'
    expect(readParameters(search, '')).toMatchObject({
      exampleId: 'orders',
      atUs: 12_400_000,
      speed: 0.5,
      autoplay: false,
      theme: 'dark',
    })
  })

  test('a moment is taken from the fragment as it stands', () => {
    expect(readParameters('?embed', '#m=1.a.b.c').moment).toBe('#m=1.a.b.c')
    expect(readParameters('', '#elsewhere').moment).toBeNull()
  })

  test('a time may carry its unit, and speeds stay within what the timeline offers', () => {
    expect(readParameters('?t=3s', '').atUs).toBe(3_000_000)
    expect(readParameters('?speed=1000000', '').speed).toBe(1000)
    expect(readParameters('?speed=0', '').speed).toBe(0.1)
  })

  test('what cannot be read is left at its usual value', () => {
    const read = readParameters('?t=soon&speed=fast&theme=pink&autoplay=', '')
    expect(read).toMatchObject({ atUs: null, speed: 1, theme: 'auto', autoplay: true })
  })
})
