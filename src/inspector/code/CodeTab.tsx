/**
 * The article's program for this scenario, beside the run: in the language of choice, for the whole or for
 * one of its programs, with the settings of this moment, and the line lit that just happened.
 */
import { useMemo, useState } from 'react'
import { NODE_KINDS } from '../../scenario/kinds.ts'
import { generateProgram, type Language, textOf } from '../../scenario/program/generate.ts'
import { kurrentProgram } from '../../scenario/program/kurrent/kurrent.ts'
import { useSession } from '../../session/react.tsx'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select, type SelectOption } from '../../ui/Select.tsx'
import { MomentLink } from '../Selectable.tsx'
import styles from './CodeTab.module.css'
import type { Lighting } from './litLines.ts'
import { changesText, NO_CHANGES, presentScenario } from './presentScenario.ts'
import { useLighting } from './useLighting.ts'

const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
] as const
/** Where there is an event store: the other two keep it in memory. */
const WITH_KURRENT = [...LANGUAGES, { value: 'kurrent', label: 'KurrentDB' }] as const
type Choice = (typeof WITH_KURRENT)[number]['value']

const WHOLE = ''

export default function CodeTab() {
  const scenario = useSession((state) => state.scenario)
  const changes = useSession((state) => changesText(state.frame))
  const [language, setLanguage] = useState<Choice | null>(null)
  const [node, setNode] = useProgramChoice()
  const known = scenario.nodes.some(({ id }) => id === node) ? node : WHOLE
  const present = useMemo(() => presentScenario(scenario, changes), [scenario, changes])
  const kurrent = useMemo(() => kurrentProgram(present, known || null), [present, known])
  const chosen = language ?? scenario.code ?? 'python'
  // What has nothing to do with a store has no program for one.
  const spoken = chosen === 'kurrent' && kurrent === null ? 'typescript' : chosen
  const program = useMemo(
    () =>
      (spoken === 'kurrent' && kurrent) || generateProgram(present, known || null, plain(spoken)),
    [present, known, spoken, kurrent],
  )
  const code = useMemo(() => textOf(program).trimEnd(), [program])
  const lighting = useLighting(program)
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Segmented
          hideLabel
          size="small"
          label="Language"
          value={spoken}
          options={kurrent ? WITH_KURRENT : LANGUAGES}
          onChange={setLanguage}
        />
        <Programs value={known} onChange={setNode} />
      </div>
      <CodeBlock
        label={`${program.title}, ${program.language === 'python' ? 'Python' : 'TypeScript'}`}
        caption={program.title}
        code={code}
        language={program.language}
        lit={lighting.lines}
      />
      <JustHappened lighting={lighting} acted={changes !== NO_CHANGES} />
    </div>
  )
}

function plain(choice: Choice): Language {
  return choice === 'python' ? 'python' : 'typescript'
}

function Programs({ value, onChange }: { value: string; onChange: (node: string) => void }) {
  const nodes = useSession((state) => state.scenario.nodes)
  const options: SelectOption<string>[] = NODE_KINDS.flatMap((kind) =>
    nodes.filter((node) => node.kind === kind).map(({ id, name }) => ({ value: id, label: name })),
  )
  return (
    <Select
      hideLabel
      label="Program of"
      value={value}
      options={[{ value: WHOLE, label: 'all programs' }, ...options]}
      onChange={onChange}
    />
  )
}

/**
 * Selecting a node on the canvas chooses its program, selecting nothing all of them; a choice made here
 * holds until then.
 */
function useProgramChoice(): [string, (node: string) => void] {
  const chosen = useSession(({ selection }) => {
    if (selection === null) return WHOLE
    return selection.type === 'node' ? selection.id : null
  })
  const [choice, setChoice] = useState({ node: chosen ?? WHOLE, chosen })
  if (choice.chosen !== chosen) setChoice({ node: chosen ?? choice.node, chosen })
  return [choice.node, (node) => setChoice({ node, chosen })]
}

function JustHappened({ lighting: { fact }, acted }: { lighting: Lighting; acted: boolean }) {
  return (
    <p className={styles.fact}>
      {fact === null && 'No line has run yet at this moment.'}
      {fact && (
        <>
          <MomentLink timeUs={fact.timeUs} moment={{ factIndex: fact.index + 1 }} /> {fact.sentence}
        </>
      )}
      {acted && ' The settings are those of this moment: acts have changed them.'}
    </p>
  )
}
