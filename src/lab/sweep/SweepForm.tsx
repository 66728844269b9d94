/** What to vary and what to measure, as one sentence of a few fields. */
import type { Measure } from '../../history/experiments/measures.ts'
import type { Setting } from '../../history/experiments/settings.ts'
import type { Scenario } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from '../Lab.module.css'
import { measureText, ownerText, settingText, settingUnit } from '../words.ts'
import { changeForm, type SweepForm as Form, SEEDS_MAX, STEPS_MAX } from './sweepState.ts'

interface SweepFormProps {
  scenario: Scenario
  form: Form
  settings: readonly Setting[]
  measures: readonly Measure[]
  setting: Setting
  measure: Measure
}

export function SweepForm(props: SweepFormProps) {
  const { scenario, form, settings, measures, setting, measure } = props
  return (
    <div className={styles.fields}>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Vary</legend>
        <Select
          label="Of"
          value={setting.owner}
          options={ownersOf(scenario, settings)}
          onChange={(owner) => takeSetting(settings.find((each) => each.owner === owner))}
        />
        <Select
          label="Setting"
          value={setting.id}
          options={settings
            .filter(({ owner }) => owner === setting.owner)
            .map((each) => ({ value: each.id, label: settingText(each) }))}
          onChange={(id) => takeSetting(settings.find((each) => each.id === id))}
        />
        <Range form={form} setting={setting} />
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Measure</legend>
        <Select
          label="In"
          value={measure.node ?? ''}
          options={ownersOf(
            scenario,
            measures.map(({ node }) => ({ owner: node ?? '' })),
          )}
          onChange={(owner) => {
            const first = measures.find(({ node }) => (node ?? '') === owner)
            if (first) changeForm({ measureId: first.id })
          }}
        />
        <Select
          label="Number"
          value={measure.id}
          options={measures
            .filter(({ node }) => node === measure.node)
            .map((each) => ({ value: each.id, label: measureText(each) }))}
          onChange={(measureId) => changeForm({ measureId })}
        />
      </fieldset>
      <Runs form={form} />
    </div>
  )
}

function Range({ form, setting }: { form: Form; setting: Setting }) {
  const step = setting.whole ? 1 : setting.max <= 1 ? 0.01 : 0.001
  const unit = settingUnit(setting)
  const bounds = { min: setting.min, max: setting.max, step, ...(unit !== '' && { unit }) }
  return (
    <div className={styles.three}>
      <NumberField
        label="From"
        value={form.from}
        {...bounds}
        onCommit={(from) => changeForm({ from, to: Math.max(from, form.to) })}
      />
      <NumberField
        label="To"
        value={form.to}
        {...bounds}
        onCommit={(to) => changeForm({ to, from: Math.min(to, form.from) })}
      />
      <NumberField
        label="Values"
        value={form.steps}
        min={1}
        max={STEPS_MAX}
        onCommit={(steps) => changeForm({ steps })}
      />
    </div>
  )
}

function Runs({ form }: { form: Form }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Runs</legend>
      <div className={styles.three}>
        <NumberField
          label="Seeds"
          value={form.seeds}
          min={1}
          max={SEEDS_MAX}
          onCommit={(seeds) => changeForm({ seeds })}
        />
        <NumberField
          label="Each for"
          unit="s"
          value={form.durationMs / 1000}
          min={0.001}
          max={LIMITS.durationMs / 1000}
          step={0.001}
          onCommit={(s) => changeForm({ durationMs: Math.round(s * 1e6) / 1000 })}
        />
        <NumberField
          label="Leave out"
          unit="%"
          value={form.leftOutPercent}
          min={0}
          max={90}
          onCommit={(leftOutPercent) => changeForm({ leftOutPercent })}
        />
      </div>
      <p className={styles.hint}>
        Every value runs under the same seeds. A run begins empty: what it shows at its beginning is
        left out.
      </p>
    </fieldset>
  )
}

/** Owners in the order of the scenario, each once. */
function ownersOf(scenario: Scenario, items: readonly { owner: string }[]) {
  const owners = [...new Set(items.map(({ owner }) => owner))]
  return owners.map((owner) => ({ value: owner, label: ownerText(scenario, owner || null) }))
}

/** Another setting begins with a range around its value. */
function takeSetting(setting: Setting | undefined): void {
  if (!setting) return
  const { id, value, min, max, whole } = setting
  const at = value ?? Math.min(max, Math.max(min, 1))
  const within = (wanted: number) =>
    Math.min(max, Math.max(min, whole ? Math.round(wanted) : wanted))
  const isCount = whole && at <= 8
  const from = isCount ? Math.max(min, 1) : within(at / 4)
  const to = within(isCount ? 8 : at === 0 ? Math.min(max, 100) : at * 1.5)
  changeForm({ settingId: id, from, to, steps: 8 })
}
