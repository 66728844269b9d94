/** Values that a field of a document may have, found from its schema: so that a test knows every field by itself. */
import type * as v from 'valibot'

/** A schema as valibot keeps it, as far as it is read here. */
interface Shape {
  type: string
  pipe?: readonly { type: string; requirement?: unknown }[]
  options?: readonly unknown[]
  entries?: Record<string, Shape>
  wrapped?: Shape
  item?: Shape
  value?: Shape
  literal?: unknown
}

/** Texts that are tried where a text is wanted: the names of this scenario, and keys, filters and times of day. */
export type Texts = readonly string[]

/** Some values of this shape, the plainest first. Whether they fit what lies around them is for the validator to say. */
export function valuesOf(schema: v.GenericSchema, texts: Texts): unknown[] {
  return valuesOfShape(schema as unknown as Shape, texts)
}

function valuesOfShape(shape: Shape, texts: Texts): unknown[] {
  switch (shape.type) {
    case 'exact_optional':
    case 'nullable':
      return valuesOfShape(shape.wrapped as Shape, texts)
    case 'boolean':
      return [true, false]
    case 'literal':
      return [shape.literal]
    case 'picklist':
      return [...(shape.options ?? [])]
    case 'number':
      return numbersOf(shape)
    case 'string':
      return [...texts]
    case 'array':
      return valuesOfShape(shape.item as Shape, texts).map((item) => [item])
    case 'record':
      return [
        {},
        ...valuesOfShape(shape.value as Shape, texts).map((value) => ({ changed: value })),
      ]
    case 'union':
    case 'variant':
      return (shape.options as Shape[]).flatMap((option) => valuesOfShape(option, texts))
    case 'loose_object':
    case 'strict_object':
      return objectsOf(shape.entries ?? {}, texts)
    case 'unknown':
      return [1, 2, 'changed', true]
    default:
      throw new Error(`no values for a schema of the type ${shape.type}`)
  }
}

/** An object without what may be left out, and each of its fields in turn with each of its values. */
function objectsOf(entries: Record<string, Shape>, texts: Texts): object[] {
  const needed = Object.entries(entries).filter(([, shape]) => shape.type !== 'exact_optional')
  const plain = Object.fromEntries(
    needed.map(([name, shape]) => [name, valuesOfShape(shape, texts)[0]]),
  )
  const varied = Object.entries(entries).flatMap(([name, shape]) =>
    valuesOfShape(shape, texts).map((value) => ({ ...plain, [name]: value })),
  )
  return [plain, ...varied]
}

function numbersOf(shape: Shape): number[] {
  const bound = (type: string) =>
    shape.pipe?.find((step) => step.type === type)?.requirement as number | undefined
  const min = bound('min_value') ?? 0
  const max = bound('max_value') ?? 10
  const tried = [min + 1, min, min + 2, min + 7, 20, 300, 5_000, min + 0.5, (min + max) / 2, max]
  return tried.filter((each) => each >= min && each <= max)
}
