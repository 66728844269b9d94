/** A node: what it is, what is in it now, what can be done to it, its numbers, its parameters. */
import { lazy, Suspense } from 'react'
import type { NodeDoc } from '../scenario/document.ts'
import type { Edit } from '../scenario/edit.ts'
import { polledBy } from '../scenario/polled.ts'
import { LIMITS } from '../scenario/schema/limits.ts'
import { useSession } from '../session/react.tsx'
import { Badge } from '../ui/Badge.tsx'
import { CrashIcon, SlowIcon } from '../ui/icons.ts'
import { Term } from '../ui/Term.tsx'
import { TextField } from '../ui/TextField.tsx'
import { ChangeActs, FirstActs } from './acts/NodeActs.tsx'
import { nameProblem } from './design/texts.tsx'
import { useEdit, useProblem } from './editing.ts'
import styles from './Inspector.module.css'
import { DesignSection, NowSection } from './Moments.tsx'
import { NODE_KIND_WORDS, SUBSCRIBER_WORDS } from './nodeKinds.ts'
import { NodeNow } from './now/NodeNow.tsx'
import { useNodeState } from './now/nodeState.ts'
import { Numbers } from './numbers/Numbers.tsx'

const Money = lazy(() => import('./money/Money.tsx'))
const NodeDesign = lazy(() => import('./design/NodeDesign.tsx'))

export function NodeInspector({ doc }: { doc: NodeDoc }) {
  const edit = useEdit()
  const problemWith = useProblem()
  const rename = (text: string): Edit => ({
    edit: 'changeNode',
    id: doc.id,
    changes: { name: text.trim() },
  })
  const polled = useSession(({ scenario }) =>
    doc.kind === 'pollingConsumer' ? polledBy(doc.id, scenario) : 'received',
  )
  const { name, meaning } =
    polled === 'received' ? NODE_KIND_WORDS[doc.kind] : SUBSCRIBER_WORDS[polled]
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kindRow}>
          <span className={styles.kind}>
            <Term meaning={meaning}>{name}</Term>
          </span>
          <StateBadges doc={doc} />
        </div>
        <TextField
          label="Name"
          value={doc.name}
          validate={(text) => nameProblem(text, LIMITS.nameChars) ?? problemWith(rename(text))}
          onCommit={(text) => edit(rename(text))}
        />
      </header>
      <NowSection acts>
        <FirstActs doc={doc} />
        <NodeNow doc={doc} />
        <ChangeActs doc={doc} />
      </NowSection>
      {doc.kind === 'eventStore' && (
        <Suspense>
          <Money store={doc.id} />
        </Suspense>
      )}
      <Numbers node={doc.id} />
      <DesignSection>
        <Suspense fallback={null}>
          <NodeDesign doc={doc} />
        </Suspense>
      </DesignSection>
    </>
  )
}

function StateBadges({ doc }: { doc: NodeDoc }) {
  const state = useNodeState(doc)
  if (state === null) return null
  return (
    <>
      {state.crashed && (
        <Badge tone="danger" icon={CrashIcon}>
          crashed
        </Badge>
      )}
      {state.slow !== 1 && (
        <Badge tone="warning" icon={SlowIcon}>
          {state.slow}× as long
        </Badge>
      )}
    </>
  )
}
