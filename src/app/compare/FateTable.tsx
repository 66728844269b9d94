/**
 * What became of each message in both runs: those that are not the same, with what happened to them last. The message that
 * is selected stands above them, with what has become of it up to the playhead.
 */
import type { FateRow, Fates } from '../../history/compare/comparison.ts'
import type { Fate } from '../../history/compare/fates.ts'
import { countText, momentText } from '../../inspector/timeText.ts'
import { type LiveSession, useVerbs } from '../../session/react.tsx'
import styles from './Compare.module.css'
import type { Side } from './opposite.ts'
import type { Sides } from './useSides.ts'

interface FateTableProps {
  fates: Fates
  /** `, up to 00:05.000`, or nothing for whole runs. */
  upTo: string
  selected: FateRow | null
  here: Side
  there: Side
  sides: Sides
}

export function FateTable({ fates, upTo, selected, here, there, sides }: FateTableProps) {
  const { same, differing, onlyHere, onlyThere, rows } = fates
  // Up to the playhead its own row would say the same again.
  const others = rows.filter((row) => upTo === '' || !isOf(row, selected))
  const more = differing + onlyHere + onlyThere - rows.length
  return (
    <>
      <h2 className={styles.title}>Messages{upTo}</h2>
      <p className={styles.quiet}>
        {countText(same)} with the same fate · {countText(differing)} with another
        {onlyHere > 0 && ` · ${countText(onlyHere)} only in ${here.name}`}
        {onlyThere > 0 && ` · ${countText(onlyThere)} only in ${there.name}`}
      </p>
      {(rows.length > 0 || selected) && (
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
              {selected && <FateLine row={selected} sides={sides} isSelected />}
              {others.map((row) => (
                <FateLine
                  key={`${row.here?.message ?? ''} ${row.there?.message ?? ''}`}
                  row={row}
                  sides={sides}
                />
              ))}
            </tbody>
          </table>
          {more > 0 && <p className={styles.quiet}>and {countText(more)} more</p>}
        </section>
      )}
    </>
  )
}

function isOf(row: FateRow, selected: FateRow | null): boolean {
  const side = (fate: Fate | null) => fate?.message
  return (
    selected !== null &&
    side(row.here) === side(selected.here) &&
    side(row.there) === side(selected.there)
  )
}

interface FateLineProps {
  row: FateRow
  sides: Sides
  isSelected?: boolean
}

function FateLine({ row, sides, isSelected }: FateLineProps) {
  const { label, hue, here, there } = row
  return (
    <tr className={isSelected ? styles.selected : undefined} aria-current={isSelected}>
      <th scope="row">
        <Chip label={label} hue={hue} here={here} there={there} sides={sides} />
        {isSelected && <span className={styles.note}>selected, at the playhead</span>}
      </th>
      <FateCell fate={here} />
      <FateCell fate={there} />
    </tr>
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
