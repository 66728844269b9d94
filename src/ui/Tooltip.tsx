/** One sentence that appears at hover or focus, stays while the pointer is on it, and goes with Escape. */

import {
  cloneElement,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { type Placement, useAnchor } from './anchor.ts'
import styles from './Tooltip.module.css'

type Described = { 'aria-describedby'?: string | undefined }

export type TooltipProps = {
  /** What it says. */
  text: ReactNode
  /** One focusable element. */
  children: ReactElement<Described>
  placement?: Placement
  /** When the text repeats the child's own name, as on icon buttons, it is not announced twice. */
  repeatsName?: boolean
  /** Shown at once, for words that a reader points at on purpose. */
  immediate?: boolean
}

const openDelayMs = 400
const closeDelayMs = 120

export function Tooltip(props: TooltipProps) {
  const { text, children, placement = 'bottom', repeatsName = false, immediate = false } = props
  const id = useId()
  const holder = useRef<HTMLSpanElement>(null)
  const bubble = useRef<HTMLSpanElement>(null)
  const { open, show, hide } = useDelayedOpen()

  // Before it is placed: what is not shown has no size.
  useLayoutEffect(() => {
    if (open) bubble.current?.showPopover()
  }, [open])
  useAnchor(() => holder.current?.firstElementChild ?? null, bubble, open, placement)
  useDismissal(open, holder, hide)

  const onPointerEnter = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') show(immediate ? 0 : openDelayMs)
  }
  const described = repeatsName ? {} : { 'aria-describedby': open ? id : undefined }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has no box and only overhears; the child is what acts
    <span
      ref={holder}
      className={styles.holder}
      onPointerEnter={onPointerEnter}
      onPointerLeave={(event) => event.pointerType !== 'touch' && hide(closeDelayMs)}
      onPointerUp={() => immediate && show(0)}
      onPointerDown={() => !immediate && hide(0)}
      onFocus={(event) => event.target.matches(':focus-visible') && show(0)}
      onBlur={() => hide(0)}
    >
      {cloneElement(children, described)}
      {open && (
        <span ref={bubble} id={id} role="tooltip" popover="manual" className={styles.bubble}>
          {text}
        </span>
      )}
    </span>
  )
}

function useDelayedOpen() {
  const [open, setOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const set = (value: boolean, delayMs: number) => {
    clearTimeout(timer.current)
    // Showing always waits a turn: a menu that closes gives its focus back in the middle of its own
    // hiding, and the browser refuses to show one popover while it hides another.
    if (delayMs === 0 && !value) setOpen(false)
    else timer.current = setTimeout(() => setOpen(value), delayMs)
  }
  return {
    open,
    show: (delayMs: number) => set(true, delayMs),
    hide: (delayMs: number) => set(false, delayMs),
  }
}

/** Listens on the window: a tooltip opened by hover or touch does not have the focus. */
function useDismissal(
  open: boolean,
  holder: RefObject<Element | null>,
  hide: (ms: number) => void,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `hide` is new on every render and always does the same
  useEffect(() => {
    if (!open) return
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide(0)
    const onPointerDown = (event: Event) =>
      !holder.current?.contains(event.target as Node) && hide(0)
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('pointerdown', onPointerDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('pointerdown', onPointerDown)
    }
  }, [open])
}
