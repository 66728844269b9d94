/**
 * Filters of subscriptions over a message's attributes (cloud.google.com/pubsub/docs/subscription-message-filter):
 * `attributes.name = "value"`, `!=`, `attributes:name`, `hasPrefix(attributes.name, "value")`, joined by
 * AND, OR, NOT and parentheses. AND and OR may not be mixed without parentheses.
 */

export type Attributes = Readonly<Record<string, string>>
export type Filter = (attributes: Attributes) => boolean

/** What is wrong with a filter. */
export class FilterError extends Error {
  override name = 'FilterError'
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([A-Za-z_][\w-]*)|(!=|[=:.,()-]))/y

/** The filter that a text means; an empty one lets everything through. */
export function readFilter(text: string): Filter {
  if (text.trim() === '') return () => true
  const reader = new Reader(tokensOf(text))
  const filter = reader.expression()
  reader.end()
  return filter
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) throw new FilterError(`the filter cannot be read from "${text.slice(at).trim()}"`)
    tokens.push((found[1] ?? found[2] ?? found[3]) as string)
  }
  return tokens
}

class Reader {
  private next = 0
  private readonly tokens: readonly string[]
  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  expression(): Filter {
    const first = this.term()
    const joiner = this.tokens[this.next]
    if (joiner !== 'AND' && joiner !== 'OR') return first
    const terms = [first]
    while (this.takes(joiner)) terms.push(this.term())
    const other = this.tokens[this.next]
    if (other === 'AND' || other === 'OR') {
      throw new FilterError('AND and OR need parentheses to be used together')
    }
    return joiner === 'AND'
      ? (attributes) => terms.every((term) => term(attributes))
      : (attributes) => terms.some((term) => term(attributes))
  }

  end(): void {
    const rest = this.tokens[this.next]
    if (rest !== undefined) throw new FilterError(`the filter ends before "${rest}"`)
  }

  private term(): Filter {
    if (this.takes('NOT') || this.takes('-')) {
      const term = this.term()
      return (attributes) => !term(attributes)
    }
    if (this.takes('(')) {
      const inside = this.expression()
      this.must(')')
      return inside
    }
    return this.takes('hasPrefix') ? this.prefix() : this.comparison()
  }

  private prefix(): Filter {
    this.must('(')
    this.must('attributes')
    this.must('.')
    const name = this.name()
    this.must(',')
    const prefix = this.text()
    this.must(')')
    return (attributes) => attributes[name]?.startsWith(prefix) === true
  }

  private comparison(): Filter {
    this.must('attributes')
    if (this.takes(':')) {
      const name = this.name()
      return (attributes) => attributes[name] !== undefined
    }
    this.must('.')
    const name = this.name()
    const isEqual = this.takes('=')
    if (!isEqual) this.must('!=')
    const value = this.text()
    return (attributes) => (attributes[name] === value) === isEqual
  }

  private name(): string {
    const token = this.take()
    return token.startsWith('"') ? (JSON.parse(token) as string) : token
  }

  private text(): string {
    const token = this.take()
    if (!token.startsWith('"')) throw new FilterError(`"${token}" must stand in quotes`)
    return JSON.parse(token) as string
  }

  private take(): string {
    const token = this.tokens[this.next++]
    if (token === undefined) throw new FilterError('the filter ends too early')
    return token
  }

  private takes(token: string): boolean {
    if (this.tokens[this.next] !== token) return false
    this.next++
    return true
  }

  private must(token: string): void {
    const found = this.take()
    if (found !== token) throw new FilterError(`"${token}" must come before "${found}"`)
  }
}
