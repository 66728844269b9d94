/** Words that lead somewhere: a message or a node that a click selects, a moment that a click goes to. */
import type { ReactNode } from 'react'
import type { Held, MessageLook } from '../history/frame.ts'
import type { LinkDoc, Scenario } from '../scenario/document.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Moment } from '../session/session.ts'
import { classes } from '../ui/classes.ts'
import styles from './Selectable.module.css'
import { momentText } from './timeText.ts'

export interface MessageChipProps {
  message: number
  /** Where the frame may not show it. */
  look?: MessageLook | undefined
  redelivered?: boolean
  /** Instead of the message's own label: an event's type. */
  label?: string
}

export function MessageChip(props: MessageChipProps) {
  const { message, redelivered = false, label } = props
  const session = useVerbs()
  const shown = useSession((state) => state.looks.get(message))
  const look = shown ?? props.look
  const selected = useSession(
    (state) => state.selection?.type === 'message' && state.selection.id === message,
  )
  return (
    <button
      type="button"
      className={classes(styles.chip, selected && styles.selected)}
      aria-current={selected || undefined}
      onClick={() => session.select({ type: 'message', id: message })}
    >
      <MessageMark hue={look?.hue} redelivered={redelivered} />
      <span className={styles.label}>{label ?? look?.label ?? `Message ${message}`}</span>
      {redelivered && <span className={styles.again}>redelivered</span>}
    </button>
  )
}

/** The message as it is drawn on the canvas, small: its hue is its identity, a ring says redelivered. */
export function MessageMark(props: { hue: number | undefined; redelivered?: boolean }) {
  const { hue, redelivered = false } = props
  const fill = hue === undefined ? 'var(--quiet)' : `var(--message-${(hue % 8) + 1})`
  return (
    <span
      aria-hidden="true"
      className={classes(styles.mark, redelivered && styles.ring)}
      style={{ background: fill }}
    />
  )
}

/** A message in a list of messages, with what else there is to say about it. */
/** A message, what is said of it, and below it what can be done to it. */
export function MessageRow(props: { held: Held; children?: ReactNode; below?: ReactNode }) {
  const { held, children, below } = props
  return (
    <li className={classes(styles.row, below !== undefined && styles.stacked)}>
      <MessageChip message={held.message} redelivered={held.redelivered} />
      {children && <span className={styles.beside}>{children}</span>}
      {below}
    </li>
  )
}

export function NodeLink({ id }: { id: string }) {
  const session = useVerbs()
  const name = useSession((state) => state.scenario.nodes.find((node) => node.id === id)?.name)
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => session.select({ type: 'node', id })}
    >
      {name ?? id}
    </button>
  )
}

/** A moment that a click seeks to. */
export function MomentLink(props: { timeUs: number; moment?: Moment }) {
  const session = useVerbs()
  const { timeUs, moment = { atUs: timeUs } } = props
  return (
    <button
      type="button"
      className={classes(styles.link, styles.moment)}
      aria-label={`Go to ${momentText(timeUs)}`}
      onClick={() => session.seek(moment)}
    >
      {momentText(timeUs)}
    </button>
  )
}

export function LinkLink({ id }: { id: string }) {
  const session = useVerbs()
  const name = useSession(({ scenario }) => {
    const link = scenario.links.find((candidate) => candidate.id === id)
    return link ? linkName(link, scenario) : id
  })
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => session.select({ type: 'link', id })}
    >
      {name}
    </button>
  )
}

/** `shop → orders`. */
export function linkName(link: LinkDoc, scenario: Scenario): string {
  const name = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id
  return `${name(link.from)} → ${name(link.to)}`
}
