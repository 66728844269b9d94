/** Publishes a message at the playhead: one of the person's own, or the producer's next. */
import { type FormEvent, useState } from 'react'
import type { NodeKind } from '../../scenario/document.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { PublishIcon } from '../../ui/icons.ts'
import { TextField } from '../../ui/TextField.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

/** What a key is called by those who look at it; the others have none. */
const KEY_NAMES: Partial<Record<NodeKind, string>> = { exchange: 'Routing key', topic: 'Key' }

export function PublishNow({ doc, state }: NowProps<'producer'>) {
  const session = useVerbs()
  const [body, setBody] = useState('')
  const [key, setKey] = useState('')
  const keyName = useSession(({ scenario }) => {
    const targets = scenario.links.filter((link) => link.from === doc.id).map((link) => link.to)
    const kinds = scenario.nodes.filter(({ id }) => targets.includes(id)).map(({ kind }) => kind)
    return kinds.map((kind) => KEY_NAMES[kind]).find((name) => name !== undefined)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    session.act({
      do: 'publish',
      node: doc.id,
      ...(body === '' ? {} : { body }),
      ...(key === '' ? {} : { key }),
    })
  }
  const example = doc.bodies.at(-1) ?? ''
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        code
        label="Body"
        value={body}
        placeholder="its next one"
        hint={
          example === '' ? undefined : <span className={styles.example}>Such as {example}</span>
        }
        onInput={setBody}
      />
      {keyName !== undefined && (
        <TextField code label={keyName} value={key} placeholder="its own" onInput={setKey} />
      )}
      <Button type="submit" icon={PublishIcon} disabled={state.crashed}>
        Publish now
      </Button>
    </form>
  )
}
