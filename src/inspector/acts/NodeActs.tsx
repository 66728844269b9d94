/** What can be done to the selected node at the playhead. Each act goes through the session and makes a branch. */
import type { ComponentType } from 'react'
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import { isClientKind } from '../../scenario/kinds.ts'
import { useSession } from '../../session/react.tsx'
import { type NowProps, useNodeState } from '../now/nodeState.ts'
import { Quiet } from '../Readings.tsx'
import { NodeLink } from '../Selectable.tsx'
import styles from './acts.module.css'
import { LifeActs } from './LifeActs.tsx'
import { PublishNow } from './PublishNow.tsx'
import { SeekGroup } from './SeekGroup.tsx'
import {
  CommandHandlerSettingActs,
  ConsumerSettingActs,
  GroupConsumerSettingActs,
  RelaySettingActs,
} from './SettingActs.tsx'

/** What is special to a kind; crash, restart and slowness are common to all clients. */
const SPECIAL: { [K in NodeKind]: ComponentType<NowProps<K>> | null } = {
  producer: PublishNow,
  exchange: null,
  queue: null,
  consumer: ConsumerSettingActs,
  topic: SeekGroup,
  groupConsumer: GroupConsumerSettingActs,
  eventStore: null,
  commandHandler: CommandHandlerSettingActs,
  projection: null,
  relay: RelaySettingActs,
}

export function NodeActs({ doc }: { doc: NodeDoc }) {
  const state = useNodeState(doc)
  if (state === null) return null
  // As in NodeNow: a kind with its own state.
  const Special = SPECIAL[doc.kind] as ComponentType<{ doc: NodeDoc; state: typeof state }> | null
  const isClient = isClientKind(doc.kind)
  return (
    <div className={styles.acts}>
      {isClient && <LifeActs state={state} works={doc.kind !== 'producer'} />}
      {Special && <Special doc={doc} state={state} />}
      {!isClient && !Special && <ActNearby doc={doc} />}
    </div>
  )
}

function ActNearby({ doc }: { doc: NodeDoc }) {
  const links = useSession((session) => session.scenario.links)
  const near = new Set(
    links.flatMap((link) =>
      link.from === doc.id ? [link.to] : link.to === doc.id ? [link.from] : [],
    ),
  )
  if (near.size === 0) {
    return <Quiet>Nothing is connected to it. Draw a link on the canvas.</Quiet>
  }
  return (
    <Quiet>
      It acts only when others do. Act on what is connected:{' '}
      {[...near].map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <NodeLink id={id} />
        </span>
      ))}
      .
    </Quiet>
  )
}
