/** All that a room needs to read beside the canvas: the title, the time, and the start of the run's hash. */
import { useEffect, useState } from 'react'
import { clockText } from '../../base/clockText.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon } from '../../ui/icons.ts'
import { shortHash } from '../moment.ts'
import styles from './PresenterBar.module.css'

export function PresenterBar({ onLeave }: { onLeave: () => void }) {
  const title = useSession((state) => state.scenario.title)
  const timeUs = useSession((state) => state.timeUs)
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      <span className={styles.time}>{clockText(timeUs, true)}</span>
      <HashHere />
      <span className={styles.leave}>
        <IconButton icon={CloseIcon} label="Stop presenting" shortcut="Esc" onClick={onLeave} />
      </span>
    </header>
  )
}

/** The same on every machine that stands at the same moment of the same run. */
function HashHere() {
  const session = useVerbs()
  const factIndex = useSession((state) => state.factIndex)
  const playing = useSession((state) => state.playing)
  const branchId = useSession((state) => state.branchId)
  const [hash, setHash] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch has another hash at the same fact
  useEffect(() => {
    // Reading it costs a pass over the run, and nobody compares while things move.
    if (playing) return
    let current = true
    session.ask('hash', { factIndex }).then(
      (full) => current && setHash(shortHash(full)),
      () => {},
    )
    return () => {
      current = false
    }
  }, [session, factIndex, playing, branchId])
  return (
    <output className={styles.hash} aria-label="Hash of the run up to here">
      {playing ? '······' : hash}
    </output>
  )
}
