/** The ledger of effects: what a handler did, newest first, with every effect that happened again marked as such. */
import type { Effect } from '../../history/frame.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, MomentLink } from '../Selectable.tsx'
import { countText, ordinalText } from '../timeText.ts'
import styles from './Ledger.module.css'

const MEANING =
  'What the handler did to the world outside: an e-mail sent, a card charged. An effect cannot be taken back, so a message that is handled twice has it twice, unless the handler is idempotent.'

export function Ledger({ effects, total }: { effects: readonly Effect[]; total: number }) {
  const title = <Term meaning={MEANING}>Effects</Term>
  const newestFirst = [...effects].reverse()
  return (
    <Part title={title} aside={total > 0 ? countText(total) : undefined}>
      {effects.length === 0 ? (
        <Quiet>None yet.</Quiet>
      ) : (
        <Rows label="Effects, newest first">
          {newestFirst.map((effect) => (
            <li key={`${effect.message}·${effect.times}`} className={styles.effect}>
              <span className={styles.head}>
                <MomentLink timeUs={effect.atUs} />
                {effect.times > 1 && <Badge tone="warning">{ordinalText(effect.times)} time</Badge>}
                <span className={styles.chip}>
                  <MessageChip message={effect.message} />
                </span>
              </span>
              <span className={styles.text}>{effect.text}</span>
            </li>
          ))}
        </Rows>
      )}
    </Part>
  )
}
