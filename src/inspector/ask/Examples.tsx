/** Conditions that make sense of the scenario that is open, each a button that asks it. */
import { useVerbs } from '../../session/react.tsx'
import { useAnswer } from '../answer.ts'
import styles from './Ask.module.css'

export function Examples() {
  const session = useVerbs()
  const { answer } = useAnswer('complete', 'examples', { text: '', caret: 0 })
  if (!answer || answer.examples.length === 0) return null
  return (
    <ul aria-label="Examples" className={styles.examples}>
      {answer.examples.map((text) => (
        <li key={text}>
          <button
            type="button"
            className={styles.example}
            onClick={() => session.conditions.ask(text)}
          >
            <code>{text}</code>
          </button>
        </li>
      ))}
    </ul>
  )
}
