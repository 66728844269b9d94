/** The slider of a log from a file: it literally is the length of the prefix that is folded. */
import { IconButton } from '../ui/IconButton.tsx'
import { StepBackIcon, StepForwardIcon } from '../ui/icons.ts'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { type FoldPlace, useGoTo } from './usePlace.ts'
import { countText, eventsText } from './words.ts'

export function FilePosition({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { folded, total } = place
  const goTo = useGoTo(room, place)
  return (
    <div className={styles.position}>
      <IconButton
        icon={StepBackIcon}
        label="One event back"
        size="small"
        onClick={() => goTo(folded - 1)}
      />
      <input
        type="range"
        className={styles.slider}
        aria-label="Events folded"
        aria-valuetext={`${countText(folded)} of ${eventsText(total)}`}
        min={0}
        max={total}
        value={folded}
        onChange={(event) => goTo(Number(event.target.value))}
      />
      <IconButton
        icon={StepForwardIcon}
        label="One event on"
        size="small"
        onClick={() => goTo(folded + 1)}
      />
      <span className={styles.beside}>{`${countText(folded)} of ${eventsText(total)}`}</span>
    </div>
  )
}
