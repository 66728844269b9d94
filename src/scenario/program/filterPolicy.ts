/**
 * A filter of a subscription as the filter policy that SNS has instead
 * (docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html): names that must all match, each with
 * values of which one must. What a policy cannot say, two demands on one name or a choice between names, has none.
 */

import { readJson } from '../../brokers/pubsub/cloud/json.ts'
import { isPolicy } from '../../brokers/pubsub/cloud/policy.ts'

/** Said in a program instead of a policy. */
export const NO_POLICY = 'A filter policy of SNS cannot say what the run filters by:'

/** Said in a program for Google Pub/Sub, which has no policies. */
export const NO_FILTER = 'Google Pub/Sub has no filter policies, and the run filters by:'

type Condition = string | { exists: boolean } | { prefix: string }
export type FilterPolicy = Record<string, Condition[]>

const NAME = String.raw`("(?:[^"\\]|\\.)*"|[A-Za-z_][\w-]*)`
const TEXT = String.raw`("(?:[^"\\]|\\.)*")`
const EQUAL = new RegExp(String.raw`^attributes\s*\.\s*${NAME}\s*=\s*${TEXT}$`)
const THERE = new RegExp(String.raw`^(NOT\s+|-\s*)?attributes\s*:\s*${NAME}$`)
const PREFIX = new RegExp(
  String.raw`^hasPrefix\s*\(\s*attributes\s*\.\s*${NAME}\s*,\s*${TEXT}\s*\)$`,
)

/** Null where there is no such policy; a filter that is empty has an empty one, and a policy is its own. */
export function policyOf(filter: string): FilterPolicy | Record<string, unknown> | null {
  return isPolicy(filter) ? (readJson(filter) as Record<string, unknown>) : fromGoogle(filter)
}

/** A filter as a comment has it. */
export function inOneLine(filter = ''): string {
  return filter.replaceAll(/\s+/g, ' ').trim()
}

function fromGoogle(filter: string): FilterPolicy | null {
  const policy: FilterPolicy = {}
  if (filter.trim() === '') return policy
  for (const group of joinedBy('AND', unwrapped(filter))) {
    for (const [i, term] of joinedBy('OR', unwrapped(group)).entries()) {
      const read = conditionOf(unwrapped(term))
      if (read === null) return null
      const [name, condition] = read
      const known = policy[name]
      if (i === 0) {
        if (known !== undefined) return null
        policy[name] = [condition]
      } else if (known === undefined) return null
      else known.push(condition)
    }
  }
  return policy
}

function conditionOf(term: string): [name: string, condition: Condition] | null {
  const equal = EQUAL.exec(term)
  if (equal) return [textOf(equal[1]), textOf(equal[2])]
  const prefix = PREFIX.exec(term)
  if (prefix) return [textOf(prefix[1]), { prefix: textOf(prefix[2]) }]
  const there = THERE.exec(term)
  return there ? [textOf(there[2]), { exists: there[1] === undefined }] : null
}

function textOf(written = ''): string {
  return written.startsWith('"') ? (JSON.parse(written) as string) : written
}

/** Without parentheses around all of it. */
function unwrapped(text: string): string {
  const trimmed = text.trim()
  if (!trimmed.startsWith('(')) return trimmed
  const end = depths(trimmed).indexOf(0)
  return end === trimmed.length - 1 ? unwrapped(trimmed.slice(1, -1)) : trimmed
}

/** The parts between a word that stands outside parentheses and texts. */
function joinedBy(word: 'AND' | 'OR', text: string): string[] {
  const parts: string[] = []
  const depth = depths(text)
  let from = 0
  for (const { index } of text.matchAll(new RegExp(String.raw`\b${word}\b`, 'g'))) {
    if (depth[index] !== 0) continue
    parts.push(text.slice(from, index))
    from = index + word.length
  }
  parts.push(text.slice(from))
  return parts
}

/** How many parentheses are open behind each character; within a text it counts as one more. */
function depths(text: string): number[] {
  let open = 0
  let inText = false
  return text.split('').map((character, i) => {
    if (character === '"' && text[i - 1] !== '\\') inText = !inText
    else if (!inText && character === '(') open++
    else if (!inText && character === ')') open--
    return open + (inText ? 1 : 0)
  })
}
