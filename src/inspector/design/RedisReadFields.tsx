/** How much a read of a Redis stream brings, and how long it waits: in the design and from the playhead on. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'

export function RedisReadFields(props: {
  count: number
  blockMs: number
  onChange: (name: 'count' | 'blockMs', value: number) => void
}) {
  const { count, blockMs, onChange } = props
  return (
    <>
      <NumberField
        inline
        label="Entries of one read (COUNT)"
        min={1}
        max={LIMITS.pollRecords}
        value={count}
        onCommit={(next) => onChange('count', next)}
      />
      <NumberField
        inline
        label="A read blocks (BLOCK)"
        unit="ms"
        hint={blockMs === 0 ? '0 blocks for ever.' : undefined}
        min={0}
        max={LIMITS.delayMs}
        value={blockMs}
        onCommit={(next) => onChange('blockMs', next)}
      />
    </>
  )
}
