/** One of the three patterns: its miniature, its question and one sentence. All of it opens the full canvas. */
import { type MouseEvent, useRef } from 'react'
import { handOver } from '../handover.ts'
import { runAddress } from '../route.ts'
import { loadRun } from '../run/load.ts'
import { Miniature, type MiniatureHandle } from './Miniature.tsx'
import styles from './Plate.module.css'
import type { Pattern } from './patterns.ts'

export function Plate({ pattern, running }: { pattern: Pattern; running: boolean }) {
  const { example, name, question, sentence, restUs } = pattern
  const miniature = useRef<MiniatureHandle>(null)
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const handover = miniature.current?.handover()
    if (handover) handOver(handover)
  }
  const prepare = () => void loadRun()
  return (
    <article className={styles.plate} onPointerEnter={prepare} onFocus={prepare}>
      <p className={styles.name}>{name}</p>
      <Miniature example={example} running={running} restUs={restUs} handle={miniature} />
      <h2 className={styles.question}>
        <a className={styles.link} href={runAddress(example.id)} onClick={onClick}>
          {question}
        </a>
      </h2>
      <p className={styles.sentence}>{sentence}</p>
    </article>
  )
}
