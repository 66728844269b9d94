/** Publishes a message at the playhead: one of the person's own, or the producer's next. */
import { type FormEvent, useState } from 'react'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { PublishIcon } from '../../ui/icons.ts'
import { TextField } from '../../ui/TextField.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

export function PublishNow({ doc, state }: NowProps<'producer'>) {
  const { act } = useVerbs()
  const [body, setBody] = useState('')
  const [key, setKey] = useState('')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    act({
      do: 'publish',
      node: doc.id,
      ...(body === '' ? {} : { body }),
      ...(key === '' ? {} : { key }),
    })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.pair}>
        <TextField label="Body" code value={body} placeholder="its next one" onInput={setBody} />
        <TextField label="Key" code value={key} placeholder="its next one" onInput={setKey} />
      </div>
      <Button type="submit" icon={PublishIcon} disabled={state.crashed}>
        Publish now
      </Button>
    </form>
  )
}
