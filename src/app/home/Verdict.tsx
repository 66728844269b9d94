/** How much of a statement is true, and the way to the run that shows it. */
import type { Claim } from '../../scenario/claims.ts'
import { findVerdict } from '../../scenario/verdicts.ts'
import { OpenIcon } from '../../ui/icons.ts'
import { claimAddress } from '../route.ts'
import styles from './Comparison.module.css'

interface VerdictProps {
  claim: Claim
  /** The way to the run is pointed at: soon it will be gone. */
  onReach: () => void
}

export default function Verdict({ claim, onReach }: VerdictProps) {
  return (
    <div className={styles.verdict} role="status">
      <p className={styles.words}>{findVerdict(claim.id)?.verdict}</p>
      <a
        className={styles.show}
        href={claimAddress(claim.id)}
        onPointerEnter={onReach}
        onFocus={onReach}
      >
        Show me
        <OpenIcon aria-hidden="true" className={styles.arrow} />
      </a>
    </div>
  )
}
