/**
 * A JSON Schema validator for the keywords that our own schema uses. It throws at any other keyword, so
 * that it cannot agree by overlooking something.
 */

type Schema = Record<string, unknown>
type Check = (expected: unknown, value: unknown, schema: Schema, root: Schema) => boolean

/** Whether `value` is valid under `schema`, whose definitions lie in `root`. */
export function isValid(schema: Schema, value: unknown, root: Schema = schema): boolean {
  if (typeof schema.$ref === 'string') return isValid(definition(root, schema.$ref), value, root)
  return Object.entries(schema).every(([keyword, expected]) => {
    const check = CHECKS[keyword]
    if (!check) throw new Error(`JSON Schema keyword ${keyword} is not known here; add it`)
    return check(expected, value, schema, root)
  })
}

function definition(root: Schema, ref: string): Schema {
  const name = /^#\/\$defs\/(\w+)$/.exec(ref)?.[1] ?? ''
  const found = (root.$defs as Record<string, Schema>)[name]
  if (!found) throw new Error(`there is no ${ref}`)
  return found
}

const always: Check = () => true

const CHECKS: Record<string, Check> = {
  $schema: always,
  title: always,
  description: always,
  $defs: always,
  type: (type, value) => typeOf(value) === type || (type === 'number' && typeof value === 'number'),
  const: (expected, value) => value === expected,
  enum: (words, value) => (words as unknown[]).includes(value),
  anyOf: (schemas, value, _schema, root) =>
    (schemas as Schema[]).some((schema) => isValid(schema, value, root)),
  oneOf: (schemas, value, _schema, root) =>
    (schemas as Schema[]).filter((schema) => isValid(schema, value, root)).length === 1,
  minimum: (least, value) => typeof value !== 'number' || value >= (least as number),
  maximum: (most, value) => typeof value !== 'number' || value <= (most as number),
  minLength: (least, value) => typeof value !== 'string' || [...value].length >= (least as number),
  maxLength: (most, value) => typeof value !== 'string' || [...value].length <= (most as number),
  pattern: (source, value) => typeof value !== 'string' || new RegExp(source as string).test(value),
  minItems: (least, value) => !Array.isArray(value) || value.length >= (least as number),
  maxItems: (most, value) => !Array.isArray(value) || value.length <= (most as number),
  items: (item, value, _schema, root) =>
    !Array.isArray(value) || value.every((v) => isValid(item as Schema, v, root)),
  required: (names, value) =>
    !isObject(value) || (names as string[]).every((name) => Object.hasOwn(value, name)),
  properties: (properties, value, _schema, root) =>
    !isObject(value) ||
    Object.entries(properties as Record<string, Schema>).every(
      ([name, schema]) => !Object.hasOwn(value, name) || isValid(schema, value[name], root),
    ),
  maxProperties: (most, value) => !isObject(value) || Object.keys(value).length <= (most as number),
  propertyNames: (names, value, _schema, root) =>
    !isObject(value) || Object.keys(value).every((name) => isValid(names as Schema, name, root)),
  additionalProperties: (allowed, value, schema, root) => {
    if (!isObject(value) || allowed === true) return true
    const known = (schema.properties ?? {}) as Schema
    const others = Object.entries(value).filter(([name]) => !Object.hasOwn(known, name))
    if (allowed === false) return others.length === 0
    return others.every(([, own]) => isValid(allowed as Schema, own, root))
  },
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object'
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
