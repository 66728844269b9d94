/** One line of the log: when, what sort, where, and the sentence. */
import { memo } from 'react'
import { clockText } from '../base/clockText.ts'
import { useVerbs } from '../session/react.tsx'
import type { FactLine } from '../session/session.ts'
import { askWhy } from '../session/why.ts'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { AskIcon } from '../ui/icons.ts'
import styles from './FactLog.module.css'
import { ToneMark } from './ToneMark.tsx'

type FactRowProps = {
  line: FactLine
  name: string
  when: 'past' | 'now' | 'future'
  /** A finding points at it. */
  pointed: boolean
  tabIndex: number
  onFocus: (index: number) => void
}

const toneWords: Partial<Record<FactLine['tone'], string>> = {
  fault: 'Fault: ',
  action: 'Action: ',
}

export const FactRow = memo(({ line, name, when, pointed, tabIndex, onFocus }: FactRowProps) => {
  const verbs = useVerbs()
  return (
    <li
      data-index={line.index}
      className={classes(styles.row, styles[when], styles[line.tone], pointed && styles.pointed)}
    >
      <button
        type="button"
        data-rove
        className={styles.line}
        tabIndex={tabIndex}
        aria-current={when === 'now' ? 'true' : undefined}
        onFocus={() => onFocus(line.index)}
        onClick={() => verbs.seek({ factIndex: line.index + 1 })}
      >
        <span className={styles.time}>{clockText(line.timeUs, true)}</span>
        <span className={styles.mark}>
          <ToneMark tone={line.tone} />
        </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.sentence}>
          <span className="visually-hidden">
            {toneWords[line.tone]}
            {pointed && 'Part of the finding: '}
          </span>
          {line.sentence}
        </span>
      </button>
      {tabIndex === 0 && (
        <IconButton
          icon={AskIcon}
          size="small"
          label="Why did this happen?"
          className={styles.why}
          onClick={() => askWhy(verbs, { type: 'fact', index: line.index })}
        />
      )}
    </li>
  )
})
