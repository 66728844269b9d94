/**
 * The field in which a condition is written: what fits at the caret is offered below it (arrows choose, Enter or
 * Tab takes it), Enter asks, Escape gives up. What cannot be read is said with its place.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import styles from './ConditionField.module.css'

type Item = Questions['complete']['answer']['items'][number]

export interface ConditionFieldProps {
  /** The condition that is asked at present. */
  value: string
  onAsk: (text: string) => void
  /** Id of what is said about it below. */
  describedBy?: string
  invalid?: boolean
}

export function ConditionField({ value, onAsk, describedBy, invalid }: ConditionFieldProps) {
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(value)
  const [shown, setShown] = useState(value)
  const { items, offer, close, open } = useOffer()
  const [active, setActive] = useState(-1)
  // What is asked elsewhere (an example, an undo) takes the place of a draft.
  if (shown !== value) {
    setShown(value)
    setText(value)
  }

  const write = (next: string, caret: number) => {
    setText(next)
    setActive(-1)
    offer(next, caret)
  }
  const take = (item: Item) => {
    const caret = input.current?.selectionStart ?? text.length
    const next = text.slice(0, item.from) + item.insert + text.slice(caret)
    const at = item.from + item.insert.length
    write(next, at)
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(at, at)
    })
  }
  const ask = () => {
    close()
    onAsk(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = items[active]
    if (event.key === 'ArrowDown' && items.length > 0) setActive((active + 1) % items.length)
    else if (event.key === 'ArrowUp' && items.length > 0) {
      setActive((Math.max(active, 0) + items.length - 1) % items.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) take(chosen)
    else if (event.key === 'Enter') ask()
    else if (event.key === 'Escape' && open()) close()
    else if (event.key === 'Escape' && text !== value) setText(value)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        When was it true?
      </label>
      <div className={styles.row}>
        <textarea
          ref={input}
          id={id}
          rows={2}
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-items`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className={styles.input}
          value={text}
          placeholder="backlog(orders) > 3"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) =>
            write(event.target.value.replaceAll('\n', ' '), event.target.selectionStart)
          }
          onFocus={(event) => offer(text, event.target.selectionStart)}
          onBlur={() => close()}
          onKeyDown={onKeyDown}
        />
        <Button variant="solid" size="small" disabled={text.trim() === ''} onClick={ask}>
          Ask
        </Button>
      </div>
      <Offered id={id} items={items} active={active} onTake={take} />
    </div>
  )
}

interface OfferedProps {
  id: string
  items: readonly Item[]
  active: number
  onTake: (item: Item) => void
}

function Offered({ id, items, active, onTake }: OfferedProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      ref={list}
      id={`${id}-items`}
      role="listbox"
      aria-label="What can stand here"
      className={styles.items}
      hidden={items.length === 0}
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={item.label}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={classes(styles.item, index === active && styles.active)}
          // Before the field loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(item)}
        >
          <code>{item.label}</code>
          <span className={styles.meaning}>{item.meaning}</span>
        </div>
      ))}
    </div>
  )
}

/**
 * What fits at the caret; the latest question counts. An offer is open from the moment it is asked for: a quick
 * Escape closes it before it comes, and does not clear the field.
 */
function useOffer() {
  const session = useVerbs()
  const [items, setItems] = useState<readonly Item[]>([])
  const turn = useRef(0)
  const isOpen = useRef(false)
  const close = () => {
    turn.current++
    isOpen.current = false
    setItems([])
  }
  const offer = (text: string, caret: number) => {
    const mine = ++turn.current
    isOpen.current = true
    session.ask('complete', { text, caret }).then(
      (answer) => {
        if (mine !== turn.current) return
        isOpen.current = answer.items.length > 0
        setItems(answer.items)
      },
      () => {
        if (mine === turn.current) isOpen.current = false
      },
    )
  }
  return { items, offer, close, open: () => isOpen.current }
}
