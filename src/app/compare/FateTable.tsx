/** What became of each message in both runs: those that are not the same, with what happened to them last. */
import type { Fates } from '../../history/compare/comparison.ts'
import type { Fate } from '../../history/compare/fates.ts'
import { countText, momentText } from '../../inspector/timeText.ts'
import { type LiveSession, useVerbs } from '../../session/react.tsx'
import styles from './Compare.module.css'
import type { Side } from './opposite.ts'
import type { Sides } from './useSides.ts'

interface FateTableProps {
  fates: Fates
  here: Side
  there: Side
  sides: Sides
}

export function FateTable({ fates, here, there, sides }: FateTableProps) {
  const { same, differing, onlyHere, onlyThere, rows } = fates
  const more = differing + onlyHere + onlyThere - rows.length
  return (
    <>
      <h2 className={styles.title}>Messages</h2>
      <p className={styles.quiet}>
        {countText(same)} with the same fate · {countText(differing)} with another ·{' '}
        {countText(onlyHere)} only in {here.name} · {countText(onlyThere)} only in {there.name}
      </p>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard
        <section className={styles.scroller} aria-label="Fates of messages" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Message</th>
                <th scope="col">{here.name}</th>
                <th scope="col">{there.name}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, hue, here: mine, there: other }) => (
                <tr key={`${mine?.message ?? ''} ${other?.message ?? ''}`}>
                  <th scope="row">
                    <Chip label={label} hue={hue} here={mine} there={other} sides={sides} />
                  </th>
                  <FateCell fate={mine} />
                  <FateCell fate={other} />
                </tr>
              ))}
            </tbody>
          </table>
          {more > 0 && <p className={styles.quiet}>and {countText(more)} more</p>}
        </section>
      )}
    </>
  )
}

interface ChipProps {
  label: string
  hue: number
  here: Fate | null
  there: Fate | null
  sides: Sides
}

/** Selects the message in both runs, or in the one that has it. */
function Chip({ label, hue, here, there, sides }: ChipProps) {
  const main = useVerbs()
  const select = (session: LiveSession, fate: Fate) =>
    session.select({ type: 'message', id: fate.message })
  return (
    <button
      type="button"
      className={styles.chip}
      onClick={() => {
        if (here) select(main, here)
        else if (there) select(sides.there, there)
      }}
    >
      <span
        aria-hidden="true"
        className={styles.mark}
        style={{ background: `var(--message-${(hue % 8) + 1})` }}
      />
      {label}
    </button>
  )
}

function FateCell({ fate }: { fate: Fate | null }) {
  const main = useVerbs()
  if (!fate) return <td className={styles.none}>not there</td>
  const { sentence, timeUs, handled } = fate
  return (
    <td>
      {sentence} {handled > 1 && <b className={styles.lit}>Handled {handled} times.</b>}{' '}
      {fate.factIndex > 0 && (
        <button
          type="button"
          className={styles.moment}
          aria-label={`Go to ${momentText(timeUs)}`}
          onClick={() => main.seek({ atUs: timeUs })}
        >
          {momentText(timeUs)}
        </button>
      )}
    </td>
  )
}
