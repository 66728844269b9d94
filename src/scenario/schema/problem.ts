/** What is wrong with a document from outside: the path of the offending field and one sentence that says what to do. */
import * as v from 'valibot'

export type Path = readonly (string | number)[]

/** A refusal: never thrown, always returned. */
export interface Refused {
  ok: false
  /** `nodes[2].prefetch`; '' for the document itself. */
  path: string
  /** `nodes[2].prefetch is -1; give a whole number from 0 to 65535.` */
  sentence: string
}

/** A refusal of what lies at `path`; `problem` follows the path in the sentence. */
export function refuse(path: Path, problem: string): Refused {
  const where = pathText(path)
  return { ok: false, path: where, sentence: `${where || 'The document'} ${problem}.` }
}

/** Checks `value` against a schema and returns the typed copy, or the first problem. */
export function conform<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: Path = [],
): { ok: true; value: v.InferOutput<Schema> } | Refused {
  const result = v.safeParse(schema, value, { abortEarly: true, abortPipeEarly: true })
  if (result.success) return { ok: true, value: result.output }
  return refuseIssue(result.issues[0], at)
}

/** `['nodes', 2, 'prefetch']` as `nodes[2].prefetch`. */
function pathText(path: Path): string {
  let out = ''
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) out += out === '' ? step : `.${step}`
    else out += `[${shown(step)}]`
  }
  return out
}

function refuseIssue(issue: v.BaseIssue<unknown>, at: Path): Refused {
  const path = [...at, ...(issue.path ?? []).map((item) => item.key as string | number)]
  if (issue.type === 'strict_object') {
    const within = issue.path?.at(-1)?.input
    if (Array.isArray(within))
      return refuse(path.slice(0, -1), `is ${shown(within)}; give an object`)
    if (issue.expected === 'never')
      return refuse(path, 'is not a known field; remove it or check its spelling')
    if (issue.expected?.startsWith('"')) return refuse(path, 'is missing; add it')
    return refuse(path, `is ${shown(issue.input)}; give an object`)
  }
  if (issue.type === 'variant') {
    if (issue.expected === 'Object') return refuse(path, `is ${shown(issue.input)}; give an object`)
    const words = issue.expected?.replaceAll(' | ', ', ').replace(/[()]/g, '')
    if (issue.input === undefined) return refuse(path, `is missing; give one of ${words}`)
    return refuse(path, `is ${shown(issue.input)}; give one of ${words}`)
  }
  return refuse(path, `is ${shown(issue.input)}; ${issue.message}`)
}

/** A value as a sentence shows it: short, and in JSON where it is JSON. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value !== null && typeof value === 'object') return 'an object'
  if (typeof value === 'string') {
    return value.length > 40
      ? `a text of ${value.length} characters (${JSON.stringify(value.slice(0, 20))} …)`
      : JSON.stringify(value)
  }
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return String(value)
}
