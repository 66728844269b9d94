/** What can be done with a node at this moment: publish, crash, slow down, change settings, link, remove. */
import { useStore } from '@xyflow/react'
import { lazy, Suspense, useMemo } from 'react'
import type { NodeState } from '../history/frame.ts'
import type { NodeDoc, NodeKind, NodeOf } from '../scenario/document.ts'
import { isClientKind, isPlace } from '../scenario/kinds.ts'
import type { Box } from '../scenario/shapes.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import {
  AddIcon,
  CrashIcon,
  CutLinkIcon,
  LinkIcon,
  MoreIcon,
  PauseIcon,
  PlayIcon,
  PublishIcon,
  PurgeIcon,
  RemoveIcon,
  RestartIcon,
  SlowIcon,
  SpeedIcon,
  WarningIcon,
  ZoomOutIcon,
} from '../ui/icons.ts'
import { Menu } from '../ui/Menu.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { showToast } from '../ui/toast.ts'
import { connect, targetsOf } from './connect.ts'
import { gives } from './ports.ts'
import { Toolbar } from './Toolbar.tsx'
import styles from './Tools.module.css'
import { removeNode } from './tryEdit.ts'
import { KIND_WORD } from './words.ts'

const SLOW = 4

const CRASH_CHOICES = [
  { point: 'beforeEffect', label: 'Crash before its next effect' },
  { point: 'afterEffect', label: 'Crash after its effect, before the ack' },
  { point: 'afterAck', label: 'Crash after its next ack' },
] as const

/** Their points are other ones, and the inspector has them. */
const HAS_OWN_POINTS: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'projection',
  'processManager',
  'service',
  'relay',
])

const KeyTrial = lazy(() => import('./KeyTrial.tsx'))
const TopicKeys = lazy(() => import('./TopicKeys.tsx'))
const SubjectTrial = lazy(() => import('./SubjectTrial.tsx'))

export function NodeTools(props: {
  node: NodeDoc
  /** What is unfinished about it. */
  notes: readonly string[]
  readOnly: boolean
  docked: boolean
  onPointerEnter: () => void
  onPointerLeave: () => void
}) {
  const { node, notes, readOnly, docked, onPointerEnter, onPointerLeave } = props
  const state = useSession(({ frame }) => frame?.nodes.find(({ id }) => id === node.id))
  const box = useNodeBox(node.id)
  return (
    <Toolbar
      label={`${node.name}: actions`}
      box={box}
      docked={docked}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      {state && isClientKind(node.kind) && <ClientActs node={node} state={state} />}
      {state?.kind === 'topic' && <ReplayMenu topic={state} />}
      {state?.kind === 'topic' && state.keys.length > 0 && (
        <Suspense>
          <TopicKeys keys={state.keys} partitions={state.partitions.length} />
        </Suspense>
      )}
      {(node.kind === 'queue' ||
        node.kind === 'exchange' ||
        node.kind === 'sqsQueue' ||
        node.kind === 'mqttBroker') && <PartActs node={node} />}
      {node.kind === 'exchange' && (
        <Suspense>
          <KeyTrial exchange={node} />
        </Suspense>
      )}
      {isPlace(node) && (
        <Suspense>
          <SubjectTrial node={node} />
        </Suspense>
      )}
      {!readOnly && <EditActs node={node} />}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <WarningIcon aria-hidden="true" />
          {note}
        </p>
      ))}
    </Toolbar>
  )
}

function useNodeBox(id: string): Box | null {
  const node = useStore((state) => state.nodeLookup.get(id))
  const { x = 0, y = 0 } = node?.position ?? {}
  const { width = 0, height = 0 } = node?.measured ?? {}
  return useMemo(() => ({ x, y, width, height }), [x, y, width, height])
}

function ClientActs({ node, state }: { node: NodeDoc; state: NodeState }) {
  const verbs = useVerbs()
  const { id } = node
  return (
    <>
      {(node.kind === 'producer' || node.kind === 'natsRequester') && (
        <Button
          size="small"
          variant="ghost"
          icon={PublishIcon}
          onClick={() => verbs.act({ do: 'publish', node: id })}
          disabled={state.crashed}
        >
          {node.kind === 'producer' ? 'Publish now' : 'Ask now'}
        </Button>
      )}
      {state.crashed ? (
        <Button
          size="small"
          variant="ghost"
          icon={RestartIcon}
          onClick={() => verbs.act({ do: 'restart', node: id })}
        >
          Restart
        </Button>
      ) : (
        <Button
          size="small"
          variant="ghost"
          icon={CrashIcon}
          onClick={() => verbs.act({ do: 'crash', node: id })}
        >
          Crash
        </Button>
      )}
      {('online' in state || 'away' in state) && !state.crashed && <PresenceAct state={state} />}
      {'crashPoint' in state && !state.crashed && !HAS_OWN_POINTS.has(state.kind) && (
        <MoreActs id={id} subscribes={state.kind === 'consumer'} />
      )}
      {state.kind === 'groupConsumer' && !state.crashed && (
        <MemberActs id={id} closed={state.closed} joined={state.joined} />
      )}
      {'paused' in state && <PauseAct id={id} paused={state.paused} />}
      {node.kind !== 'producer' && node.kind !== 'natsRequester' && (
        <SlowAct id={id} slow={state.slow} />
      )}
      {state.kind === 'consumer' && (
        <ConsumerSettings id={id} prefetch={state.prefetch} ack={state.ack} />
      )}
    </>
  )
}

/** Crashes at a point that it gets to next, and what ends or begins the subscription of a consumer. */
function MoreActs({ id, subscribes }: { id: string; subscribes: boolean }) {
  const verbs = useVerbs()
  const crashes = CRASH_CHOICES.map(({ point, label }) => ({
    id: point,
    label,
    onSelect: () => verbs.act({ do: 'crashAt', node: id, point }),
  }))
  const subscription = SUBSCRIPTION_CHOICES.map(({ act, label }) => ({
    id: act,
    label,
    onSelect: () => verbs.act({ do: act, node: id }),
  }))
  return (
    <Menu
      label="More acts"
      items={subscribes ? [...crashes, ...subscription] : crashes}
      trigger={(trigger) => (
        <IconButton icon={MoreIcon} label="More acts…" size="small" {...trigger} />
      )}
    />
  )
}

/** What can be done to a member of a group besides: close it and start it again, commit, and a job that takes too long. */
function MemberActs(props: { id: string; closed: boolean; joined: boolean }) {
  const { id, closed, joined } = props
  const verbs = useVerbs()
  const choices = closed
    ? ([{ act: 'consume', label: joined ? 'Join the group again' : 'Join now' }] as const)
    : MEMBER_CHOICES
  const items = choices.map(({ act, label }) => ({
    id: act,
    label,
    onSelect: () => verbs.act({ do: act, node: id }),
  }))
  return (
    <Menu
      label="More acts"
      items={items}
      trigger={(trigger) => (
        <IconButton icon={MoreIcon} label="More acts…" size="small" {...trigger} />
      )}
    />
  )
}

const MEMBER_CHOICES = [
  { act: 'commitNow', label: 'Commit now' },
  { act: 'stall', label: 'Let its next record outlast max.poll.interval.ms' },
  { act: 'cancel', label: 'Close it: it leaves its group' },
] as const

const SUBSCRIPTION_CHOICES = [
  { act: 'cancel', label: 'Cancel: nothing more comes' },
  { act: 'consume', label: 'Consume again' },
  { act: 'closeChannel', label: 'Close its channel' },
] as const

type Presence = Extract<NodeState, { online: boolean } | { away: string | null }>

/** Goes offline, and comes back or joins. */
function PresenceAct({ state }: { state: Presence }) {
  const verbs = useVerbs()
  const { id } = state
  const online = 'online' in state ? state.online : state.away === null
  const joined = 'online' in state ? state.joined : state.away !== 'not there yet'
  return (
    <Button
      size="small"
      variant="ghost"
      icon={online ? CutLinkIcon : LinkIcon}
      onClick={() => verbs.act({ do: online ? 'goOffline' : 'comeBack', node: id })}
    >
      {online ? 'Go offline' : joined ? 'Come back' : 'Join now'}
    </Button>
  )
}

function PauseAct({ id, paused }: { id: string; paused: boolean }) {
  const verbs = useVerbs()
  return (
    <IconButton
      icon={paused ? PlayIcon : PauseIcon}
      label={paused ? 'Resume' : 'Pause'}
      size="small"
      onClick={() => verbs.act({ do: paused ? 'resume' : 'pause', node: id })}
    />
  )
}

/** What queue.purge on a stream comes to (RabbitMQ 3.10: 540 NOT_IMPLEMENTED closes the connection). */
const STREAM_PURGED =
  'RabbitMQ does not purge streams: queue.purge closes your connection with 540, not implemented. Records stay.'

/** Purge a queue, restart the broker of a part. */
function PartActs({
  node,
}: {
  node: NodeOf<'queue'> | NodeOf<'exchange'> | NodeOf<'sqsQueue'> | NodeOf<'mqttBroker'>
}) {
  const verbs = useVerbs()
  return (
    <>
      {node.kind !== 'exchange' && node.kind !== 'mqttBroker' && (
        <Button
          size="small"
          variant="ghost"
          icon={PurgeIcon}
          onClick={() => {
            verbs.act({ do: 'purge', node: node.id })
            if (node.kind === 'queue' && node.type === 'stream') showToast(STREAM_PURGED)
          }}
        >
          Purge
        </Button>
      )}
      {node.kind !== 'sqsQueue' && (
        <Button
          size="small"
          variant="ghost"
          icon={RestartIcon}
          onClick={() => verbs.act({ do: 'restartBroker', broker: node.broker })}
        >
          Restart the broker
        </Button>
      )}
    </>
  )
}

function SlowAct({ id, slow }: { id: string; slow: number }) {
  const verbs = useVerbs()
  const normal = slow === 1
  return (
    <Button
      size="small"
      variant="ghost"
      icon={normal ? SlowIcon : SpeedIcon}
      onClick={() => verbs.act({ do: 'slow', node: id, factor: normal ? SLOW : 1 })}
    >
      {normal ? `Slow ×${SLOW}` : 'Normal speed'}
    </Button>
  )
}

const ACKS = [
  { value: 'auto', label: 'auto' },
  { value: 'manual', label: 'manual' },
  { value: 'early', label: 'early' },
] as const

function ConsumerSettings(props: {
  id: string
  prefetch: number
  ack: 'auto' | 'manual' | 'early'
}) {
  const { id, prefetch, ack } = props
  const verbs = useVerbs()
  const setPrefetch = (value: number) => verbs.act({ do: 'set', node: id, name: 'prefetch', value })
  return (
    <>
      <fieldset className={styles.stepper}>
        <legend className="visually-hidden">Prefetch</legend>
        <IconButton
          icon={ZoomOutIcon}
          label={prefetch === 1 ? 'No prefetch limit' : 'Prefetch one less'}
          size="small"
          disabled={prefetch === 0}
          onClick={() => setPrefetch(prefetch - 1)}
        />
        <output className={styles.figure}>prefetch {prefetch === 0 ? '∞' : prefetch}</output>
        <IconButton
          icon={AddIcon}
          label={prefetch === 0 ? 'Limit prefetch to 1' : 'Prefetch one more'}
          size="small"
          onClick={() => setPrefetch(prefetch + 1)}
        />
      </fieldset>
      <Segmented
        label="Acknowledgement"
        hideLabel
        size="small"
        value={ack}
        options={ACKS}
        onChange={(value) => verbs.act({ do: 'set', node: id, name: 'ack', value })}
      />
    </>
  )
}

/** A topic keeps its records: any group may read them again. */
function ReplayMenu({ topic }: { topic: Extract<NodeState, { kind: 'topic' }> }) {
  const verbs = useVerbs()
  if (topic.groups.length === 0) return null
  const items = topic.groups.flatMap(({ name }) => [
    {
      id: `${name} beginning`,
      label: `${name}: from the beginning`,
      onSelect: () =>
        verbs.act({ do: 'seek', topic: topic.id, group: name, to: 'beginning' as const }),
    },
    {
      id: `${name} end`,
      label: `${name}: to the end`,
      onSelect: () => verbs.act({ do: 'seek', topic: topic.id, group: name, to: 'end' as const }),
    },
  ])
  return (
    <Menu
      label="Move a group's offsets"
      items={items}
      trigger={(trigger) => (
        <Button size="small" variant="ghost" icon={RestartIcon} {...trigger}>
          Replay…
        </Button>
      )}
    />
  )
}

function EditActs({ node }: { node: NodeDoc }) {
  const verbs = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const items = targetsOf(scenario, node.id).map((target) => ({
    id: target.id,
    label: target.name,
    detail: KIND_WORD[target.kind],
    onSelect: () => void connect(verbs, node.id, target.id),
  }))
  return (
    <>
      {gives(node.kind) && items.length > 0 && (
        <Menu
          label={`Connect ${node.name} to`}
          items={items}
          trigger={(trigger) => (
            <IconButton icon={LinkIcon} label="Connect to…" size="small" {...trigger} />
          )}
        />
      )}
      <IconButton
        icon={RemoveIcon}
        label={`Remove ${node.name}`}
        shortcut="Delete"
        size="small"
        onClick={() => removeNode(verbs, node.id)}
      />
    </>
  )
}
