/** Whether a scenario is still the one that an experiment was made of, whatever it is called and however it is drawn. */
import type { Scenario, Script } from '../scenario/document.ts'

export function isChanged(
  plan: { scenario: Scenario; script: Script },
  scenario: Scenario,
  script: Script,
): boolean {
  const { durationMs } = plan.scenario
  return textOf({ ...scenario, durationMs }, script) !== textOf(plan.scenario, plan.script)
}

function textOf({ title: _, about: __, nodes, ...rest }: Scenario, script: Script): string {
  const placeless = nodes.map((node) => ({ ...node, position: null }))
  return JSON.stringify([rest, placeless, script])
}
