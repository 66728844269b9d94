/** Which log is looked at, and how one gets in and out: JSON lines or CloudEvents. */
import { useRef } from 'react'
import { useStore } from 'zustand'
import { nameOf } from '../session/names.ts'
import { useSession } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { DownloadIcon, UploadIcon } from '../ui/icons.ts'
import { Menu } from '../ui/Menu.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { eventsText } from './words.ts'

export function FileBar({ room }: { room: FoldRoom }) {
  const log = useStore(room.store, (state) => state.log)
  const fileName = useStore(room.store, (state) => state.fileName)
  const summaries = useStore(room.store, (state) => state.summaries)
  const storeId = useStore(room.store, (state) => state.storeId)
  const stream = useStore(room.store, (state) => state.streams[state.log])
  const scenario = useSession((state) => state.scenario)
  const stores = scenario.nodes.filter(({ kind }) => kind === 'eventStore')
  const streams = summaries[log]?.streams ?? []
  const logs = [
    ...stores.map(({ id }) => ({
      value: `run ${id}`,
      label: `${nameOf(scenario, id)}, in this run`,
    })),
    ...(summaries.decided ? [{ value: 'decided', label: 'as your decider has it' }] : []),
    ...(summaries.file ? [{ value: 'file', label: fileName }] : []),
  ]
  const shown = log === 'run' ? `run ${storeId || (stores[0]?.id ?? '')}` : log
  const show = (value: string) => {
    if (value === 'file' || value === 'decided') room.showLog(value)
    else {
      if (log !== 'run') room.showLog('run')
      if (value !== `run ${storeId}`) room.showStore(value.slice('run '.length))
    }
  }
  return (
    <div className={styles.bar}>
      {logs.length > 1 && (
        <Select hideLabel label="Log" value={shown} options={logs} onChange={show} />
      )}
      {streams.length > 1 && (
        <Select
          hideLabel
          label="Stream"
          value={stream || (streams[0]?.name ?? '')}
          options={streams.map(({ name, events }) => ({
            value: name,
            label: `${name} (${eventsText(events)})`,
          }))}
          onChange={(chosen) => room.showStream(chosen)}
        />
      )}
      <Import room={room} />
      <Export room={room} />
    </div>
  )
}

function Import({ room }: { room: FoldRoom }) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        aria-label="Log of events"
        accept=".json,.jsonl,.ndjson,application/json,application/x-ndjson,application/cloudevents+json"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void room.readFile(file)
        }}
      />
      <Button size="small" icon={UploadIcon} onClick={() => field.current?.click()}>
        Import a log
      </Button>
    </>
  )
}

function Export({ room }: { room: FoldRoom }) {
  const write = (format: 'jsonLines' | 'cloudEvents') => {
    const { log } = room.store.getState()
    const source = room.sourceName
    room.ask('write', { log, format, source }).then(
      (blob) =>
        save(blob, `${fileNameOf(source)}${format === 'cloudEvents' ? '.cloudevents' : ''}.jsonl`),
      (error: unknown) => room.store.setState({ problem: String(error) }),
    )
  }
  return (
    <Menu
      label="Export the log"
      placement="bottom-end"
      items={[
        {
          id: 'jsonLines',
          label: 'JSON lines',
          detail: 'one event a line',
          onSelect: () => write('jsonLines'),
        },
        {
          id: 'cloudEvents',
          label: 'CloudEvents 1.0',
          detail: 'one a line',
          onSelect: () => write('cloudEvents'),
        },
      ]}
      trigger={(trigger) => (
        <Button size="small" icon={DownloadIcon} {...trigger}>
          Export
        </Button>
      )}
    />
  )
}

function fileNameOf(source: string): string {
  return source.replace(/\.(jsonl?|ndjson)$/i, '').replace(/[^\w.-]+/g, '-') || 'events'
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
