/** The keys of the timeline act on the page and give way where they are needed. */
import { describe, expect, it } from 'vitest'
import { type Place, placeOf, timelineCommand } from './timelineKeys.ts'

function press(keys: string, place: Place = 'page') {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return timelineCommand(
    {
      key: key === 'Space' ? ' ' : key,
      shiftKey: parts.includes('Shift'),
      ctrlKey: parts.includes('Ctrl'),
      metaKey: parts.includes('Meta'),
      altKey: parts.includes('Alt'),
    },
    place,
  )
}

describe('the keys of the timeline', () => {
  it.each([
    ['Space', { type: 'toggle' }],
    ['ArrowRight', { type: 'step', facts: 1 }],
    ['ArrowLeft', { type: 'step', facts: -1 }],
    ['Shift+ArrowRight', { type: 'second', direction: 1 }],
    ['Shift+ArrowLeft', { type: 'second', direction: -1 }],
    ['Home', { type: 'start' }],
    ['End', { type: 'end' }],
    ['.', { type: 'step', facts: 1 }],
    [',', { type: 'step', facts: -1 }],
    ['Shift+>', { type: 'speed', direction: 1 }],
    ['<', { type: 'speed', direction: -1 }],
  ])('given %s on the page, then it acts', (keys, command) => {
    expect(press(keys)).toEqual(command)
  })

  it('given a text field or a dialog, then no key acts', () => {
    for (const keys of ['Space', 'ArrowRight', 'Home', '.', ',', '>'])
      expect(press(keys, 'text')).toBeNull()
  })

  it('given a button, then Space is the button’s and arrows still step', () => {
    expect(press('Space', 'button')).toBeNull()
    expect(press('ArrowRight', 'button')).toEqual({ type: 'step', facts: 1 })
  })

  it('given a node of the canvas or a list, then its arrows are its own and . still steps', () => {
    for (const keys of ['Space', 'ArrowRight', 'Shift+ArrowLeft', 'Home', 'End'])
      expect(press(keys, 'composite')).toBeNull()
    expect(press('.', 'composite')).toEqual({ type: 'step', facts: 1 })
  })

  it('given shortcuts of the browser, then they stay the browser’s', () => {
    for (const keys of ['Ctrl+ArrowRight', 'Alt+ArrowLeft', 'Meta+.', 'Shift+Space'])
      expect(press(keys)).toBeNull()
  })
})

describe('where the focus is', () => {
  /** An element inside of what one of these words names. */
  const inside = (...words: string[]) => ({
    closest: (selector: string) => words.some((word) => selector.split(', ').includes(word)),
  })

  it.each([
    ['textarea', 'text'],
    ['select', 'text'],
    ['dialog', 'text'],
    ['.react-flow__node', 'composite'],
    ['[role=slider]', 'composite'],
    ['[data-own-keys]', 'composite'],
    ['button', 'button'],
    ['main', 'page'],
  ])('given %s, then it is %s', (word, place) => {
    expect(placeOf(inside(word))).toBe(place)
  })

  it('given a button inside a node of the canvas, then the node comes first', () => {
    expect(placeOf(inside('button', '.react-flow__node'))).toBe('composite')
  })
})
