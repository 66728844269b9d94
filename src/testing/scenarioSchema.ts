/** The JSON Schema of scenario documents, made from the validator's own schema, for `public/scenario.schema.json`. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { arrivals, duration, id } from '../scenario/schema/fields.ts'
import { scenarioSchema } from '../scenario/schema/scenario.ts'

/** Draft 7, the draft that editors know best. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = toJsonSchema(scenarioSchema, {
    errorMode: 'throw',
    definitions: { arrivals, duration, id },
  })
  return {
    $schema,
    title: 'Eventarium scenario',
    description:
      'A scenario document of Eventarium, explained in docs/scenario.md. Eventarium also checks what a schema cannot say: ids are unique, links and brokers exist, ends of links fit together.',
    ...schema,
  } as Record<string, unknown>
}
