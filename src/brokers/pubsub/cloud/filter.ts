/**
 * Filters of subscriptions over a message's attributes: policies of SNS where the text is JSON (`policy.ts`), else those of
 * Google (cloud.google.com/pubsub/docs/subscription-message-filter): `attributes.name = "value"`, `!=`,
 * `attributes:name`, `hasPrefix(attributes.name, "value")`, joined by AND, OR, NOT and parentheses. AND and OR may not
 * be mixed without parentheses. To Google every attribute is a text.
 */
import { type Attributes, attributeOf } from './attributes.ts'
import { FilterError } from './filterError.ts'
import { isPolicy, readPolicy } from './policy.ts'

export type Filter = (attributes: Attributes) => boolean

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([A-Za-z_][\w-]*)|(!=|[=:.,()-]))/y

/** The filter that a text means; an empty one lets everything through. */
export function readFilter(text: string): Filter {
  if (text.trim() === '') return () => true
  if (isPolicy(text)) return readPolicy(text)
  const reader = new Reader(tokensOf(text))
  const filter = reader.expression()
  reader.end()
  return filter
}

/** A word, a sign or a text in quotes, and where it stands. */
interface Token {
  text: string
  at: number
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) {
      const rest = text.slice(at)
      const gap = rest.length - rest.trimStart().length
      throw new FilterError(
        `nothing begins with ${JSON.stringify(rest.trim()[0])}${atPlace(at + gap)}`,
      )
    }
    const token = (found[1] ?? found[2] ?? found[3]) as string
    tokens.push({ text: token, at: TOKEN.lastIndex - token.length })
  }
  return tokens
}

function atPlace(at: number): string {
  return `, at character ${at + 1}`
}

class Reader {
  private next = 0
  private readonly tokens: readonly Token[]
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  expression(): Filter {
    const first = this.term()
    const joiner = this.tokens[this.next]?.text
    if (joiner !== 'AND' && joiner !== 'OR') return first
    const terms = [first]
    while (this.takes(joiner)) terms.push(this.term())
    const other = this.tokens[this.next]
    if (other?.text === 'AND' || other?.text === 'OR') {
      throw new FilterError(`AND and OR need parentheses to be used together${atPlace(other.at)}`)
    }
    return joiner === 'AND'
      ? (attributes) => terms.every((term) => term(attributes))
      : (attributes) => terms.some((term) => term(attributes))
  }

  end(): void {
    const rest = this.tokens[this.next]
    if (rest === undefined) return
    throw new FilterError(`the filter ends before ${rest.text}${atPlace(rest.at)}`)
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
    return (attributes) => textAt(attributes, name)?.startsWith(prefix) === true
  }

  private comparison(): Filter {
    this.must('attributes')
    if (this.takes(':')) {
      const name = this.name()
      return (attributes) => attributeOf(attributes, name) !== undefined
    }
    this.must('.')
    const name = this.name()
    const isEqual = this.takes('=')
    if (!isEqual) this.must('!=')
    const value = this.text()
    return (attributes) => (textAt(attributes, name) === value) === isEqual
  }

  private name(): string {
    const token = this.take()
    return token.text.startsWith('"') ? unquoted(token) : token.text
  }

  private text(): string {
    const token = this.take()
    if (token.text.startsWith('"')) return unquoted(token)
    throw new FilterError(`${token.text} must stand in quotes${atPlace(token.at)}`)
  }

  private take(): Token {
    const token = this.tokens[this.next++]
    if (token === undefined) throw new FilterError('the filter ends too early')
    return token
  }

  private takes(token: string): boolean {
    if (this.tokens[this.next]?.text !== token) return false
    this.next++
    return true
  }

  private must(token: string): void {
    const found = this.take()
    if (found.text === token) return
    throw new FilterError(`${token} must come before ${found.text}${atPlace(found.at)}`)
  }
}

function textAt(attributes: Attributes, name: string): string | undefined {
  const value = attributeOf(attributes, name)
  return value === undefined ? undefined : String(value)
}

function unquoted({ text, at }: Token): string {
  try {
    return JSON.parse(text) as string
  } catch {
    throw new FilterError(`only \\" and \\\\ can follow a backslash in ${text}${atPlace(at)}`)
  }
}
