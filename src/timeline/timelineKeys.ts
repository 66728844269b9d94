/**
 * The keys of the timeline, wherever the focus is: Space plays and pauses, arrows step, Shift+arrows go a second,
 * Home and End to the ends, `,` and `.` step too, `<` and `>` change the speed, `[` and `]` go to where the condition
 * that is asked became true. A key never acts twice: what has a use for it where the focus is (a text field, a
 * button, a list, a node on the canvas) keeps it.
 */

export type TimelineCommand =
  | { type: 'toggle' }
  | { type: 'step'; facts: 1 | -1 }
  | { type: 'second'; direction: 1 | -1 }
  | { type: 'start' }
  | { type: 'end' }
  | { type: 'speed'; direction: 1 | -1 }
  | { type: 'true'; direction: 1 | -1 }

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Where the focus is, by what it needs keys for. */
export type Place =
  /** Writes, or is modal: keeps every key. */
  | 'text'
  /** Has arrows, Home, End and Space of its own: sliders, lists, tabs, nodes of the canvas. */
  | 'composite'
  /** Acts on Space. */
  | 'button'
  | 'page'

export function timelineCommand(event: Key, place: Place): TimelineCommand | null {
  if (event.ctrlKey || event.metaKey || event.altKey || place === 'text') return null
  const character = characterCommand(event.key)
  if (character) return character
  if (place === 'composite') return null
  switch (event.key) {
    case ' ':
      return place === 'button' || event.shiftKey ? null : { type: 'toggle' }
    case 'ArrowRight':
      return event.shiftKey ? { type: 'second', direction: 1 } : { type: 'step', facts: 1 }
    case 'ArrowLeft':
      return event.shiftKey ? { type: 'second', direction: -1 } : { type: 'step', facts: -1 }
    case 'Home':
      return { type: 'start' }
    case 'End':
      return { type: 'end' }
    default:
      return null
  }
}

/** These have no use in lists and on nodes, where the arrows are taken. */
function characterCommand(key: string): TimelineCommand | null {
  if (key === ',') return { type: 'step', facts: -1 }
  if (key === '.') return { type: 'step', facts: 1 }
  if (key === '<') return { type: 'speed', direction: -1 }
  if (key === '>') return { type: 'speed', direction: 1 }
  if (key === '[') return { type: 'true', direction: -1 }
  if (key === ']') return { type: 'true', direction: 1 }
  return null
}

const textInputs =
  'textarea, select, [contenteditable=""], [contenteditable="true"], dialog, [role=dialog], [role=menu], input:not([type=checkbox], [type=radio], [type=range], [type=button])'
const composites =
  'input, .react-flow__node, .react-flow__edge, [role=slider], [role=listbox], [role=tablist], [role=tree], [role=grid], [role=radiogroup], [role=toolbar], [data-own-keys]'

/** What the focused element needs keys for. `[data-own-keys]` marks lists of ours that move with arrows. */
export function placeOf(target: { closest(selector: string): unknown } | null): Place {
  if (!target) return 'page'
  if (target.closest(textInputs)) return 'text'
  if (target.closest(composites)) return 'composite'
  return target.closest('button, summary, [role=button], [role=switch]') ? 'button' : 'page'
}
