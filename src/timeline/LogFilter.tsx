/** What the log lists: by words, by node, by sort of fact; and whether it follows the playhead. */

import { nameOf } from '../session/names.ts'
import { useSession } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { LocateIcon } from '../ui/icons.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { Select } from '../ui/Select.tsx'
import { TextField } from '../ui/TextField.tsx'
import styles from './FactLog.module.css'
import { factGroups, type LogChoice } from './factGroups.ts'

type LogFilterProps = {
  choice: LogChoice
  onChange: (choice: LogChoice) => void
  following: boolean
  onFollow: (following: boolean) => void
}

export function LogFilter({ choice, onChange, following, onFollow }: LogFilterProps) {
  const scenario = useSession((state) => state.scenario)
  const parts = [...scenario.nodes, ...scenario.links].map(({ id }) => ({
    value: id,
    label: nameOf(scenario, id),
  }))
  return (
    <div className={styles.filter}>
      <div className={styles.text}>
        <TextField
          label="Facts with these words"
          hideLabel
          type="search"
          placeholder="Find in facts"
          value={choice.text}
          onInput={(text) => onChange({ ...choice, text })}
        />
      </div>
      <div className={styles.node}>
        <Select
          label="Facts of this node or link"
          hideLabel
          value={choice.node}
          options={[{ value: '', label: 'All nodes' }, ...parts]}
          onChange={(node) => onChange({ ...choice, node })}
        />
      </div>
      <Segmented
        label="Sort of facts"
        hideLabel
        size="small"
        value={choice.group}
        options={factGroups}
        onChange={(group) => onChange({ ...choice, group })}
      />
      <Button
        size="small"
        variant="ghost"
        icon={LocateIcon}
        pressed={following}
        onClick={() => onFollow(!following)}
      >
        Follow
      </Button>
    </div>
  )
}
