/** How a program reads events of two versions: strictly, tolerantly, or through an upcaster (`clients/commandHandler/schema.ts`). */
import type { Reads } from '../../../clients/commandHandler/schema.ts'
import { line } from '../program.ts'
import type { File } from './file.ts'

const WORDS: Record<Exclude<Reads, 'old'>, string> = {
  strict: 'Version 2, strict: every amount must say its currency.',
  tolerant: 'Version 2, tolerant: an amount that says no currency is in euros.',
  upcaster:
    'An upcaster turns events of version 1 into version 2; the stored bytes stay what they are.',
}

const CURRENCY: Record<Exclude<Reads, 'old'>, string> = {
  strict: 'event.data.currency',
  tolerant: "event.data.currency ?? 'EUR'",
  upcaster: "(event.metadata?.schemaVersion ?? 1) < 2 ? 'EUR' : event.data.currency",
}

/** Writes the reader once, and returns its name; null for code of version 1, which takes events as they are. */
export function readerLines(file: File, reads: Reads): string | null {
  if (reads === 'old') return null
  const name = `${reads}Reader`
  file.once(name, () =>
    file.add(
      line(`// ${WORDS[reads]}`),
      line(`function ${name}(event: any) {`),
      line("  if (!['Deposited', 'Withdrawn'].includes(event.type)) return event"),
      line(`  const currency: string | undefined = ${CURRENCY[reads]}`),
      line(
        "  if (currency === undefined) throw new Error(event.type + ' in version 1 does not say its currency')",
      ),
      line('  const rate = { EUR: 1, USD: 0.5 }[currency]'),
      line(
        "  if (rate === undefined) throw new Error(currency + ' is a currency that is not known')",
      ),
      line('  return { ...event, data: { ...event.data, amount: event.data.amount * rate } }'),
      line('}'),
    ),
  )
  return name
}
