/** Whose undo it is where the focus is: a field's, of what is being written there, or the page's, of what was changed. */

/** The field that was written into since its text was last committed or given up. */
let halfWritten: EventTarget | null = null

/** Follows what is written; returns how to stop. Before the fields see a key, since some keep theirs to themselves. */
export function followWriting(): () => void {
  const onInput = ({ target }: Event) => {
    halfWritten = isText(target) ? target : null
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter' || key === 'Escape') halfWritten = null
  }
  const onLeave = () => {
    halfWritten = null
  }
  addEventListener('input', onInput, true)
  addEventListener('keydown', onKeyDown, true)
  addEventListener('focusout', onLeave, true)
  return () => {
    removeEventListener('input', onInput, true)
    removeEventListener('keydown', onKeyDown, true)
    removeEventListener('focusout', onLeave, true)
  }
}

/** What is chosen or switched is committed at once. */
function isText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range'].includes(target.type)
  return target instanceof HTMLTextAreaElement
}

/** Text that cannot be taken yet, programs and dialogs keep their undo too. */
export function keepsUndo(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('dialog, [role=dialog], [contenteditable=true]')) return true
  return target === halfWritten || target.getAttribute('aria-invalid') === 'true'
}
