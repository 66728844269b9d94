/** Which node an event happens on: React Flow writes its id on its element. */

/** Its id, if the element itself is a node (not something inside one). */
export function nodeAt(target: EventTarget | null): string | null {
  const element = target instanceof Element ? target : null
  if (!element?.classList.contains('react-flow__node')) return null
  return element.getAttribute('data-id')
}
