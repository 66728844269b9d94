/** The ledger of effects: what a handler did, newest first, with every effect that happened again marked as such. */
import type { Effect } from '../../history/frame.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageMark, MomentLink } from '../Selectable.tsx'
import { countText, ordinalText } from '../timeText.ts'
import styles from './Ledger.module.css'

const MEANING =
  'What the handler did to the world outside: an e-mail sent, a card charged. An effect cannot be taken back, so a message that is handled twice has it twice, unless the handler is idempotent.'

/** How many effects a client has had: what its inbox knew had none. */
export function effectCount(state: { processed: number; inbox?: { passed: number } }): number {
  return state.processed - (state.inbox?.passed ?? 0)
}

export function Ledger({ effects, total }: { effects: readonly Effect[]; total: number }) {
  const title = <Term meaning={MEANING}>Ledger of effects</Term>
  const newestFirst = [...effects].reverse()
  return (
    <Part title={title} aside={total > 0 ? countText(total) : undefined}>
      {effects.length === 0 ? (
        <Quiet>No effect yet.</Quiet>
      ) : (
        <Rows label="Effects, newest first">
          {newestFirst.map((effect) => (
            <li key={`${effect.message}·${effect.times}·${effect.atUs}`} className={styles.effect}>
              <MomentLink timeUs={effect.atUs} />
              <EffectText effect={effect} />
            </li>
          ))}
        </Rows>
      )}
      {total > effects.length && effects.length > 0 && (
        <Quiet>and {countText(total - effects.length)} before</Quiet>
      )}
    </Part>
  )
}

function EffectText({ effect }: { effect: Effect }) {
  const session = useVerbs()
  const { message, text, times } = effect
  const hue = useSession((state) => state.looks.get(message)?.hue)
  return (
    <button
      type="button"
      className={styles.text}
      onClick={() => session.select({ type: 'message', id: message })}
    >
      <MessageMark hue={hue} />
      <span className={styles.words}>
        {text} {times > 1 && <Badge tone="warning">{ordinalText(times)} time</Badge>}
      </span>
    </button>
  )
}
