/**
 * Families that few scenarios have. A page loads one when a scenario with it is opened, so that the first
 * load of all others stays small; what is not loaded bit by bit (the command line, tests, experiments)
 * imports `everything.ts`.
 */
import { must } from '../../base/assert.ts'
import type { Scenario } from '../document.ts'

type Sqs = typeof import('./sqsFamily.ts')

let sqs: Sqs | null = null

export function takeSqs(family: Sqs): void {
  sqs = family
}

/** The SQS family; a world that needs it is built after `loadFamilies`. */
export function sqsFamily(): Sqs {
  return must(sqs, 'the SQS family, which is loaded before a world that has it is built')
}

/** Whether all families of a scenario are here. */
export function hasFamilies(scenario: Scenario): boolean {
  return sqs !== null || !needsSqs(scenario)
}

/** Loads what a scenario needs and is not here yet. */
export async function loadFamilies(scenario: Scenario): Promise<void> {
  if (!hasFamilies(scenario)) takeSqs(await import('./sqsFamily.ts'))
}

function needsSqs({ brokers, nodes }: Scenario): boolean {
  return (
    brokers.some(({ family }) => family === 'sqs') ||
    nodes.some(({ kind }) => kind === 'pollingConsumer')
  )
}
